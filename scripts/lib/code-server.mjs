// code-server: VS Code's own server, extension host and web workbench, from npm.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installNode24, NODE24, withNode24 } from './node24.mjs';
import { CACHE } from './paths.mjs';
import { run, step } from './processes.mjs';
import { findProgram, installSystemPackages } from './system-packages.mjs';

/** Pinned: the editor tests rely on the markup of this workbench. */
const VERSION = '4.139.1';
const FOLDER = path.join(CACHE, `code-server-${VERSION}`);
const PACKAGE = path.join(FOLDER, 'node_modules/code-server');
const ENTRY = path.join(PACKAGE, 'out/node/entry.js');
const COMPLETE = path.join(FOLDER, 'complete');

/** Installs code-server once into the cache. */
export async function installCodeServer() {
  await installNode24();
  if (fs.existsSync(COMPLETE)) return;
  const compilers = { 'g++': 'g++', make: 'make', python3: 'python3' };
  const missing = Object.keys(compilers).filter((command) => !findProgram(command));
  if (missing.length)
    await installSystemPackages(
      missing.map((command) => compilers[command]),
      'to build code-server',
    );

  step(`code-server ${VERSION}`);
  fs.rmSync(FOLDER, { recursive: true, force: true });
  fs.mkdirSync(FOLDER, { recursive: true });
  fs.writeFileSync(path.join(FOLDER, 'package.json'), '{ "private": true }\n');
  // Its own install script compiles eight native modules. Two matter here: spdlog (log files) and native-watchdog (ends an
  // extension host whose server died); the rest come prebuilt or are never loaded.
  const env = withNode24();
  const install = ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const vscode = path.join(PACKAGE, 'lib/vscode');
  await run('npm', [...install, `code-server@${VERSION}`], { cwd: FOLDER, env });
  await run('npm', install, { cwd: vscode, env });
  await run('npm', ['rebuild', '--foreground-scripts', '@vscode/spdlog', '@vscode/native-watchdog'], {
    cwd: vscode,
    env,
  });
  await run('npm', install, { cwd: path.join(vscode, 'extensions'), env });
  fs.writeFileSync(COMPLETE, '');
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** One VS Code installation of its own: home, user data, extensions, and the process that serves them. */
export class CodeServer {
  #process;
  #log;
  #temporary;

  /** @param {string} folder everything it writes lies here */
  constructor(folder) {
    this.folder = folder;
    this.userData = path.join(folder, 'user-data');
    this.extensions = path.join(folder, 'extensions');
    this.home = path.join(folder, 'home');
    for (const made of [path.join(this.userData, 'User'), this.extensions, this.home])
      fs.mkdirSync(made, { recursive: true });
    fs.writeFileSync(path.join(folder, 'config.yaml'), 'auth: none\ncert: false\n');
    // Sockets lie here, and a socket's path ends at 107 characters.
    this.#temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'explain-'));
  }

  writeSettings(settings) {
    fs.writeFileSync(path.join(this.userData, 'User/settings.json'), JSON.stringify(settings, null, 2));
  }

  async installVsix(file) {
    await run(NODE24, [...this.#arguments, '--install-extension', file], { env: this.#environment });
  }

  /** Starts serving; returns when it answers. */
  async start(extra = []) {
    this.origin = `http://127.0.0.1:${await freePort()}`;
    this.#log = fs.openSync(path.join(this.folder, 'code-server.log'), 'w');
    const quiet = ['telemetry', 'update-check', 'getting-started-override', 'proxy'].map((what) => `--disable-${what}`);
    const args = [
      ...this.#arguments,
      '--bind-addr',
      this.origin.slice('http://'.length),
      '--ignore-last-opened',
      ...quiet,
      ...extra,
    ];
    // A process group of its own, so that stop() ends exactly what start() began.
    this.#process = spawn(NODE24, args, {
      env: this.#environment,
      cwd: this.folder,
      stdio: ['ignore', this.#log, this.#log],
      detached: true,
    });
    for (let tries = 0; !(await this.#answers()); tries++) {
      if (this.#process.exitCode !== null || tries === 600)
        throw new Error(
          `code-server did not start:\n${fs.readFileSync(path.join(this.folder, 'code-server.log'), 'utf8')}`,
        );
      await sleep(100);
    }
  }

  /** The address that opens a folder. */
  address(workspace) {
    return `${this.origin}/?folder=${encodeURIComponent(workspace)}`;
  }

  /** Id of the process whose descendants are the extension host and the language server. */
  get pid() {
    return this.#process.pid;
  }

  async stop() {
    if (this.#process && this.#process.exitCode === null) {
      const gone = new Promise((resolve) => this.#process.once('exit', resolve));
      this.#signal('SIGTERM');
      const patience = setTimeout(() => this.#signal('SIGKILL'), 5000);
      await gone;
      clearTimeout(patience);
      fs.closeSync(this.#log);
    }
    fs.rmSync(this.#temporary, { recursive: true, force: true });
  }

  #signal(name) {
    try {
      process.kill(-this.#process.pid, name);
    } catch {
      // gone already
    }
  }

  async #answers() {
    try {
      return (await fetch(`${this.origin}/healthz`)).ok;
    } catch {
      return false;
    }
  }

  get #arguments() {
    const config = path.join(this.folder, 'config.yaml');
    return [ENTRY, '--config', config, '--user-data-dir', this.userData, '--extensions-dir', this.extensions];
  }

  get #environment() {
    return {
      ...withNode24(),
      TMPDIR: this.#temporary,
      HOME: this.home,
      XDG_CONFIG_HOME: path.join(this.home, '.config'),
      XDG_DATA_HOME: path.join(this.home, '.local/share'),
      XDG_CACHE_HOME: path.join(this.home, '.cache'),
      EXTENSIONS_GALLERY: '{}', // no marketplace: nothing is looked up at start
      // Names under which a parent editor or npm would steer it.
      ...Object.fromEntries(
        Object.keys(process.env)
          .filter((name) => /^(VSCODE_|npm_config_(?!nodedir)|PORT$|XDG_RUNTIME_DIR$)/.test(name))
          .map((name) => [name, undefined]),
      ),
    };
  }
}
