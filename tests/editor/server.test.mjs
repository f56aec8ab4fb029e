// The server: restarted on command, and back by itself when it is killed while it works.
import assert from 'node:assert';
import { after, before, test } from 'node:test';
import { openPanel } from './harness/panel.mjs';
import { descendants } from './harness/processes.mjs';
import * as at from './harness/selectors.mjs';
import { openSession } from './harness/session.mjs';

let session;
let editor;

before(async () => {
  session = await openSession('server');
  editor = session.editor;
  await editor.openFile('breast-cancer/test.csv');
  await editor.statusItem('Breast cancer').waitFor();
});
after(() => session?.close());

const servers = () => descendants(session.server.pid).filter(({ command }) => /\/explainlsp lsp$/.test(command));

test('Restart Server starts another process, and hovers go on', async () => {
  const [{ pid }] = servers();
  await editor.command('Explain: Restart Server');
  await editor.until(() => servers().length === 1 && servers()[0].pid !== pid);
  await editor.hover('13.68,16.33', '13.68', 'benign');
});

test('killed while it works, it comes back and the panel says so', async () => {
  await editor.leave();
  await editor.goTo(2);
  await editor.command('Explain: Explain Sample at Cursor');
  const panel = await openPanel(editor, /Why/);
  await panel.choose('Method', 'KernelSHAP');
  const box = panel.frame.locator('input.evaluations');
  await box.fill('1000000');
  await box.press('Enter');
  await panel.frame.locator('.busy:visible').waitFor();
  const [{ pid }] = servers();
  process.kill(pid, 'SIGKILL');

  const sentence = 'The explain server stopped and was started again. Work in progress was lost.';
  await panel.frame.locator('.notice', { hasText: sentence }).waitFor();
  await editor.notification(sentence).waitFor();
  await editor.until(() => servers().length === 1 && servers()[0].pid !== pid);
  assert.match(await panel.text('h1'), /Why/);
  await editor.shot('server-died');
  await editor.openFile('breast-cancer/test.csv');
  await editor.hover('13.68,16.33', '13.68', 'benign');
});

test('Show Server Log opens the log', async () => {
  await editor.command('Explain: Show Server Log');
  await editor.page.locator(at.outputChannel, { hasText: 'Explain Server' }).first().waitFor({ state: 'attached' });
});

test('no other machine was asked for anything', () => assert.deepStrictEqual(editor.outside, []));
