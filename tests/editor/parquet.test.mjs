// A Parquet file: a read-only table with predictions beside the rows, and the hovers of a CSV.
import assert from 'node:assert';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { openPanel } from './harness/panel.mjs';
import { openSession } from './harness/session.mjs';
import { openTable } from './harness/table.mjs';

let session;
let editor;
let table;

before(async () => {
  session = await openSession('parquet', {
    size: { width: 1440, height: 900 },
    arrange(workspace) {
      fs.copyFileSync(inRoot('tests/fixtures/tables/adult-400.parquet'), path.join(workspace, 'adult/people.parquet'));
      const manifest = path.join(workspace, 'explain.json');
      fs.writeFileSync(
        manifest,
        fs.readFileSync(manifest, 'utf8').replace('"adult/*.csv"', '"adult/*.csv", "adult/*.parquet"'),
      );
      const whole = fs.readFileSync(path.join(workspace, 'adult/people.parquet'));
      fs.writeFileSync(path.join(workspace, 'adult/short.parquet'), whole.subarray(0, whole.length / 2));
    },
  });
  editor = session.editor;
});
after(() => session?.close());

test('opens as a table with predictions beside its rows', async () => {
  await editor.openTab('adult/people.parquet');
  table = await openTable(editor);
  const [first] = await table.rows();
  assert.deepStrictEqual(first.slice(0, 4), ['0', '→ >50K 66 %', '50', 'Private']);
  assert.match(await table.text('.toolbar'), /400 rows, 13 columns/);
  await editor.shot('parquet');
});

test('shows on a row and on a cell what a CSV shows there', async () => {
  const row = await table.hover(0, 0, '>50K');
  assert.match(row, />50K 65\.9 % · average 18\.1 %/);
  assert.match(row, /marital-status/);
  const cell = await table.hover(0, 12, 'hours-per-week');
  assert.match(cell, /hours-per-week = 84/);
  assert.ok(
    (await table.frame
      .locator('.hover img')
      .first()
      .evaluate((image) => image.naturalWidth)) > 300,
  );
  await editor.shot('parquet-hover');
});

test('is walked with the keyboard, to its end and back', async () => {
  await table.press('Control+End');
  await table.frame.locator('[data-row="399"]').waitFor();
  await table.press('Control+Home');
  await table.press('ArrowDown');
  await table.frame.locator('[data-row="1"].at').waitFor();
});

test('explains the row that the keyboard is on', async () => {
  await table.press('Enter');
  const panel = await openPanel(editor, /Why/);
  assert.match(await panel.text('.subline'), /people\.parquet, row 1\b/);
  assert.strictEqual((await panel.rows()).length, 12);
});

test('says of a file that is cut short what is wrong with it', async () => {
  await editor.openTab('adult/short.parquet');
  const frame = await editor.webview('.table-problem');
  assert.match(await frame.locator('.table-problem').innerText(), /short\.parquet/);
});

test('no other machine was asked for anything', () => assert.deepStrictEqual(editor.outside, []));
