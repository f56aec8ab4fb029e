import assert from 'node:assert/strict';
import { test } from 'node:test';
import type * as api from 'vscode';
import type { ExplainServer, PartialListener, ProgressListener, ServerState } from '../src/client';
import { ExplainPanel } from '../src/panels/panel';
import type { HostMessage, PanelMessage, PanelState } from '../src/panels/messages';
import type { PanelView, StaleParams } from '../src/protocol';
import type { ThemeSource } from '../src/theme';
import type { Question } from '../src/panels/question';
import { imageView, question, rowView, sheetView } from './page';
import { asked, EventEmitter, Uri } from './vscode';

/** One request that the panel sent, answered by the test. */
interface Sent {
  method: string;
  params: Record<string, unknown>;
  progress: ProgressListener;
  partial: PartialListener;
  cancelled: () => boolean;
  answer(view: PanelView): Promise<void>;
  refuse(message: string): Promise<void>;
}

/** Lets everything that waits for an answer go on. */
const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 5));

class Stage {
  readonly sent: Sent[] = [];
  readonly opened: string[] = [];
  readonly posted: HostMessage[] = [];
  readonly states = new EventEmitter<ServerState>();
  readonly stale = new EventEmitter<StaleParams>();
  readonly died = new EventEmitter<void>();
  readonly themes = new EventEmitter<void>();
  readonly webviewPanel;
  readonly panel: ExplainPanel;
  state: ServerState = 'running';
  private readonly messages = new EventEmitter<PanelMessage>();

  constructor(asks: Question = question) {
    const stage = this;
    const server = {
      get state() {
        return stage.state;
      },
      ready: async () => stage.state === 'running',
      onStale: this.stale.event,
      onDidDie: this.died.event,
      onDidChangeState: this.states.event,
      request: (
        method: string,
        params: Record<string, unknown>,
        token: api.CancellationToken,
        progress: ProgressListener,
        partial: PartialListener,
      ) =>
        new Promise<PanelView>((resolve, reject) => {
          token.onCancellationRequested(() => reject(new Error('Request cancelled')));
          this.sent.push({
            method,
            params,
            progress,
            partial,
            cancelled: () => token.isCancellationRequested,
            answer: (view) => (resolve(view), settle()),
            refuse: (message) => (reject(new Error(message)), settle()),
          });
        }),
    };
    this.webviewPanel = {
      visible: true,
      title: '',
      iconPath: undefined,
      reveal: () => undefined,
      webview: {
        cspSource: 'https://webview',
        options: {},
        html: '',
        asWebviewUri: (uri: unknown) => uri,
        onDidReceiveMessage: this.messages.event,
        postMessage: async (message: HostMessage) => void this.posted.push(structuredClone(message)),
      },
    };
    const theme = { onDidChange: this.themes.event, settled: async () => undefined, remember: () => undefined };
    this.panel = new ExplainPanel(
      this.webviewPanel as unknown as api.WebviewPanel,
      Uri.parse('file:///extension') as unknown as api.Uri,
      server as unknown as ExplainServer,
      theme as unknown as ThemeSource,
      asks,
      ({ uri }) => void this.opened.push(uri),
    );
  }

  async say(message: PanelMessage): Promise<void> {
    this.messages.fire(message);
    await settle();
  }

  /** Opens the page and answers its first question. */
  async answered(): Promise<void> {
    await this.say({ type: 'ready', width: 600 });
    await this.sent[0]!.answer(rowView());
  }

  get shown(): PanelState {
    const last = this.posted.filter((message) => message.type === 'state').at(-1);
    assert.ok(last);
    return last.state;
  }
}

test('Panel_PageReady_AsksWithItsWidthAndShowsTheAnswer', async () => {
  const stage = new Stage();
  assert.equal(stage.sent.length, 0, 'nothing is asked before the page says its width');
  await stage.answered();
  const { method, params } = stage.sent[0]!;
  assert.equal(method, 'explain/row');
  assert.deepEqual([params['row'], params['width'], params['textDocument']], [13, 600, { uri: question.uri }]);
  assert.equal(stage.shown.view?.heading, 'Why malignant?');
  assert.equal(stage.webviewPanel.title, 'Row 13, malignant');
});

test('Panel_PageComesBack_IsShownTheAnswerWithoutAskingAgain', async () => {
  const stage = new Stage();
  await stage.answered();
  await stage.say({ type: 'ready', width: 600 });
  assert.equal(stage.sent.length, 1);
  await stage.say({ type: 'width', width: 480 });
  assert.equal(stage.sent[1]!.params['width'], 480);
});

test('Panel_NewChoiceWhileWorking_CancelsTheOldQuestion', async () => {
  const stage = new Stage();
  await stage.say({ type: 'ready', width: 600 });
  await stage.say({ type: 'choose', choice: { picker: 'method', value: 'lime' } });
  assert.equal(stage.sent[0]!.cancelled(), true);
  await stage.sent[1]!.answer({ ...rowView(), heading: 'LIME' });
  assert.equal(stage.sent[1]!.params['method'], 'lime');
  assert.equal(stage.shown.view?.heading, 'LIME');
  assert.equal(stage.shown.notice, undefined);
});

test('Panel_Stop_KeepsTheLastAnswerAndItsQuestion', async () => {
  const stage = new Stage();
  await stage.answered();
  await stage.say({ type: 'choose', choice: { picker: 'method', value: 'permutation-shap' } });
  stage.sent[1]!.progress('1,024 of 2,048 evaluations', 0.5);
  await stage.say({ type: 'stop' });
  assert.equal(stage.shown.view?.heading, 'Why malignant?');
  assert.equal(stage.shown.question.method, undefined);
  assert.equal(stage.shown.notice?.text, 'Stopped at 1,024 of 2,048 evaluations.');
  assert.equal(stage.shown.busy, undefined);
});

test('Panel_QuickAnswers_ShowNoProgress_SlowOnesDo', async () => {
  const stage = new Stage();
  await stage.say({ type: 'ready', width: 600 });
  stage.sent[0]!.progress('1 of 2 evaluations', 0.5);
  assert.equal(
    stage.posted.some(({ type }) => type === 'busy'),
    false,
  );
  await new Promise((resolve) => setTimeout(resolve, 300));
  stage.sent[0]!.progress('2 of 2 evaluations', 1);
  assert.deepEqual(stage.posted.at(-1), { type: 'busy', busy: { text: '2 of 2 evaluations', fraction: 1 } });
});

test('Panel_AnError_IsShownBesideTheLastAnswer', async () => {
  const stage = new Stage();
  await stage.answered();
  await stage.say({ type: 'choose', choice: { picker: 'target', value: '9' } });
  await stage.sent[1]!.refuse('There is no class 9. Choose 0 or 1.');
  assert.equal(stage.shown.failure?.text, 'There is no class 9. Choose 0 or 1.');
  assert.equal(stage.shown.view?.heading, 'Why malignant?');
});

test('Panel_NoModel_OffersToChooseOne', async () => {
  const stage = new Stage();
  await stage.say({ type: 'ready', width: 600 });
  await stage.sent[0]!.refuse('No model explains test.csv.');
  assert.deepEqual(stage.shown.failure?.actions, ['chooseModel']);
  await stage.say({ type: 'action', action: 'again' });
  await stage.sent[1]!.refuse('3 models fit this file. Choose one.');
  assert.deepEqual(stage.shown.failure?.actions, ['chooseModel']);
});

test('Panel_ServerDies_SaysSoAndKeepsTheAnswer', async () => {
  const stage = new Stage();
  await stage.answered();
  await stage.say({ type: 'choose', choice: { picker: 'method', value: 'lime' } });
  stage.state = 'stopped';
  await stage.sent[1]!.refuse('Connection got disposed.');
  stage.states.fire('stopped');
  stage.died.fire();
  stage.state = 'running';
  stage.states.fire('running');
  await settle();
  assert.match(stage.shown.notice!.text, /^The explain server stopped and was started again\./);
  assert.equal(stage.shown.failure, undefined);
  assert.equal(stage.shown.view?.heading, 'Why malignant?');
  await stage.say({ type: 'action', action: 'again' });
  await stage.sent.at(-1)!.answer(rowView());
  assert.equal(stage.shown.notice, undefined);
});

test('Panel_ServerDiesBeforeAnyAnswer_AsksAgainByItself', async () => {
  const stage = new Stage();
  await stage.say({ type: 'ready', width: 600 });
  stage.state = 'stopped';
  await stage.sent[0]!.refuse('Connection got disposed.');
  stage.died.fire();
  stage.state = 'running';
  stage.states.fire('running');
  await settle();
  assert.equal(stage.sent.length, 2);
});

test('Panel_InARestrictedWorkspace_SaysSoAndAsksOnceTrusted', async () => {
  const stage = new Stage();
  stage.state = 'restricted';
  await stage.say({ type: 'ready', width: 600 });
  assert.match(stage.shown.notice!.text, /^Restricted mode: models are not loaded\./);
  assert.deepEqual(stage.shown.notice!.actions, ['manageTrust']);
  stage.state = 'running';
  stage.states.fire('running');
  await settle();
  await stage.sent[0]!.answer(rowView());
  assert.equal(stage.shown.notice, undefined);
});

test('Panel_ItsModelChanges_IsStale_AnotherModelIsNot', async () => {
  const stage = new Stage();
  await stage.answered();
  const told = () => stage.shown.notice?.text;
  const text = 'The model changed on disk. Explain again.';
  stage.stale.fire({ modelPath: '/data/models/other.onnx', text });
  assert.equal(told(), undefined);
  stage.stale.fire({ modelPath: '/data/models/breast-cancer-gbm.onnx', text });
  assert.equal(told(), text);
  stage.stale.fire({ modelPath: null, text: 'explain.json changed. Explain again.' });
  assert.equal(told(), 'explain.json changed. Explain again.');
});

test('Panel_NewColours_AreAskedForWhenThePanelIsSeen', async () => {
  const stage = new Stage();
  await stage.answered();
  stage.webviewPanel.visible = false;
  stage.themes.fire();
  await settle();
  assert.equal(stage.sent.length, 1);
  stage.webviewPanel.visible = true;
  await stage.say({ type: 'ready', width: 600 });
  assert.equal(stage.sent.length, 2);
  stage.themes.fire();
  await settle();
  assert.equal(stage.sent.length, 3);
});

test('Panel_Links_RunOurCommandsOnly', async () => {
  const stage = new Stage();
  await stage.answered();
  asked.length = 0;
  await stage.say({ type: 'action', action: 'showLog' });
  await stage.say({ type: 'action', action: 'workbench.action.quit' as 'showLog' });
  assert.deepEqual(asked, [['explainLsp.showLog'], ['explainLsp.workbench.action.quit']]);
});

test('Panel_CoarseMap_IsShownWhileItIsRefined_AndStaysAfterStop', async () => {
  const stage = new Stage({ kind: 'image', uri: 'file:///data/coat.png' });
  await stage.say({ type: 'ready', width: 600 });
  stage.sent[0]!.partial({ ...imageView(), heading: 'coarse' });
  assert.equal(stage.shown.view!.heading, 'coarse');
  await stage.say({ type: 'stop' });
  assert.equal(stage.shown.view!.heading, 'coarse');
  assert.match(stage.shown.notice!.text, /^Stopped/);
});

test('Panel_Sheet_GrowsByWhatComes_AndStopKeepsIt', async () => {
  const stage = new Stage({ kind: 'sheet', uri: 'file:///data', uris: ['file:///data'] });
  await stage.say({ type: 'ready', width: 600 });
  const [first, ...rest] = sheetView().sheet!.items;
  const part = (items: typeof rest) => ({ ...sheetView(), sheet: { items, total: 4, legend: '' } });
  stage.sent[0]!.partial(part([first!]));
  stage.sent[0]!.partial(part(rest));
  assert.deepEqual(stage.posted.at(-1), { type: 'items', items: rest, total: 4 });
  await stage.say({ type: 'stop' });
  assert.equal(stage.shown.view!.sheet!.items.length, 4);
  await stage.say({ type: 'action', action: 'again' });
  stage.sent[1]!.partial(part([first!]));
  assert.equal(stage.shown.view!.sheet!.items.length, 1, 'a new run begins anew');
});

test('Panel_OfPictures_AsksNothingWhenItsWidthChanges_AndOpensPictures', async () => {
  const stage = new Stage({ kind: 'sheet', uri: 'file:///data', uris: ['file:///data'] });
  await stage.say({ type: 'ready', width: 600 });
  await stage.sent[0]!.answer(sheetView());
  await stage.say({ type: 'width', width: 700 });
  assert.equal(stage.sent.length, 1);
  await stage.say({ type: 'openImage', uri: 'file:///data/a.png' });
  assert.deepEqual(stage.opened, ['file:///data/a.png']);
});

test('Host_ChangedCells_AreCheckedBeforeTheyAreAskedAbout', async () => {
  const stage = new Stage();
  await stage.answered();
  await stage.say({ type: 'edit', edits: { age: '4x' } });
  const check = stage.sent[1]!;
  assert.equal(check.method, 'explain/checkCells');
  assert.deepEqual(check.params['edits'], { age: '4x' });
  await check.answer([{ column: 'age', state: 'stop', text: '"4x" is not a number.' }] as never);
  assert.equal(stage.sent.length, 2, 'the model is not asked');
  assert.equal(stage.shown.checks![0]!.column, 'age');
  assert.equal(stage.shown.view!.heading, 'Why malignant?', 'the last good answer stays');
  assert.equal(stage.shown.busy, undefined);
});

test('Host_MoreTyping_SupersedesWhatWasAsked', async () => {
  const stage = new Stage();
  await stage.answered();
  await stage.say({ type: 'edit', edits: { age: '4' } });
  await stage.sent[1]!.answer([] as never);
  const first = stage.sent[2]!;
  assert.deepEqual([first.method, first.params['edits']], ['explain/row', { age: '4' }]);
  await stage.say({ type: 'edit', edits: { age: '40' } });
  assert.ok(first.cancelled());
  await stage.sent[3]!.answer([] as never);
  const view = { ...rowView(), heading: 'Why malignant, if one cell were changed?' };
  await stage.sent[4]!.answer(view);
  assert.equal(stage.shown.view!.heading, view.heading);
  assert.deepEqual(stage.shown.question.edits, { age: '40' });
});

test('Host_FoundChanges_StayInSightWhileTheyAreTried', async () => {
  const stage = new Stage();
  await stage.say({ type: 'ready', width: 600 });
  const cards = [
    { title: 'benign, if one cell is changed', text: '', change: { edits: { age: '4' }, text: 'age\n4\n' } },
  ];
  await stage.sent[0]!.answer({ ...rowView(), cards });
  await stage.say({ type: 'edit', edits: { age: '4' } });
  await stage.sent[1]!.answer([] as never);
  await stage.sent[2]!.answer(rowView());
  assert.deepEqual(stage.shown.view!.cards, cards);
});

test('Host_ARowOfAList_OpensItsPanel', async () => {
  const stage = new Stage();
  await stage.answered();
  await stage.say({ type: 'open', place: { uri: 'file:///train.csv', row: 7 } });
  assert.deepEqual(stage.opened, ['file:///train.csv']);
});
