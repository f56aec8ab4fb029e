import { randomBytes } from 'node:crypto';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ExplainServer, ProgressListener } from '../client';
import type { PanelCard, PanelView, StaleParams } from '../protocol';
import type { ThemeSource } from '../theme';
import { restrictedAdvice, restrictedText } from '../restricted';
import { exportAs, saveFile } from './exports';
import { panelPage } from './html';
import type { Action, HostMessage, Notice, PanelMessage, PanelState } from './messages';
import { duration, progressText } from './progress';
import { choose, type Question } from './question';
import { request } from './request';
import { selectRows, writeUntitled } from './rows';

/** Work that is done sooner shows no progress: nothing flickers. */
const showBusyAfter = 250;

/** Work that took longer is worth a notification when its panel is hidden. */
const tellAfter = 10_000;

const died: Notice = {
  state: 'caution',
  text: 'The explain server stopped and was started again. Work in progress was lost.',
  actions: ['again', 'showLog'],
};

/** One webview panel: asks the server its question, again when the theme, the width or the question changes. */
export class ExplainPanel implements vscode.Disposable {
  static readonly viewType = 'explainLsp.panel';

  private readonly disposables: vscode.Disposable[] = [];
  private state: PanelState;
  /** The question that `state.view` answers. */
  private answered: Question | undefined;
  /** CSS pixels for the figure; undefined until the page has said it. */
  private width: number | undefined;
  /** The figure has old colours, and nobody has looked since. */
  private outdated = false;
  /** Changes that would turn the answer for a row, as they were last found. */
  private found: { about: string; cards: PanelCard[] } | undefined;
  private running: vscode.CancellationTokenSource | undefined;

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly extensionUri: vscode.Uri,
    private readonly server: ExplainServer,
    private readonly theme: ThemeSource,
    question: Question,
    /** Shows the panel of another question: a picture of a contact sheet, a row. */
    private readonly open: (question: Question) => void = () => undefined,
  ) {
    this.state = { question };
    const webview = panel.webview;
    webview.options = { enableScripts: true, localResourceRoots: [this.file('webview')] };
    panel.iconPath = { dark: this.file('media/panel/dark.svg'), light: this.file('media/panel/light.svg') };
    webview.onDidReceiveMessage((message: PanelMessage) => this.receive(message), this, this.disposables);
    this.disposables.push(
      theme.onDidChange(() => this.refresh()),
      server.onStale((stale) => this.markStale(stale)),
      server.onDidDie(() => this.serverDied()),
      server.onDidChangeState(() => this.serverChanged()),
    );
    webview.html = panelPage({
      nonce: randomBytes(16).toString('base64url'),
      source: webview.cspSource,
      script: webview.asWebviewUri(this.file('webview/panel.js')).toString(),
      style: webview.asWebviewUri(this.file('webview/panel.css')).toString(),
    });
  }

  /** Pictures are laid out by the page; figures are drawn by the server, for a width. */
  private get drawnToWidth(): boolean {
    return this.question.kind !== 'image' && this.question.kind !== 'sheet';
  }

  get question(): Question {
    return this.state.question;
  }

  /** Shows the panel with this question. */
  show(question: Question): void {
    this.panel.reveal();
    this.state = { ...this.state, question };
    void this.ask();
  }

  dispose(): void {
    this.running?.cancel();
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private async receive(message: PanelMessage): Promise<void> {
    switch (message.type) {
      case 'ready': {
        const due = this.outdated || this.width === undefined || (this.drawnToWidth && this.width !== message.width);
        this.width = message.width;
        this.post();
        if (due) await this.ask();
        break;
      }
      case 'width':
        if (this.width === message.width) break;
        this.width = message.width;
        if (this.drawnToWidth) await this.ask();
        break;
      case 'colors':
        this.theme.remember(message.theme, message.colors);
        break;
      case 'choose':
        this.state = { ...this.state, question: choose(this.state.question, message.choice) };
        await this.ask();
        break;
      case 'stop':
        this.running?.cancel();
        break;
      case 'openImage':
        this.open({ kind: 'image', uri: message.uri });
        break;
      case 'open':
        this.open({ kind: 'row', ...message.place });
        break;
      case 'edit':
        this.state = { ...this.state, question: { ...this.question, edits: message.edits }, checks: undefined };
        await this.ask();
        break;
      case 'write':
        await writeUntitled(this.question.uri, message.text);
        break;
      case 'rows':
        await this.select(message.rows);
        break;
      case 'action':
        await this.act(message.action);
        break;
      case 'export':
        if (!this.state.view) break;
        await exportAs(message.format, this.state.view.exports, vscode.Uri.parse(this.question.uri)).catch(notWritten);
        break;
      case 'save':
        await saveFile(this.server, message.file, vscode.Uri.parse(this.question.uri)).catch(notWritten);
        break;
    }
  }

  private async act(action: Action): Promise<void> {
    switch (action) {
      case 'again':
        await this.ask();
        break;
      case 'chooseModel':
        await vscode.commands.executeCommand('explainLsp.chooseModel', this.question.uri);
        await this.ask();
        break;
      case 'manageTrust':
        await vscode.commands.executeCommand('workbench.trust.manage');
        break;
      default:
        await vscode.commands.executeCommand(`explainLsp.${action}`);
    }
  }

  /** Asks again for the figure: at once when it is seen, else when it will be. */
  private refresh(): void {
    if (this.panel.visible) void this.ask();
    else this.outdated = true;
  }

  private async ask(): Promise<void> {
    if (this.width === undefined) return; // the page says its width when it is there
    this.outdated = false;
    this.running?.cancel();
    const running = (this.running = new vscode.CancellationTokenSource());
    const { question } = this;
    const started = Date.now();
    let progress = '';
    let refined = false;
    const report: ProgressListener = (message, fraction) => {
      if (this.running !== running) return;
      progress = message;
      const busy = { text: progressText(message, fraction, Date.now() - started), fraction };
      this.state = { ...this.state, busy };
      if (Date.now() - started >= showBusyAfter) this.send({ type: 'busy', busy });
    };
    const timer = setTimeout(() => {
      if (this.running === running && !progress) report('Working…', undefined);
    }, showBusyAfter);
    try {
      if (!(await this.server.ready())) {
        this.finish(running, this.unavailable());
        return;
      }
      await this.theme.settled();
      if (!(await this.takesCells(question, running))) return;
      const answer = await request(this.server, question, this.width, running.token, report, (part) => {
        if (this.running !== running) return;
        this.refine(question, part, refined);
        refined = true;
      });
      if (this.running !== running) return;
      const view = this.withFoundChanges(question, answer);
      this.answered = question;
      this.panel.title = view.tabTitle;
      this.finish(running, { view, failure: undefined, notice: undefined });
      this.tellWhenHidden(Date.now() - started);
    } catch (error) {
      if (running.token.isCancellationRequested) this.finish(running, this.stopped(progress));
      else if (this.server.state === 'running') this.finish(running, { failure: failureOf(error as Error) });
      else this.finish(running, {}); // the server died: serverDied() has told why
    } finally {
      clearTimeout(timer);
      running.dispose();
    }
  }

  /** Under "what if": whether the model can take the changed cells. What is wrong is said at the cell; the last good answer stays. */
  private async takesCells(question: Question, running: vscode.CancellationTokenSource): Promise<boolean> {
    const { uri, row = 0, edits } = question;
    if (!edits || Object.keys(edits).length === 0) return true;
    const checks = await this.server.request(
      'explain/checkCells',
      { textDocument: { uri }, row, edits },
      running.token,
    );
    if (this.running !== running) return false;
    this.state = { ...this.state, checks };
    if (!checks.some(({ state }) => state === 'stop')) return true;
    this.finish(running, { failure: undefined });
    return false;
  }

  /** Changes that were found for a row stay in sight while they are tried. */
  private withFoundChanges(question: Question, view: PanelView): PanelView {
    const found = view.cards?.filter(({ change }) => change) ?? [];
    const about = JSON.stringify([question.uri, question.row, question.target]);
    if (found.length > 0) this.found = { about, cards: found };
    return question.edits && found.length === 0 && this.found?.about === about
      ? { ...view, cards: this.found.cards }
      : view;
  }

  private async select(rows: number[]): Promise<void> {
    try {
      const places = await selectRows(this.server, this.question.uri, rows);
      this.send({ type: 'rows', rows: places, total: rows.length });
    } catch (error) {
      this.state = { ...this.state, failure: failureOf(error as Error) };
      this.post();
    }
  }

  /** Shows what is known so far: a coarse map in place of the last one, more pictures of a sheet. */
  private refine(question: Question, part: PanelView, again: boolean): void {
    const { view } = this.state;
    if (again && part.sheet && view?.sheet) {
      const items = [...view.sheet.items, ...part.sheet.items];
      this.state = { ...this.state, view: { ...part, sheet: { ...part.sheet, items } } };
      this.send({ type: 'items', items: part.sheet.items, total: part.sheet.total });
      return;
    }
    // What stays after Stop is what was shown, with the question that it answers.
    this.answered = question;
    this.panel.title = part.tabTitle;
    this.state = { ...this.state, view: part, failure: undefined, notice: undefined };
    this.post();
  }

  /** Long work whose panel is out of sight says that it is done. */
  private tellWhenHidden(elapsed: number): void {
    if (this.panel.visible || elapsed < tellAfter) return;
    const name = path.basename(vscode.Uri.parse(this.question.uri).fsPath);
    void vscode.window
      .showInformationMessage(`Explained ${name} in ${duration(elapsed)}.`, 'Open')
      .then((choice) => choice && this.panel.reveal());
  }

  /** Ends a run, unless a later one has taken its place. */
  private finish(running: vscode.CancellationTokenSource, change: Partial<PanelState>): void {
    if (this.running !== running) return;
    this.running = undefined;
    this.state = { ...this.state, ...change, busy: undefined };
    this.post();
  }

  /** After Stop: the last good answer and its question stay. */
  private stopped(progress: string): Partial<PanelState> {
    const done = progress.replace(/[,·]? [^,·]* left$/, '');
    const text = /\d/.test(done) ? `Stopped at ${done}.` : 'Stopped.';
    const notice: Notice = { state: 'info', text, actions: ['again'] };
    return this.answered ? { question: this.answered, notice } : { notice };
  }

  private unavailable(): Partial<PanelState> {
    if (this.server.state === 'restricted') {
      return { notice: { state: 'info', text: `${restrictedText} ${restrictedAdvice}`, actions: ['manageTrust'] } };
    }
    return { notice: { state: 'stop', text: 'The explain server is stopped.', actions: ['restartServer', 'showLog'] } };
  }

  private serverDied(): void {
    this.state = { ...this.state, notice: died, failure: undefined };
    this.post();
  }

  private serverChanged(): void {
    if (this.server.state === 'running') {
      // An answer that is there stays and its notice offers to ask again; without one there is nothing to keep.
      if (this.state.view && this.state.notice !== undefined && this.state.notice !== died) {
        this.state = { ...this.state, notice: undefined };
        this.post();
      }
      if (!this.state.view) void this.ask();
    } else if (this.server.state === 'failed') {
      this.state = { ...this.state, ...this.unavailable(), busy: undefined };
      this.post();
    }
  }

  private markStale({ modelPath, text }: StaleParams): void {
    const { view } = this.state;
    if (!view || (modelPath && !isAbout(view, modelPath))) return;
    this.state = { ...this.state, notice: { state: 'info', text, actions: ['again'] } };
    this.post();
  }

  private post(): void {
    this.send({ type: 'state', state: this.state });
  }

  private send(message: HostMessage): void {
    // A hidden panel has no page; it is told everything when it says that it is ready.
    if (this.panel.visible) void this.panel.webview.postMessage(message);
  }

  private file(name: string): vscode.Uri {
    return vscode.Uri.joinPath(this.extensionUri, 'dist', ...name.split('/'));
  }
}

function notWritten(error: Error): void {
  void vscode.window.showErrorMessage(`The file could not be written: ${error.message}`);
}

function failureOf(error: Error): PanelState['failure'] {
  const text = error.message;
  return /^No model\b|\bchoose (a|one|the|which)\b/i.test(text)
    ? { text, actions: ['chooseModel'] }
    : { text, actions: ['again', 'showLog'] };
}

/** Whether a view shows this model; where it does not say, it may. */
function isAbout(view: PanelView, modelPath: string): boolean {
  try {
    const { model, path: own } = JSON.parse(view.exports.json) as { model?: { path?: unknown }; path?: unknown };
    const named = model?.path ?? own;
    return typeof named !== 'string' || modelPath.endsWith(named) || named.endsWith(modelPath);
  } catch {
    return true;
  }
}
