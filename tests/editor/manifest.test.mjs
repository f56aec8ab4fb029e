// explain.json: completion and problems while typing, and a model chosen for a file that no model explains by itself.
import assert from 'node:assert';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import * as at from './harness/selectors.mjs';
import { openSession } from './harness/session.mjs';

let session;
let editor;

before(async () => {
  session = await openSession('manifest', {
    arrange(workspace) {
      // Two models fit this table, so the choice is the user's.
      const folder = path.join(workspace, 'two');
      fs.mkdirSync(folder);
      const cancer = path.join(workspace, 'breast-cancer');
      fs.copyFileSync(path.join(cancer, 'breast-cancer-gbm.onnx'), path.join(folder, 'first.onnx'));
      fs.copyFileSync(path.join(cancer, 'breast-cancer-gbm.onnx'), path.join(folder, 'second.onnx'));
      fs.copyFileSync(path.join(cancer, 'test.csv'), path.join(folder, 'unbound.csv'));
    },
  });
  editor = session.editor;
});
after(() => session?.close());

const manifest = () => JSON.parse(fs.readFileSync(path.join(session.workspace, 'explain.json'), 'utf8'));

test('a file that several models fit asks which, and the choice is written to explain.json', async () => {
  await editor.openFile('two/unbound.csv');
  await editor.codeLens('Choose a model for this file…').click();
  await editor.shot('choose-model');
  await editor.choose('second');
  await editor.until(() => manifest().models.some(({ model }) => model === 'two/second.onnx'));
  const entry = manifest().models.find(({ model }) => model === 'two/second.onnx');
  assert.ok(entry.samples.includes('two/unbound.csv'), JSON.stringify(entry));
  await editor.openFile('two/unbound.csv');
  await editor.codeLens('Global importance').waitFor();
  await editor.hover('13.68,16.33', '13.68', /%/);
});

test('a model that is not there is a problem where it is named', async () => {
  await editor.openFile('explain.json');
  const place = await editor.textAt('wine', 'wine').catch(() => undefined);
  assert.strictEqual(place, undefined);
  await editor.replace('adult/adult-gbm.onnx', 'adult/missing.onnx');
  await editor.command('Problems: Focus on Problems View');
  await editor.page.locator(at.problemsRow, { hasText: 'missing.onnx' }).first().waitFor();
  await editor.shot('manifest-problem');
});

test('completion offers what an entry can say', async () => {
  await editor.openFile('explain.json');
  await editor.placeCaret('"target": "income",');
  await editor.page.keyboard.press('End');
  await editor.page.keyboard.press('Enter');
  await editor.page.keyboard.type('"');
  await editor.page.keyboard.press('Control+Space');
  await editor.page.locator(at.suggestRow, { hasText: 'ignore' }).first().waitFor();
});

test('no other machine was asked for anything', () => assert.deepStrictEqual(editor.outside, []));
