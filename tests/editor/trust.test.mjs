// An untrusted workspace: nothing is loaded, the hover says so, and trust is picked up without a restart.
import assert from 'node:assert';
import { after, before, test } from 'node:test';
import { descendants } from './harness/processes.mjs';
import * as at from './harness/selectors.mjs';
import { openSession } from './harness/session.mjs';
import { plain } from './harness/text.mjs';

const ROW = '50,Private,Some-college,Married-civ-spouse';
let session;
let editor;

before(async () => {
  session = await openSession('trust', { trusted: false });
  editor = session.editor;
  await editor.openFile('adult/test.csv');
});
after(() => session?.close());

const servers = () => descendants(session.server.pid).filter(({ command }) => /\/explainlsp lsp$/.test(command));

test('restricted: the hover says that models are not loaded, and no server runs', async () => {
  await editor.statusItem('Explain: restricted').waitFor();
  const hover = await editor.hover(ROW, '50', 'Restricted mode');
  const text = plain(await hover.innerText());
  assert.match(text, /Restricted mode: models are not loaded\. Trust this workspace to see predictions\./);
  assert.match(text, /Manage trust/);
  assert.match(text, /test\.csv/);
  await editor.shot('untrusted');
  assert.deepStrictEqual(servers(), []);
  assert.strictEqual(await editor.page.locator(at.codeLens).count(), 0);
});

test('trusted: predictions appear without a restart', async () => {
  await editor.leave();
  await editor.statusItem('Explain: restricted').click();
  const trust = editor.page.locator(at.trustEditor);
  await trust.getByRole('button', { name: 'Trust', exact: true }).first().click();
  await editor.statusItem('Census income').waitFor();
  // The trust editor lies over the workbench; behind it the table is still open.
  await trust.press('Escape');
  await trust.waitFor({ state: 'hidden' });
  await editor.hover(ROW, '50', '65.9');
  assert.strictEqual(servers().length, 1);
});

test('no other machine was asked for anything', () => assert.deepStrictEqual(editor.outside, []));
