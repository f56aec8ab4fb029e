import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { contentSecurityPolicy, panelPage } from '../src/panels/html';
import { duration, progressText } from '../src/panels/progress';
import { choose, isQuestion, sharesPanel, type Question } from '../src/panels/question';
import { splitSentence } from '../src/webview/head';

const parts = {
  nonce: 'abc',
  source: 'https://webview',
  script: 'https://webview/panel.js',
  style: 'https://webview/panel.css',
};

test('Policy_AllowsOneScriptOneStyleSheetAndPicturesAsData', () => {
  assert.equal(
    contentSecurityPolicy(parts),
    "default-src 'none'; script-src 'nonce-abc'; style-src https://webview; img-src data:",
  );
});

test('Page_HasNoInlineScriptOrStyle', () => {
  const html = panelPage(parts);
  assert.doesNotMatch(html, /<style|style=|unsafe-|\son\w+=/);
  assert.deepEqual(html.match(/<script[^>]*>[^<]*<\/script>/g), [
    '<script nonce="abc" src="https://webview/panel.js"></script>',
  ]);
});

test('Webview_Sources_NeverParseMarkup', () => {
  for (const file of readdirSync('src/webview').filter((name) => name.endsWith('.ts'))) {
    const text = readFileSync(`src/webview/${file}`, 'utf8');
    assert.doesNotMatch(
      text,
      /innerHTML|outerHTML|insertAdjacentHTML|DOMParser|document\.write|createContextualFragment/,
      file,
    );
  }
});

test('ProgressText_OnceThereIsSomethingToGoBy_SaysWhatIsLeft', () => {
  const message = '1,024 of 2,048 evaluations';
  assert.equal(progressText(message, 0.5, 3000), '1,024 of 2,048 evaluations · about 3 s left');
  assert.equal(progressText(message, 0.5, 300), message);
  assert.equal(progressText(message, 0.01, 3000), message);
  assert.equal(progressText(message, undefined, 3000), message);
});

test('Duration_AsTheLookSpellsIt', () => {
  assert.deepEqual([800, 14_200, 59_900, 129_000, 20].map(duration), ['0.8 s', '14 s', '1 min', '2 min 10 s', '0.1 s']);
});

const row: Question = {
  kind: 'row',
  uri: 'file:///test.csv',
  row: 3,
  method: 'kernel-shap',
  options: { evaluations: '64' },
};

test('Choose_AnotherMethod_DropsTheOptionsOfTheLast', () => {
  assert.equal(choose(row, { picker: 'method', value: 'lime' }).options, undefined);
  const curve: Question = { kind: 'global', uri: row.uri, feature: 'age', options: { grid: '9' } };
  const chosen = choose(curve, { picker: 'method', value: 'ice' });
  assert.deepEqual([chosen.feature, chosen.options], ['age', undefined]);
});

test('Choose_AnotherView_OfAFileHasItsOwnMethod_OfARowKeepsIt', () => {
  const bars: Question = { kind: 'global', uri: row.uri, method: 'mean-abs-shap', view: 'bars' };
  assert.equal(choose(bars, { picker: 'view', value: 'curves' }).method, undefined);
  assert.equal(choose(row, { picker: 'view', value: 'force' }).method, 'kernel-shap');
});

test('Choose_AnythingElse_KeepsTheRest', () => {
  assert.deepEqual(choose(row, { picker: 'target', value: '1' }), { ...row, target: '1' });
  assert.deepEqual(choose(row, { picker: 'evaluations', value: '128' }).options, { evaluations: '128' });
});

test('IsQuestion_SavedStateOfAnotherShape_IsRefused', () => {
  assert.ok(isQuestion(row));
  assert.ok(isQuestion({ kind: 'global', uri: 'file:///x.csv' }));
  const broken = [
    null,
    'row',
    {},
    { ...row, row: -1 },
    { ...row, row: '3' },
    { ...row, uri: 3 },
    { ...row, kind: 'x' },
  ];
  for (const value of [...broken, { ...row, options: { a: 1 } }, { ...row, method: {} }, { ...row, edits: { a: 1 } }]) {
    assert.equal(isQuestion(value), false, JSON.stringify(value));
  }
});

test('SharesPanel_AnotherRowOfTheFile_Does', () => {
  assert.ok(sharesPanel(row, { ...row, row: 9 }));
  assert.equal(sharesPanel(row, { ...row, kind: 'global' }), false);
  assert.equal(sharesPanel(row, { ...row, uri: 'file:///other.csv' }), false);
});

test('SplitSentence_FullStopsInNames_EndNothing', () => {
  assert.deepEqual(splitSentence('The file a.onnx is empty. Export it again.'), [
    'The file a.onnx is empty.',
    'Export it again.',
  ]);
  assert.deepEqual(splitSentence('Version 1.2 is unknown'), ['Version 1.2 is unknown', '']);
});
