// npm test: every suite, the fast ones first; the last line is the sum.
import fs from 'node:fs';
import path from 'node:path';
import { installExtensionPackages, installRootPackages, restore } from './lib/dependencies.mjs';
import { installChromium } from './lib/chromium.mjs';
import { installCodeServer } from './lib/code-server.mjs';
import { packageExtension } from './lib/extension.mjs';
import { checkFormat } from './lib/formatters.mjs';
import { EXTENSION, inRoot } from './lib/paths.mjs';
import { run, step } from './lib/processes.mjs';
import { buildServer } from './lib/server.mjs';
import { check, describe, dotnetTests, nodeTests, runAll } from './lib/suites.mjs';

const SOLUTION = inRoot('ExplainLsp.sln');
const EDITOR_TESTS = inRoot('tests/editor');

const testProjects = () =>
  fs.readdirSync(inRoot('tests'), { recursive: true }).filter((file) => file.endsWith('.Tests.csproj')).length;

const testFiles = (folder) =>
  fs
    .readdirSync(folder)
    .filter((file) => file.endsWith('.test.mjs'))
    .sort()
    .map((file) => path.join(folder, file));

async function format() {
  await installRootPackages();
  await installExtensionPackages();
  await restore(SOLUTION);
  return check(checkFormat);
}

async function dotnet() {
  step('build');
  await run('dotnet', ['build', SOLUTION, '-c', 'Release', '--no-restore', '--nologo', '-v', 'q']);
  await buildServer();
  return dotnetTests(SOLUTION, testProjects());
}

async function extension() {
  await installExtensionPackages();
  await run('npm', ['run', '--silent', 'check'], { cwd: EXTENSION });
  await run('node', ['build.mjs', '--tests'], { cwd: EXTENSION });
  return nodeTests('extension', testFiles(path.join(EXTENSION, 'out/test')), { cwd: EXTENSION });
}

async function editor() {
  await installCodeServer();
  const chromium = await installChromium();
  await packageExtension();
  return nodeTests('editor', testFiles(EDITOR_TESTS), { env: { EXPLAINLSP_CHROMIUM: chromium } });
}

const total = await runAll([
  ['format', format],
  ['.NET', dotnet],
  ['extension', extension],
  ['editor', editor],
]);
console.log(describe(total));
process.exitCode = total.failed ? 1 : 0;
