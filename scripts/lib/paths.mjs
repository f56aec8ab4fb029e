// Where things are, named once.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

export const inRoot = (...parts) => path.join(ROOT, ...parts);

/** Build results; safe to delete. */
export const OUT = inRoot('out');

/** Tools that take long to install and outlive a build: a newer Node, code-server. EXPLAINLSP_CACHE moves it. */
export const CACHE = process.env.EXPLAINLSP_CACHE ?? inRoot('.cache');

export const EXTENSION = inRoot('extension');
export const SAMPLES = inRoot('samples');

/** The folder that `dotnet publish` writes, and the command inside it. */
export const SERVER_FOLDER = path.join(OUT, 'server');
export const SERVER = path.join(SERVER_FOLDER, process.platform === 'win32' ? 'explainlsp.exe' : 'explainlsp');

export const VSIX = path.join(OUT, 'explain-lsp-linux-x64.vsix');
