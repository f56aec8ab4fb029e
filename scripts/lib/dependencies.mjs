// What a fresh clone lacks: npm and NuGet packages, each taken exactly as the lock files name them.
import fs from 'node:fs';
import path from 'node:path';
import { EXTENSION, ROOT } from './paths.mjs';
import { run, step } from './processes.mjs';

/** Runs `npm ci` where the lock file is newer than what is installed. */
async function installNpm(folder) {
  const lock = path.join(folder, 'package-lock.json');
  const installed = path.join(folder, 'node_modules/.package-lock.json');
  if (fs.existsSync(installed) && fs.statSync(installed).mtimeMs >= fs.statSync(lock).mtimeMs) return;
  step(`npm packages of ${path.relative(ROOT, folder) || 'the root'}`);
  await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    env: { PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' },
  });
  fs.utimesSync(installed, new Date(), new Date());
}

export const installRootPackages = () => installNpm(ROOT);
export const installExtensionPackages = () => installNpm(EXTENSION);

/** Restores a project or the solution; the lock files are law. */
export async function restore(project) {
  step('NuGet packages');
  await run('dotnet', ['restore', project, '--locked-mode', '--nologo', '-v', 'q']);
}
