// A whole file: rows are chosen in a figure, work is stopped and what was found stays.
import assert from 'node:assert';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openPanel } from './harness/panel.mjs';
import * as at from './harness/selectors.mjs';
import { openSession } from './harness/session.mjs';

/** Enough rows that work on them can be stopped half way. */
const manyRows = 4000;

let session;
let editor;
let panel;

before(async () => {
  session = await openSession('global', {
    size: { width: 1600, height: 950 },
    arrange(workspace) {
      // The same rows again and again, under a name that the workspace explains like the first.
      const table = path.join(workspace, 'breast-cancer/test.csv');
      const [head, ...rows] = fs.readFileSync(table, 'utf8').trimEnd().split('\n');
      const many = Array.from({ length: manyRows }, (_, i) => rows[i % rows.length]);
      fs.writeFileSync(path.join(workspace, 'breast-cancer/many.csv'), [head, ...many, ''].join('\n'));
    },
  });
  editor = session.editor;
});
after(() => session?.close());

describe('a beeswarm', () => {
  before(async () => {
    await editor.openFile('breast-cancer/test.csv');
    await editor.command('Explain: Global Feature Importance');
    panel = await openPanel(editor);
    await panel.view('Beeswarm');
    await panel.answered(/What drives/);
  });

  test('is drawn with its words', async () => {
    const figure = await panel.figure();
    assert.ok(figure.width >= 800 && figure.height >= 600, JSON.stringify(figure));
    assert.ok(figure.alt.length > 40, figure.alt);
    await editor.shot('beeswarm');
  });

  test('selects rows in the editor when it is brushed', async () => {
    await panel.brush({ from: [0.62, 0.02], to: [0.9, 0.3] });
    await panel.frame.locator('.chosen-rows h2', { hasText: /\d+ rows chosen/ }).waitFor();
    await editor.until(async () => (await editor.page.locator(at.selectedText('breast-cancer/test.csv')).count()) > 1);
    await panel.idle();
    assert.match(
      await panel.text('.chosen-rows h2'),
      /\d+ rows chosen/,
      'the list stays when the panel becomes narrower',
    );
    await editor.shot('beeswarm-brushed');
  });

  test('is brushed from the keyboard, and lets go with Escape', async () => {
    const layer = panel.frame.locator('.brush');
    await layer.focus();
    await layer.press('Home');
    await layer.press('Enter');
    await panel.frame.locator('.chosen-rows h2', { hasText: 'chosen' }).waitFor();
    await layer.press('Shift+ArrowRight');
    await layer.press('Escape');
    await panel.frame.locator('.chosen-rows h2').waitFor({ state: 'detached' });
  });

  test('saves the figure as a drawing', async () => {
    await panel.save('Figure as SVG');
    await editor.page.locator(at.quickInputBox).waitFor();
    await editor.page.keyboard.press('Enter');
    await editor.notification(/Wrote .*\.svg/).waitFor();
    const folder = path.join(session.workspace, 'breast-cancer');
    const [written] = fs.readdirSync(folder).filter((name) => name.endsWith('.svg'));
    assert.match(fs.readFileSync(path.join(folder, written), 'utf8'), /<svg[\s\S]*<\/svg>/);
  });
});

describe('other views of the file', () => {
  for (const [view, heading] of [
    ['Bars', /What/],
    ['Dependence', /How .* goes with/],
    ['Curves', /How columns move/],
    ['Decision', /How rows come to/],
    ['Row map', /explained alike/],
    ['Interactions', /act together/],
    ['Mistakes', /is wrong in \d+ of 143 rows/],
    ['Calibration', /taken at its word/],
  ]) {
    test(`${view}: a heading, a figure, a table`, async () => {
      await panel.view(view);
      await panel.answered(heading);
      assert.ok((await panel.figure()).width >= 600);
      assert.ok((await panel.rows()).length > 0);
      await editor.shot(`global-${view.toLowerCase()}`);
    });
  }

  test('a worst row opens its panel', async () => {
    await panel.view('Mistakes');
    await panel.answered(/is wrong in/);
    await panel.frame.locator('table [data-action="open"]').first().click();
    const row = await openPanel(editor, /Why/);
    assert.match(await row.text('.note'), /the model is wrong here/);
  });
});

describe('work that takes long', () => {
  test('shows what is known so far, and keeps it when it is stopped', async () => {
    await editor.openFile('breast-cancer/many.csv');
    await editor.command('Explain: Global Feature Importance');
    panel = await openPanel(editor);
    await panel.view('Beeswarm');
    await panel.frame.locator('h1', { hasText: /What drives/ }).waitFor();
    await panel.frame.locator('[data-action="stop"]').click();
    await panel.frame.locator('.note', { hasText: /Stopped at [\d,]+ of [\d,]+ / }).waitFor();
    assert.ok((await panel.figure()).width >= 800, 'the figure stays');
    assert.strictEqual((await panel.rows()).length, 30);
    await editor.shot('global-stopped');
    await panel.save('Table as CSV');
    await editor.page.locator(at.quickInputBox).waitFor();
    await editor.page.keyboard.press('Escape');
  });
});

test('no other machine was asked for anything', () => assert.deepStrictEqual(editor.outside, []));
