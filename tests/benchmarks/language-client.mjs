// The least of a language client: requests and notifications over stdio, as the protocol frames them.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { SERVER } from '../../scripts/lib/paths.mjs';

export class LanguageClient {
  #waiting = new Map();
  #received = Buffer.alloc(0);
  #lastId = 0;
  #heard = new Map();

  constructor(workspace) {
    this.workspace = workspace;
    this.server = spawn(SERVER, ['lsp'], { stdio: ['pipe', 'pipe', 'ignore'] });
    this.server.stdout.on('data', (chunk) => this.#receive(chunk));
  }

  /** Starts the session; gives back when `initialize` was answered, in milliseconds of `performance.now()`. */
  async initialize() {
    const uri = pathToFileURL(this.workspace).href;
    await this.request('initialize', {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: path.basename(this.workspace) }],
      capabilities: {
        textDocument: { hover: { contentFormat: ['markdown'] } },
        workspace: { workspaceFolders: true },
      },
    });
    const answered = performance.now();
    this.notify('initialized', {});
    return answered;
  }

  /** Opens a file of the workspace and gives back its URI and lines. */
  open(file) {
    const full = path.join(this.workspace, file);
    const text = fs.readFileSync(full, 'utf8');
    const uri = pathToFileURL(full).href;
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'csv', version: 1, text } });
    return { uri, lines: text.split(/\r?\n/) };
  }

  hover(uri, line, character) {
    return this.request('textDocument/hover', { textDocument: { uri }, position: { line, character } });
  }

  /** Sends a request; the promise carries its `id`, by which it can be cancelled. */
  request(method, params) {
    const id = ++this.#lastId;
    const answer = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#send({ jsonrpc: '2.0', id, method, params });
    return Object.assign(answer, { id });
  }

  notify(method, params) {
    this.#send({ jsonrpc: '2.0', method, params });
  }

  /** Calls back for every notification of a kind. */
  hear(method, called) {
    this.#heard.set(method, called);
  }

  /** Resident memory of the server, MiB. */
  residentMiB() {
    return Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${this.server.pid}/status`, 'utf8'))[1]) / 1024;
  }

  /** Processor time that the server has taken so far, milliseconds. */
  processorMilliseconds() {
    const fields = fs.readFileSync(`/proc/${this.server.pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10; // user and system time, in ticks of 10 ms
  }

  async close() {
    const gone = new Promise((resolve) => this.server.once('exit', resolve));
    await this.request('shutdown', null);
    this.notify('exit', null);
    await gone;
  }

  #send(message) {
    const body = Buffer.from(JSON.stringify(message));
    this.server.stdin.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
  }

  #receive(chunk) {
    this.#received = Buffer.concat([this.#received, chunk]);
    for (;;) {
      const end = this.#received.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#received.subarray(0, end).toString('latin1'))[1]);
      if (this.#received.length < end + 4 + length) return;
      const message = JSON.parse(this.#received.subarray(end + 4, end + 4 + length).toString());
      this.#received = this.#received.subarray(end + 4 + length);
      this.#dispatch(message);
    }
  }

  #dispatch(message) {
    if (message.method !== undefined) {
      // The server asks for configuration or registers a watcher: an editor without either answers with nothing.
      if (message.id !== undefined) {
        const result = message.method === 'workspace/configuration' ? message.params.items.map(() => null) : null;
        this.#send({ jsonrpc: '2.0', id: message.id, result });
      } else this.#heard.get(message.method)?.(message.params);
      return;
    }
    const { resolve, reject } = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error) reject(Object.assign(new Error(message.error.message), { code: message.error.code }));
    else resolve(message.result);
  }
}
