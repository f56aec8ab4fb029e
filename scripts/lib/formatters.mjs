// One formatter a language.
import { installExtensionPackages, installRootPackages } from './dependencies.mjs';
import { EXTENSION, inRoot } from './paths.mjs';
import { run } from './processes.mjs';

const FILES = ['scripts/**/*.mjs', 'tests/{editor,benchmarks}/**/*.mjs', 'package.json', '.prettierrc.json'];

async function format(prettierFlag, extensionScript, dotnetFlags) {
  await installRootPackages();
  await installExtensionPackages();
  await run('npx', ['--no-install', 'prettier', prettierFlag, '--log-level', 'warn', ...FILES]);
  await run('npm', ['run', '--silent', extensionScript], { cwd: EXTENSION });
  const solution = inRoot('ExplainLsp.sln');
  await run('dotnet', ['format', 'whitespace', solution, '--no-restore', ...dotnetFlags]);
}

export const writeFormat = () => format('--write', 'format', []);

/** Throws, naming the files, when one is not formatted. */
export const checkFormat = () => format('--check', 'format:check', ['--verify-no-changes']);
