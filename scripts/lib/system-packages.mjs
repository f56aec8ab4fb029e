// Debian packages: installed when they are missing and we may, named in a sentence when we may not.
import fs from 'node:fs';
import path from 'node:path';
import { run, step } from './processes.mjs';

const onPath = (command) =>
  process.env.PATH.split(path.delimiter)
    .map((folder) => path.join(folder, command))
    .find((file) => fs.existsSync(file));

/** The first of some programs that is on the PATH, as a full path. */
export const findProgram = (...commands) => commands.map(onPath).find(Boolean);

/** Installs packages with apt-get; `why` ends the sentence that people read when that is not possible. */
export async function installSystemPackages(packages, why) {
  if (process.getuid?.() !== 0 || !findProgram('apt-get'))
    throw new Error(`${packages.join(', ')}: not found, and only root can install with apt-get. Install them ${why}.`);
  step(`apt-get install ${packages.join(' ')}`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=600', 'update'], { env });
  await run(
    'apt-get',
    ['-qq', '-o', 'DPkg::Lock::Timeout=600', 'install', '-y', '--no-install-recommends', ...packages],
    { env },
  );
}
