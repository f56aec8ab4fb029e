import { randomBytes } from 'node:crypto';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ExplainServer } from '../client';
import { hoverCommands } from '../commands/hoverCommands';
import type { TablePage } from '../protocol';
import { restrictedAdvice, restrictedText } from '../restricted';
import type { ThemeSource } from '../theme';
import { panelPage } from './html';
import type { TableHostMessage, TableMessage } from './tableMessages';

const firstRows = 100;

/** What is asked again while the server is still computing a hover. */
const notYet = /Working…/;
const askAgainAfter = 400;

/** A table that no text editor can show, to be read: rows with predictions beside them, and the hovers of a CSV. */
export class TableEditor implements vscode.Disposable {
  static readonly viewType = 'explainLsp.tableEditor';

  private readonly disposables: vscode.Disposable[] = [];
  private hover: vscode.CancellationTokenSource | undefined;
  private outdated = false;

  constructor(
    private readonly uri: vscode.Uri,
    private readonly panel: vscode.WebviewPanel,
    extensionUri: vscode.Uri,
    private readonly server: ExplainServer,
    private readonly theme: ThemeSource,
    private readonly explain: (row: number) => void,
  ) {
    const folder = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
    const file = (name: string) => vscode.Uri.joinPath(folder, name);
    const { webview } = panel;
    webview.options = { enableScripts: true, localResourceRoots: [folder] };
    webview.onDidReceiveMessage((message: TableMessage) => this.receive(message), this, this.disposables);
    const changes = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), path.basename(uri.fsPath)),
    );
    this.disposables.push(
      changes,
      changes.onDidChange(() => this.refresh()),
      server.onStale(() => this.refresh()),
      server.onDidChangeState(() => this.refresh()),
      panel.onDidChangeViewState(() => this.outdated && this.refresh()),
    );
    webview.html = panelPage({
      nonce: randomBytes(16).toString('base64url'),
      source: webview.cspSource,
      script: webview.asWebviewUri(file('table.js')).toString(),
      style: webview.asWebviewUri(file('panel.css')).toString(),
    });
  }

  dispose(): void {
    this.hover?.cancel();
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private async receive(message: TableMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        await this.open();
        break;
      case 'page':
        this.send({ type: 'page', page: await this.page(message.from, message.count) });
        break;
      case 'hover':
        await this.showHover(message.id, message.row, message.column);
        break;
      case 'explain':
        this.explain(message.row);
        break;
      case 'command': {
        // A page may ask for what a hover's link may, on its own file or on what the link names.
        if (!hoverCommands.includes(message.id)) break;
        const given = message.arguments.length > 0 ? message.arguments : [this.uri.toString()];
        await vscode.commands.executeCommand(message.id, ...given);
        break;
      }
      case 'colors':
        this.theme.remember(message.theme, message.colors);
        break;
    }
  }

  private refresh(): void {
    this.outdated = !this.panel.visible;
    if (this.panel.visible) void this.open();
  }

  private async open(): Promise<void> {
    this.send({ type: 'open', page: await this.page(0, firstRows), name: path.basename(this.uri.fsPath) });
  }

  private async page(from: number, count: number): Promise<TablePage> {
    try {
      if (!(await this.server.ready())) return empty(this.unavailable());
      return await this.server.request('explain/tablePage', {
        textDocument: { uri: this.uri.toString() },
        from,
        count,
      });
    } catch (error) {
      return empty((error as Error).message);
    }
  }

  private unavailable(): string {
    return this.server.state === 'restricted'
      ? `${restrictedText} ${restrictedAdvice}`
      : 'The explain server is stopped.';
  }

  /** Shows a hover, and again when what was still being computed is there, unless another one is wanted by then. */
  private async showHover(id: number, row: number, column: number | undefined): Promise<void> {
    this.hover?.cancel();
    const { token } = (this.hover = new vscode.CancellationTokenSource());
    const textDocument = { uri: this.uri.toString() };
    try {
      for (;;) {
        const { markdown } = await this.server.request('explain/tableHover', { textDocument, row, column }, token);
        if (token.isCancellationRequested) return;
        this.send({ type: 'hover', id, markdown });
        if (!notYet.test(markdown)) return;
        await new Promise((resolve) => setTimeout(resolve, askAgainAfter));
        if (token.isCancellationRequested) return;
      }
    } catch (error) {
      if (!token.isCancellationRequested) this.server.log(`Hover: ${String(error)}`);
    }
  }

  private send(message: TableHostMessage): void {
    void this.panel.webview.postMessage(message);
  }
}

function empty(problem: string): TablePage {
  return { columns: [], rowCount: 0, from: 0, rows: [], problem };
}
