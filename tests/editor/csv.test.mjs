// What a user sees in a CSV: predictions at the end of rows, hovers, the header's CodeLens, wrong rows in Problems.
import assert from 'node:assert';
import { after, before, test } from 'node:test';
import { adultExactShap } from './harness/reference.mjs';
import * as at from './harness/selectors.mjs';
import { openSession } from './harness/session.mjs';
import { plain, signed } from './harness/text.mjs';
import { openPanel } from './harness/panel.mjs';

const ROW = '50,Private,Some-college,Married-civ-spouse';
let session;
let editor;

before(async () => {
  session = await openSession('csv');
  editor = session.editor;
  await editor.openFile('adult/test.csv');
  await editor.statusItem('Census income').waitFor(); // the server has found out which model explains this file
});
after(() => session?.close());

test('a row ends with its prediction', async () => {
  await editor.line('→ >50K 66').waitFor();
  assert.match(plain(await editor.line(ROW).innerText()), /→ >50K 66 %$/);
});

test('the header offers what can be done with the file', async () => {
  for (const title of ['Explain all rows', 'Global importance', 'Choose model…'])
    await editor.codeLens(title).waitFor();
});

test('a row hover says what is predicted and why, as shap computes it', async () => {
  const { base, prediction, contributions } = adultExactShap(0);
  const hover = await editor.hover(ROW, '50', '65.9');
  const text = plain(await hover.innerText());
  assert.ok(text.includes(`${(100 * prediction).toFixed(1)} %`), text);
  assert.ok(text.includes(`average ${(100 * base).toFixed(1)} %`), text);
  assert.match(text, /label >50K/);
  assert.match(text, /Exact SHAP/);
  const table = await hover
    .locator('table tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText)));
  const shown = table.map((cells) => [cells[0], plain(cells.at(-1))]);
  const expected = contributions.slice(0, 6).map(({ column, value }) => [column, signed(100 * value, 1)]);
  assert.deepStrictEqual(shown.slice(0, 6), expected);
});

test('the picture in a row hover decodes at twice its size and says itself in words', async () => {
  const hover = await editor.hover(ROW, '50', '65.9');
  const image = await picture(hover);
  assert.deepStrictEqual([image.width, image.naturalWidth], [420, 840]);
  assert.match(image.alt, />50K 65\.9.%.*marital-status/s);
});

test('a cell hover says what the cell adds and draws how the prediction moves', async () => {
  const hover = await editor.hover(ROW, '84', /hours-per-week.{1,3}=.{1,3}84/);
  assert.match(plain(await hover.innerText()), /hours-per-week = 84 +adds \+8\.6 pp towards >50K/);
  const image = await picture(hover);
  assert.deepStrictEqual([image.width, image.naturalWidth], [420, 840]);
});

test('a header hover says what the column holds and how much it matters', async () => {
  const hover = await editor.hover('age,workclass', 'age', /importance \d+ of 12/);
  assert.match(plain(await hover.innerText()), /age · number, 17 to \d+, median \d+.*importance \d+ of 12/s);
});

test('Copy in a row hover puts the explanation on the clipboard', async () => {
  const hover = await editor.hover(ROW, '50', '65.9');
  await hover.locator('a', { hasText: 'Copy' }).click();
  await editor.statusItem('Copied row 0').waitFor();
  const copied = await editor.page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /marital-status/);
  assert.match(copied, /\|/);
});

test('a row that the model gets wrong is in Problems, on its label', async () => {
  await editor.command('Problems: Focus on Problems View');
  const problem = editor.page.locator(at.problemsRow, { hasText: /says .* the label says/ }).first();
  await problem.waitFor();
  assert.match(
    plain(await problem.innerText()),
    /Census income says (<=50K|>50K) \(\d\d\.\d %\), the label says (<=50K|>50K)\./,
  );
  await editor.command('View: Toggle Problems');
});

test('Open panel in a row hover opens that row', async () => {
  const hover = await editor.hover(ROW, '50', '65.9');
  await hover.locator('a', { hasText: 'Open panel' }).click();
  const panel = await openPanel(editor, /Why >50K/);
  assert.match(await panel.text('.subline'), /test\.csv, row 0 \(line 2\)/);
});

test('no other machine was asked for anything', () => assert.deepStrictEqual(editor.outside, []));

function picture(hover) {
  return hover
    .locator('img')
    .first()
    .evaluate(async (image) => {
      await image.decode();
      return {
        width: image.width,
        naturalWidth: image.naturalWidth,
        naturalHeight: image.naturalHeight,
        alt: image.alt,
      };
    });
}
