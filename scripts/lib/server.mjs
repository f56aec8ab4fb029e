// The command `out/server/explainlsp`: self-contained, so that nobody needs .NET to use it.
import fs from 'node:fs';
import path from 'node:path';
import { restore } from './dependencies.mjs';
import { inRoot, OUT, SERVER, SERVER_FOLDER } from './paths.mjs';
import { run, step } from './processes.mjs';

const PROJECT = inRoot('server/Server/ExplainLsp.Server.csproj');
const STAMP = path.join(OUT, 'server-published');

/** .NET's name of a platform. */
export const runtimeIdentifier = () =>
  `${{ win32: 'win', darwin: 'osx' }[process.platform] ?? process.platform}-${process.arch}`;

function* sources(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'bin' || entry.name === 'obj') continue;
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(full);
    else yield full;
  }
}

/** Whether the published command is older than anything that it is made of. */
function isStale() {
  if (!fs.existsSync(STAMP) || !fs.existsSync(SERVER)) return true;
  const published = fs.statSync(STAMP).mtimeMs;
  const shared = ['Directory.Build.props', 'Directory.Packages.props', 'global.json'].map((file) => inRoot(file));
  return [...shared, ...sources(inRoot('server'))].some((file) => fs.statSync(file).mtimeMs > published);
}

/** Publishes the server, unless what lies there is current. */
export async function buildServer() {
  if (!isStale()) return;
  await restore(PROJECT);
  step('server');
  const began = new Date();
  fs.rmSync(SERVER_FOLDER, { recursive: true, force: true });
  const settings = ['-c', 'Release', '-r', runtimeIdentifier(), '--no-restore', '--nologo', '-v', 'q'];
  await run('dotnet', ['publish', PROJECT, ...settings, '-o', SERVER_FOLDER]);
  fs.writeFileSync(STAMP, '');
  fs.utimesSync(STAMP, began, began);
}
