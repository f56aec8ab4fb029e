// npm start: the sample workspace in VS Code with the extension loaded; with --headless, the sample explanations in the terminal.
import path from 'node:path';
import { CodeServer, installCodeServer } from './lib/code-server.mjs';
import { buildExtension, packageExtension } from './lib/extension.mjs';
import { CACHE, EXTENSION, SAMPLES, VSIX } from './lib/paths.mjs';
import { main, run, step } from './lib/processes.mjs';
import { explainSamples } from './lib/sample-explanations.mjs';
import { buildServer } from './lib/server.mjs';
import { findProgram } from './lib/system-packages.mjs';

// npm keeps a flag that stands before `--` for itself and passes it on as a setting.
const headless = process.argv.includes('--headless') || process.env.npm_config_headless === 'true';

await main(async () => {
  await buildServer();
  if (headless) return explainSamples();
  await buildExtension();
  return findProgram('code') ? openDesktop() : openBrowser();
});

async function openDesktop() {
  step('VS Code');
  await run('code', ['--new-window', `--extensionDevelopmentPath=${EXTENSION}`, SAMPLES], { show: true });
}

/** Serves VS Code to a browser until Ctrl-C, with what it keeps in the cache. */
async function openBrowser() {
  await installCodeServer();
  await packageExtension();
  step('VS Code in the browser');
  const server = new CodeServer(path.join(CACHE, 'start'));
  server.writeSettings({ 'telemetry.telemetryLevel': 'off', 'workbench.startupEditor': 'none' });
  await server.installVsix(VSIX);
  await server.start(['--disable-workspace-trust']);
  console.log(
    `\nOpen ${server.address(SAMPLES)}\nThen open adult/test.csv and rest the mouse on a row. Ctrl-C ends it.`,
  );
  const interrupted = new Promise((resolve) =>
    ['SIGINT', 'SIGTERM'].forEach((signal) => process.once(signal, resolve)),
  );
  await interrupted;
  await server.stop();
}
