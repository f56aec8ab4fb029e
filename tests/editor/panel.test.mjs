// The panel: opened by two palette commands, read, sorted, asked other questions, exported, and still there after a reload.
import assert from 'node:assert';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openPanel } from './harness/panel.mjs';
import { adultExactShap } from './harness/reference.mjs';
import * as at from './harness/selectors.mjs';
import { openSession } from './harness/session.mjs';
import { signed } from './harness/text.mjs';

let session;
let editor;
let panel;

before(async () => {
  session = await openSession('panel', { size: { width: 1440, height: 900 } });
  editor = session.editor;
});
after(() => session?.close());

describe('a row', () => {
  before(async () => {
    await editor.openFile('adult/test.csv');
    await editor.goTo(2);
    await editor.statusItem('Census income').waitFor();
    await editor.command('Explain: Explain Sample at Cursor');
    panel = await openPanel(editor, /Why >50K/);
  });

  test('shows the contributions that shap computes, strongest first', async () => {
    const expected = adultExactShap(0).contributions.slice(0, 6);
    const rows = await panel.rows();
    assert.strictEqual(rows.length, 12);
    assert.deepStrictEqual(
      rows.slice(0, 6).map((cells) => [cells[0], cells.at(-1)]),
      expected.map(({ column, value }) => [column, signed(100 * value, 1)]),
    );
  });

  test('shows a figure that decodes, with its words', async () => {
    const figure = await panel.figure();
    assert.ok(figure.width >= 800 && figure.height >= 400, JSON.stringify(figure));
    assert.match(figure.alt, /marital-status/);
  });

  test('states method, cost and gap', async () => {
    assert.match(
      await panel.text('.receipt'),
      /Exact SHAP.*2,048 coalitions × 20 rows of train-sample.csv.*gap <1e−6/s,
    );
  });

  test('sorts by a column, and back, with the mouse and from the keyboard', async () => {
    const names = async () => (await panel.rows()).map(([name]) => name);
    const byStrength = await names();
    await panel.header('Column').click();
    assert.deepStrictEqual(await names(), [...byStrength].sort());
    assert.strictEqual(await panel.header('Column').getAttribute('aria-sort'), 'ascending');
    await panel.header('Column').press('Enter');
    assert.deepStrictEqual(await names(), [...byStrength].sort().reverse());
    await panel.header('Contribution').click();
    assert.deepStrictEqual(await names(), byStrength);
  });

  test('explains the other class with the signs turned', async () => {
    const [[strongest, , ...before]] = await panel.rows();
    await panel.choose('Target', '<=50K');
    await panel.answered(/<=50K/);
    const [[same, , ...turned]] = await panel.rows();
    assert.strictEqual(same, strongest);
    assert.strictEqual(turned.at(-1), before.at(-1).replace('+', '−'));
  });

  test('explains with another method and as many evaluations as asked for', async () => {
    await panel.choose('Method', 'KernelSHAP');
    assert.match(await panel.text('.receipt'), /KernelSHAP/);
    await panel.evaluations(500);
    assert.match(await panel.text('.receipt'), /500 coalitions/);
  });

  test('writes what it shows to a file, and to the clipboard', async () => {
    await panel.save('Explanation as JSON');
    await editor.page.locator(at.quickInputBox).waitFor();
    await editor.page.keyboard.press('Enter');
    await editor.notification(/Wrote .*\.json/).waitFor();
    const written = fs.readdirSync(path.join(session.workspace, 'adult')).filter((name) => name.endsWith('.json'));
    assert.strictEqual(written.length, 1);
    const json = JSON.parse(fs.readFileSync(path.join(session.workspace, 'adult', written[0]), 'utf8'));
    assert.deepStrictEqual(
      [json.schema, json.method, json.sample.row, json.target.name],
      [1, 'kernel-shap', 0, '<=50K'],
    );
    assert.strictEqual(json.attributions.length, 12);

    await panel.copy();
    await editor.statusItem('Copied as Markdown').waitFor();
    assert.match(await editor.page.evaluate(() => navigator.clipboard.readText()), /marital-status/);
  });

  test('is there again after a reload, with its question', async () => {
    await editor.reload();
    panel = await openPanel(editor, /<=50K/);
    assert.strictEqual(await panel.chosen('Method'), 'KernelSHAP');
    assert.match(await panel.text('.receipt'), /500 coalitions/);
  });
});

describe('a whole table', () => {
  test('shows which columns matter, with their uncertainty', async () => {
    await editor.openFile('breast-cancer/test.csv');
    await editor.command('Explain: Global Feature Importance');
    panel = await openPanel(editor, /relies on/);
    const rows = await panel.rows();
    assert.strictEqual(rows.length, 30);
    assert.ok((await panel.figure()).width >= 800);
  });

  test('offers other views of the file, and other methods', async () => {
    const views = await panel.frame.locator('[aria-label="View"] [role="radio"]').allInnerTexts();
    assert.ok(
      ['Beeswarm', 'Bars', 'Curves', 'Mistakes'].every((view) => views.includes(view)),
      views.join(),
    );
    assert.ok((await panel.options('Method')).length >= 2);
  });
});

test('no other machine was asked for anything', () => assert.deepStrictEqual(editor.outside, []));
