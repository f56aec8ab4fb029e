// Bundles the extension, its webview and (with --tests) the unit tests; copies the pictures that the manifest names.
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

process.chdir(fileURLToPath(new URL('.', import.meta.url)));
const tests = process.argv.includes('--tests');
const watch = process.argv.includes('--watch');

const common = { bundle: true, logLevel: 'warning', legalComments: 'none', target: 'es2022' };
const node = { ...common, platform: 'node', format: 'cjs', target: 'node20' };

const extension = {
  ...node,
  entryPoints: ['src/extension.ts'],
  outfile: 'dist/extension.js',
  external: ['vscode'],
  minify: !watch,
  sourcemap: watch,
};
const webview = {
  ...common,
  platform: 'browser',
  format: 'iife',
  entryPoints: [
    { in: 'src/webview/main.ts', out: 'panel' },
    { in: 'src/webview/tableEditor/main.ts', out: 'table' },
    'src/webview/panel.css',
  ],
  outdir: 'dist/webview',
  minify: !watch,
};

if (tests) {
  await rm('out/test', { recursive: true, force: true });
  const files = (await readdir('test')).filter((name) => name.endsWith('.test.ts')).map((name) => `test/${name}`);
  await esbuild.build({
    ...node,
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    packages: 'external',
    alias: { vscode: './test/vscode.ts' },
    entryPoints: files,
    outdir: 'out/test',
    sourcemap: 'inline',
  });
} else {
  await rm('dist', { recursive: true, force: true });
  await mkdir('dist/media', { recursive: true });
  await cp('../media/icon.png', 'dist/media/icon.png');
  await cp('../media/panel', 'dist/media/panel', { recursive: true });
  await cp('../media/walkthrough', 'dist/media/walkthrough', { recursive: true });
  if (watch) await Promise.all([extension, webview].map(async (options) => (await esbuild.context(options)).watch()));
  else await Promise.all([extension, webview].map((options) => esbuild.build(options)));
}
