// "What if": values of a row are changed and the model answers while one types; changes that turn the answer become a new file.
import assert from 'node:assert';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openPanel } from './harness/panel.mjs';
import * as at from './harness/selectors.mjs';
import { openSession } from './harness/session.mjs';

let session;
let editor;
let panel;

before(async () => {
  session = await openSession('whatif', { size: { width: 1440, height: 900 } });
  editor = session.editor;
});
after(() => session?.close());

describe('a cell of a row', () => {
  before(async () => {
    await editor.openFile('adult/test.csv');
    await editor.statusItem('Census income').waitFor();
  });

  test('leads from its hover to a field of its own', async () => {
    const hover = await editor.hover('50,Private,Some-college', '84', /hours-per-week.{1,3}=.{1,3}84/);
    await hover.locator('a', { hasText: 'What if…' }).click();
    panel = await openPanel(editor, /Why/);
    await panel.frame.locator('[data-cell="hours-per-week"]:focus').waitFor();
  });
});

describe('a row under "what if"', () => {
  before(async () => {
    await editor.openFile('adult/test.csv');
    await editor.goTo(2);
    await editor.command('Explain: Explain Sample at Cursor');
    panel = await openPanel(editor, /Why >50K\?/);
    await panel.whatIf();
  });

  test('answers while one types, and says what changed', async () => {
    const before = await panel.contributions();
    await panel.type('hours-per-week', '20');
    await panel.answered(/Why >50K, if one cell were changed\?/);
    assert.match(await panel.text('.what-if'), />50K \d+\.\d % → \d+\.\d %/);
    assert.match(await panel.text('.subline'), /row 0 \(line 2\), 1 cell changed/);
    assert.notDeepEqual(await panel.contributions(), before);
    assert.match((await panel.frame.locator('th').allInnerTexts()).join(), /Difference/);
    await editor.shot('whatif-changed');
  });

  test('refuses what the model cannot take, at the cell, and keeps the last answer', async () => {
    const before = await panel.text('.what-if');
    await panel.type('hours-per-week', '20x');
    await panel.frame.locator('.said.stop', { hasText: '"20x" is not a number' }).waitFor();
    assert.strictEqual(await panel.text('.what-if'), before);
    await editor.shot('whatif-refused');
    await panel.type('hours-per-week', '400');
    await panel.frame.locator('.said.caution', { hasText: 'the range in this file' }).waitFor();
  });

  test('goes back', async () => {
    await panel.frame.locator('[data-action="reset"]').click();
    await panel.answered(/Why >50K\?/);
    assert.strictEqual(await panel.frame.locator('[data-cell="hours-per-week"]').inputValue(), '84');
  });

  test('writes the changed row to a new file and leaves the table alone', async () => {
    const table = path.join(session.workspace, 'adult/test.csv');
    const before = fs.readFileSync(table, 'utf8');
    await panel.type('age', '22');
    await panel.answered(/if one cell/);
    await panel.frame.locator('.what-if [data-action="write"]').click();
    await editor.page.locator(at.untitledEditor).first().waitFor();
    await editor.line('22,').waitFor();
    await editor.shot('whatif-written');
    assert.strictEqual(fs.readFileSync(table, 'utf8'), before);
  });
});

test('no other machine was asked for anything', () => assert.deepStrictEqual(editor.outside, []));
