// One VS Code with the packaged extension installed, on a copy of the sample workspace, in a browser of its own.
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { CodeServer } from '../../../scripts/lib/code-server.mjs';
import { findProgram } from '../../../scripts/lib/system-packages.mjs';
import { OUT, SAMPLES, VSIX } from '../../../scripts/lib/paths.mjs';
import { QUIET } from './settings.mjs';
import { Workbench } from './workbench.mjs';

const FOLDER = path.join(OUT, 'editor');

/**
 * Opens the workbench.
 * @param {string} name folder of this session below out/editor
 * @param {{ settings?: object, trusted?: boolean, arrange?: (workspace: string) => void, scale?: number, size?: { width: number, height: number } }} options
 *   `arrange` changes the copied workspace before VS Code sees it; `scale` is device pixels a CSS pixel.
 */
export async function openSession(name, { settings = {}, trusted = true, arrange, scale = 1, size } = {}) {
  const folder = path.join(FOLDER, name);
  fs.rmSync(folder, { recursive: true, force: true });
  const workspace = path.join(folder, 'samples');
  fs.cpSync(SAMPLES, workspace, { recursive: true });
  arrange?.(workspace);

  const server = new CodeServer(folder);
  server.writeSettings({ ...QUIET, ...settings });
  let browser;
  const close = async () => {
    await browser?.close();
    await server.stop();
  };
  try {
    await server.installVsix(VSIX);
    await server.start(trusted ? ['--disable-workspace-trust'] : []);
    browser = await launchBrowser(path.join(folder, 'browser'));
    const context = await browser.newContext({
      viewport: size ?? { width: 1280, height: 800 },
      deviceScaleFactor: scale,
      reducedMotion: 'reduce',
      acceptDownloads: true,
    });
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.origin });
    const editor = new Workbench(await context.newPage(), { server, workspace, shots: path.join(FOLDER, 'shots') });
    await editor.open();
    return { editor, workspace, server, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function launchBrowser(home) {
  return chromium.launch({
    executablePath: process.env.EXPLAINLSP_CHROMIUM ?? findProgram('chromium', 'chromium-browser', 'google-chrome'),
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: `${home}/.config`, XDG_CACHE_HOME: `${home}/.cache` },
    headless: false, // the flag below asks for the headless mode that renders as a window does
    args: [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Only this machine resolves: a request to any other host fails at once, and is noticed.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
}
