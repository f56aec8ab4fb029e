import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  WorkDoneProgress,
  type LanguageClientOptions,
} from 'vscode-languageclient/node';
import { hoverCommands } from './commands/hoverCommands';
import type { ClientNotifications, PanelView, PartialParams, Requests, StaleParams, StatusParams } from './protocol';

/** `restricted`: the workspace is not trusted. `failed`: it did not start, or stopped too often. */
export type ServerState = 'restricted' | 'starting' | 'running' | 'stopped' | 'failed';

/** What a request has done so far: the server's words and a share from 0 to 1. */
export type ProgressListener = (message: string, fraction: number | undefined) => void;

/** Files that the server explains, by name: Rainbow CSV and others give them many language ids. */
export const tablePattern = '**/*.{csv,tsv,tab,jsonl,ndjson,CSV,TSV}';

/** Files that may name pictures: data, prose and code. */
export const namingPattern = '**/*.{jsonl,ndjson,json,yaml,yml,md,markdown,py,ts,tsx,js,jsx,mjs,cs,txt}';

/** What a request has found so far. */
export type PartialListener = (view: PanelView) => void;

const crashesAllowed = 4;
const crashWindow = 3 * 60_000;
const stopWithin = 2_000;

/** The explain server: started, stopped and restarted one at a time, and brought back when it dies. */
export class ExplainServer implements vscode.Disposable {
  private readonly output = vscode.window.createOutputChannel('Explain Server');
  private readonly stateChanged = new vscode.EventEmitter<ServerState>();
  private readonly statusSent = new vscode.EventEmitter<StatusParams>();
  private readonly wentStale = new vscode.EventEmitter<StaleParams>();
  private readonly died = new vscode.EventEmitter<void>();
  private client: LanguageClient | undefined;
  private queue: Promise<void> = Promise.resolve();
  private restartQueued = false;
  private crashes: number[] = [];
  private readonly partial = new Map<string, PartialListener>();
  private tokens = 0;
  private current: ServerState = 'stopped';

  readonly onDidChangeState = this.stateChanged.event;
  readonly onStatus = this.statusSent.event;
  readonly onStale = this.wentStale.event;
  /** The server died and is being started again. */
  readonly onDidDie = this.died.event;

  constructor(private readonly context: vscode.ExtensionContext) {}

  get state(): ServerState {
    return vscode.workspace.isTrusted ? this.current : 'restricted';
  }

  start(): Promise<void> {
    return this.enqueue(() => this.launch());
  }

  /** Stops the server, if it runs, and starts it. Asked for several times while one waits, it happens once. */
  restart(): Promise<void> {
    if (this.restartQueued) return this.queue;
    this.restartQueued = true;
    return this.enqueue(async () => {
      this.restartQueued = false;
      this.crashes = [];
      await this.end();
      await this.launch();
    });
  }

  stop(): Promise<void> {
    return this.enqueue(() => this.end());
  }

  /** Waits for a start that is under way; false when there is no server to ask. */
  async ready(): Promise<boolean> {
    await this.queue;
    return this.state === 'running';
  }

  async request<M extends keyof Requests>(
    method: M,
    params: Requests[M]['params'],
    token?: vscode.CancellationToken,
    progress?: ProgressListener,
    partial?: PartialListener,
  ): Promise<Requests[M]['result']> {
    const client = (await this.ready()) ? this.client : undefined;
    if (!client) throw new Error('The explain server is not running. Restart it.');
    const workDoneToken = `explain-${++this.tokens}`;
    const listening = progress && listen(client, workDoneToken, progress);
    if (partial) this.partial.set(workDoneToken, partial);
    try {
      const sent = progress ? { ...params, workDoneToken } : params;
      // Without a token the argument must be left out: an undefined one would be sent as a second parameter.
      const answer = token ? client.sendRequest(method, sent, token) : client.sendRequest(method, sent);
      return (await answer) as Requests[M]['result'];
    } finally {
      listening?.dispose();
      this.partial.delete(workDoneToken);
    }
  }

  async notify<M extends keyof ClientNotifications>(method: M, params: ClientNotifications[M]): Promise<void> {
    if (this.state === 'running') await this.client?.sendNotification(method, params);
  }

  log(line: string): void {
    this.output.appendLine(line);
  }

  showLog(): void {
    this.output.show(true);
  }

  dispose(): void {
    void this.end();
    vscode.Disposable.from(this.output, this.stateChanged, this.statusSent, this.wentStale, this.died).dispose();
  }

  private enqueue(step: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(step).catch((error: unknown) => this.log(String(error)));
    return this.queue;
  }

  private async launch(): Promise<void> {
    if (!vscode.workspace.isTrusted || this.client) return;
    const command = this.serverPath();
    this.move('starting');
    try {
      await access(command, constants.X_OK);
    } catch {
      this.fail(
        `There is no explain server at ${command}. Correct explainLsp.server.path or install the extension again.`,
      );
      return;
    }
    const client = new LanguageClient(
      'explainLsp',
      'Explain Server',
      { command, args: ['lsp'], options: { cwd: path.dirname(command) } },
      this.options(),
    );
    client.onNotification('explain/status', (status: StatusParams) => this.statusSent.fire(status));
    client.onNotification('explain/partial', ({ token, view }: PartialParams) => this.partial.get(token)?.(view));
    client.onNotification('explain/stale', (stale: StaleParams) => this.wentStale.fire(stale));
    this.client = client;
    try {
      await client.start();
      this.move('running');
    } catch (error) {
      this.client = undefined;
      this.log(String(error));
      this.fail('The explain server did not start. The log says why.');
    }
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (!client) return;
    this.move('stopped');
    try {
      await client.dispose(stopWithin);
    } catch (error) {
      this.log(`While stopping: ${String(error)}`);
    }
  }

  /** The connection closed without our asking: the process died. */
  private crashed(): void {
    if (this.current !== 'running') return; // a start that fails is told by launch()
    const now = Date.now();
    this.crashes = [...this.crashes.filter((time) => now - time < crashWindow), now];
    const dead = this.client;
    this.client = undefined;
    this.move('stopped');
    this.died.fire();
    void this.enqueue(async () => {
      await dead?.dispose(stopWithin).catch(() => undefined);
      if (this.crashes.length > crashesAllowed) {
        this.fail(`The explain server stopped ${this.crashes.length} times in 3 minutes and was not started again.`);
        return;
      }
      await this.launch();
      if (this.state !== 'running') return;
      const text = 'The explain server stopped and was started again. Work in progress was lost.';
      void vscode.window.showWarningMessage(text, 'Show log').then((choice) => choice && this.showLog());
    });
  }

  private fail(text: string): void {
    this.move('failed');
    this.log(text);
    void vscode.window.showErrorMessage(text, 'Show log', 'Restart server').then((choice) => {
      if (choice === 'Show log') this.showLog();
      if (choice === 'Restart server') void this.restart();
    });
  }

  private move(state: ServerState): void {
    this.current = state;
    this.stateChanged.fire(state);
  }

  private serverPath(): string {
    const chosen = vscode.workspace.getConfiguration('explainLsp').get<string>('server.path', '').trim();
    if (chosen) return chosen;
    const folder = this.context.extensionMode === vscode.ExtensionMode.Development ? '../out/server' : 'server';
    return this.context.asAbsolutePath(
      path.join(folder, process.platform === 'win32' ? 'explainlsp.exe' : 'explainlsp'),
    );
  }

  private options(): LanguageClientOptions {
    return {
      documentSelector: [
        { scheme: 'file', pattern: tablePattern },
        { scheme: 'file', pattern: namingPattern },
      ],
      outputChannel: this.output,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      markdown: { isTrusted: { enabledCommands: hoverCommands }, supportHtml: true },
      synchronize: { configurationSection: 'explainLsp' },
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          this.crashed();
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
      middleware: {
        provideHover: async (document, position, token, next) => {
          // Other extensions' hovers wait for ours.
          if (this.state !== 'running') return undefined;
          const hover = await next(document, position, token);
          for (const part of hover?.contents ?? []) {
            if (part instanceof vscode.MarkdownString) part.supportThemeIcons = true;
          }
          return hover;
        },
      },
    };
  }
}

function listen(client: LanguageClient, token: string, progress: ProgressListener): vscode.Disposable {
  let message = '';
  return client.onProgress(WorkDoneProgress.type, token, (value) => {
    if (value.kind === 'end') return;
    message = value.message ?? (value.kind === 'begin' ? value.title : message);
    progress(message, value.percentage === undefined ? undefined : value.percentage / 100);
  });
}
