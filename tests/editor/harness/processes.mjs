// Processes below another, from /proc.
import fs from 'node:fs';

/** @returns {{ pid: number, command: string }[]} every process that `ancestor` or a child of it started */
export function descendants(ancestor) {
  const all = fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // After the name in brackets, which may hold anything: state, then the parent.
        const parent = Number(fs.readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1).split(' ')[1]);
        const command = fs.readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0').join(' ').trim();
        return [{ pid: Number(name), parent, command }];
      } catch {
        return []; // it ended meanwhile
      }
    });
  const below = (pid) => all.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...below(child.pid)]);
  return below(ancestor).filter(({ command }) => command);
}
