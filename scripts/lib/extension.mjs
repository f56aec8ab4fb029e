// The TypeScript front end: its bundles, and the VSIX that carries them together with the server.
import fs from 'node:fs';
import path from 'node:path';
import { installExtensionPackages, installRootPackages } from './dependencies.mjs';
import { installNode24, NODE24 } from './node24.mjs';
import { EXTENSION, inRoot, SERVER_FOLDER, VSIX } from './paths.mjs';
import { run, step } from './processes.mjs';
import { buildServer } from './server.mjs';

/** Bundles the extension and its webview. */
export async function buildExtension() {
  await installExtensionPackages();
  step('extension');
  await run('npm', ['run', '--silent', 'build'], { cwd: EXTENSION });
}

/** Writes the VSIX for Linux on x64, with the server inside. */
export async function packageExtension() {
  await Promise.all([installRootPackages(), installNode24()]);
  await buildServer();
  await buildExtension();
  step('VSIX');
  // vsce takes what lies in the extension's folder.
  const copied = path.join(EXTENSION, 'server');
  fs.rmSync(copied, { recursive: true, force: true });
  fs.cpSync(SERVER_FOLDER, copied, { recursive: true });
  // What stands at the root belongs to the package too, unless the extension has its own.
  const borrowed = ['LICENSE', 'README.md', 'CHANGELOG.md'].filter(
    (file) => !fs.existsSync(path.join(EXTENSION, file)),
  );
  for (const file of borrowed) fs.copyFileSync(inRoot(file), path.join(EXTENSION, file));
  try {
    const vsce = inRoot('node_modules/@vscode/vsce/vsce');
    const flags = [
      '--target',
      'linux-x64',
      '--no-dependencies',
      '--allow-missing-repository',
      '--no-rewrite-relative-links',
    ];
    await run(NODE24, [vsce, 'package', ...flags, '--out', VSIX], { cwd: EXTENSION });
  } finally {
    fs.rmSync(copied, { recursive: true, force: true });
    for (const file of borrowed) fs.rmSync(path.join(EXTENSION, file));
  }
}
