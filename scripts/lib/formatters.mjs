// One formatter a language.
import { installRootPackages } from './dependencies.mjs';
import { inRoot } from './paths.mjs';
import { run } from './processes.mjs';

const FILES = ['scripts/**/*.mjs', 'tests/{editor,benchmarks}/**/*.mjs', 'extension/**/*.{ts,mjs,css,json}', '*.json'];

async function format(prettierFlag, dotnetFlags) {
  await installRootPackages();
  await run('npx', ['--no-install', 'prettier', prettierFlag, '--log-level', 'warn', ...FILES], { show: true });
  const solution = inRoot('ExplainLsp.sln');
  await run('dotnet', ['format', 'whitespace', solution, '--no-restore', ...dotnetFlags], { show: true });
}

export const writeFormat = () => format('--write', []);
export const checkFormat = () => format('--check', ['--verify-no-changes']);
