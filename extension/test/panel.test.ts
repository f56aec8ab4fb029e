import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Page, question, rowView } from './page';

test('Panel_WithAnAnswer_ShowsAllItsParts', () => {
  const page = new Page();
  page.show(rowView());
  assert.equal(page.one('h1').textContent, 'Why malignant?');
  assert.match(page.one('.subline').textContent!, /row 13 \(line 15\)/);
  assert.match(page.one('.note').textContent!, /the model is wrong here/);
  assert.equal(page.one('.badge').textContent, 'Exact');
  assert.match(page.one('img').getAttribute('alt')!, /^malignant 81\.6/);
  assert.equal(page.all('tbody tr').length, 12);
  assert.equal(page.all('.mark').length, 10);
  assert.equal(page.all('.receipt span')[1]!.textContent, 'completeness gap 3.9e−8');
});

test('Panel_MarkupInCellsLabelsAndErrors_StaysText', () => {
  const evil = '<img src=x onerror="globalThis.hit=1">';
  const view = rowView();
  view.heading = view.subLine = view.figureTitle = evil;
  view.notes = [{ state: evil, text: evil }];
  view.badge = { state: evil, text: evil, reasons: [evil] };
  view.receipt = [evil];
  view.figure!.alt = evil;
  view.figure!.regions[0]!.label = evil;
  view.table.title = view.table.columns[0]!.title = view.table.rows[0]!.cells[0]!.text = evil;
  view.pickers.targets[0]!.text = view.pickers.methods[0]!.value = evil;
  const page = new Page();
  page.show(view, { failure: { text: evil, actions: [] }, notice: { state: 'info', text: evil, actions: [] } });
  assert.equal(page.all('img').length, 1);
  assert.equal(page.all('[onerror]').length, 0);
  assert.equal(page.names()[0], evil);
  assert.equal('hit' in globalThis, false);
});

test('Panel_APickerChanges_AsksForTheChoice', () => {
  const page = new Page();
  page.show(rowView());
  const method = page.one('select[aria-label="Method"]') as HTMLSelectElement;
  method.value = 'lime';
  page.fire(method, 'change');
  assert.deepEqual(page.posted, [{ type: 'choose', choice: { picker: 'method', value: 'lime' } }]);
});

test('Panel_EvaluationsOutOfRange_AreBroughtIntoIt', () => {
  const page = new Page();
  page.show(rowView());
  const field = page.one('input') as HTMLInputElement;
  assert.equal(field.value, '2,048');
  field.value = '5';
  page.fire(field, 'change');
  assert.equal(field.value, '62');
  assert.deepEqual(page.posted, [{ type: 'choose', choice: { picker: 'evaluations', value: '62' } }]);
  field.value = 'many';
  page.fire(field, 'change');
  assert.equal(field.value, '2,048');
});

test('Panel_OneChoiceOnly_IsWordsNotAPicker', () => {
  const view = rowView();
  view.pickers.targets = [{ value: '0', text: 'progression', selected: true }];
  view.pickers.evaluations = null;
  const page = new Page();
  page.show(view);
  assert.equal(page.one('.only').textContent, 'progression');
  assert.equal(page.all('select').length, 3);
  assert.equal(page.all('input').length, 0);
});

test('Panel_Save_IsAMenuOfWhatThereIs', () => {
  const view = rowView();
  view.exports.png = '';
  const page = new Page();
  page.show(view);
  const titles = () => page.all('[role="menuitem"]').map((item) => item.textContent);
  assert.deepEqual(titles(), ['Table as CSV', 'Explanation as JSON']);
  assert.equal(page.one('.menu').hidden, true);
  page.one('[data-action="save"]').click();
  assert.equal(page.one('.menu').hidden, false);
  assert.equal(page.document.activeElement!.textContent, 'Table as CSV');
  page.press('ArrowDown');
  assert.equal(page.document.activeElement!.textContent, 'Explanation as JSON');
  page.press('Escape');
  assert.equal(page.one('.menu').hidden, true);
  page.one('[data-action="save"]').click();
  page.one('[data-export="Table as CSV"]').click();
  const file = { id: '1/0', title: 'Figure as SVG', name: 'row-13.svg' };
  page.show({ ...view, exports: { ...view.exports, files: [file] } });
  assert.deepEqual(titles(), ['Figure as SVG']);
  page.one('[data-export="Figure as SVG"]').click();
  page.one('[data-action="copy"]').click();
  assert.deepEqual(page.posted, [
    { type: 'export', format: 'csv' },
    { type: 'save', file },
    { type: 'export', format: 'markdown' },
  ]);
});

test('Panel_Toolbar_IsOneTabStopAndArrowsWalkIt', () => {
  const page = new Page();
  page.show(rowView());
  const stops = () => page.all('.toolbar [tabindex="0"]');
  assert.equal(stops().length, 1);
  stops()[0]!.focus();
  page.press('ArrowRight');
  assert.equal(page.document.activeElement!.getAttribute('aria-label'), 'Method');
  assert.equal(stops().length, 1);
  assert.equal(stops()[0], page.document.activeElement);
});

test('Panel_Badge_OpensItsReasons', () => {
  const page = new Page();
  page.show(rowView());
  const [badge, reasons] = [page.one('button.badge'), page.one('.reasons')];
  assert.equal(reasons.hidden, true);
  badge.click();
  assert.equal(reasons.hidden, false);
  assert.equal(badge.getAttribute('aria-expanded'), 'true');
});

test('Panel_FigureMark_HighlightsItsRow_AndTheReverse', () => {
  const page = new Page();
  page.show(rowView());
  page.all('.mark')[2]!.focus();
  assert.equal(page.one('tbody tr.pointed').dataset['key'], 'worst perimeter');
  page.fire(page.all('tbody td')[4]!, 'mouseover');
  assert.equal(page.one('.mark.pointed').dataset['key'], 'worst concave points');
});

test('Panel_FigureMarks_ArrowsWalkAndEnterSelects', () => {
  const page = new Page();
  page.show(rowView());
  page.all('.mark')[0]!.focus();
  page.press('ArrowDown');
  page.press('Enter');
  assert.equal(page.one('.mark[aria-selected="true"]').dataset['key'], 'worst concave points');
  assert.equal(page.one('tr[aria-selected="true"]').dataset['key'], 'worst concave points');
  assert.equal(page.saved?.selected, 'worst concave points');
  page.press('End');
  page.press('Enter'); // the remainder has no row
  assert.equal(page.saved?.selected, 'worst concave points');
});

test('Panel_Table_IsAGridThatTheKeyboardWalksAndSorts', () => {
  const page = new Page();
  page.show(rowView());
  assert.equal(page.all('table [tabindex="0"]').length, 1);
  page.all('th')[0]!.focus();
  page.press('Enter');
  assert.equal(page.all('th')[0]!.getAttribute('aria-sort'), 'ascending');
  assert.equal(page.names()[0], 'area error');
  page.press('Enter');
  assert.equal(page.all('th')[0]!.getAttribute('aria-sort'), 'descending');
  assert.equal(page.names()[0], 'worst radius');
  page.press('ArrowDown');
  page.press('ArrowRight');
  assert.equal(page.document.activeElement!.textContent, '15.3');
  page.press('End', { ctrlKey: true });
  assert.equal(page.document.activeElement, page.all('td').at(-1));
  page.press('Home', { ctrlKey: true });
  assert.equal(page.document.activeElement, page.all('th')[0]);
  assert.deepEqual(page.saved?.sort, { column: 'column', descending: true });
});

test('Panel_SavedSortAndSelection_ComeBackAfterAReload', () => {
  const page = new Page({ question, sort: { column: 'value', descending: true }, selected: 'area error' });
  page.show(rowView());
  assert.equal(page.names()[0], 'worst area');
  assert.equal(page.one('tr[aria-selected="true"]').dataset['key'], 'area error');
});

test('Panel_SavedSortOfAColumnThatIsGone_IsForgotten', () => {
  const page = new Page({ question, sort: { column: 'deviation', descending: true } });
  page.show(rowView());
  assert.equal(page.names()[0], 'mean concave points');
});

test('Panel_AFailure_IsSpokenAndTheLastAnswerStaysBehindIt', () => {
  const page = new Page();
  page.show(rowView());
  page.show(rowView(), {
    failure: { text: 'Row 41 has 11 fields, the header has 13 (line 43). Fix the row.', actions: ['again', 'showLog'] },
  });
  const alert = page.one('[role="alert"]');
  assert.equal(alert.querySelector('.what')!.textContent, 'Row 41 has 11 fields, the header has 13 (line 43).');
  assert.match(alert.textContent!, /Fix the row\./);
  assert.ok(page.one('.answer').classList.contains('old'));
  assert.equal(page.one('.before').textContent, 'from before the change');
  page.one('[data-action="showLog"]').click();
  assert.deepEqual(page.posted, [{ type: 'action', action: 'showLog' }]);
  page.show(rowView());
  assert.equal(page.all('[role="alert"]').length, 0);
  assert.equal(page.one('.answer').classList.contains('old'), false);
});

test('Panel_NoModel_IsAnEmptyStateWithOneAction', () => {
  const page = new Page();
  page.show(undefined, { failure: { text: 'No model explains this file yet.', actions: ['chooseModel'] } });
  assert.equal(page.one('.empty h1').textContent, 'No model explains this file yet.');
  assert.equal(page.one('.empty button').textContent, 'Choose a model…');
});

test('Panel_WhileWorking_ShowsProgressAndStops', () => {
  const page = new Page();
  page.show(rowView());
  assert.equal(page.one('.progress').hidden, true);
  page.app.receive({ type: 'busy', busy: { text: '1,024 of 2,048 evaluations · about 3 s left', fraction: 0.5 } });
  assert.equal(page.one('.progress').hidden, false);
  assert.equal(page.one('.progress').getAttribute('aria-valuenow'), '50');
  assert.equal(page.one('.busy').textContent, '1,024 of 2,048 evaluations · about 3 s leftStop');
  page.one('[data-action="stop"]').click();
  assert.deepEqual(page.posted, [{ type: 'stop' }]);
  assert.equal(page.names().length, 12, 'the last answer stays');
});

test('Panel_ChangedPickers_GoBackToTheAnswerAfterStop', () => {
  const page = new Page();
  page.show(rowView());
  const method = () => page.one('select[aria-label="Method"]') as HTMLSelectElement;
  method().value = 'lime';
  page.show(rowView(), { question: { ...question, method: 'lime' } });
  page.show(rowView(), { notice: { state: 'info', text: 'Stopped.', actions: ['again'] } });
  assert.equal(method().value, 'kernel-shap');
});

test('Panel_ANewAnswer_KeepsTheFocusWhereItWas', () => {
  const page = new Page();
  page.show(rowView());
  page.one('select[aria-label="Scale"]').focus();
  const next = rowView();
  next.pickers.spaces.reverse();
  page.show(next);
  assert.equal(page.document.activeElement!.getAttribute('aria-label'), 'Scale');
});

test('Panel_Escape_ReturnsToTheToolbar', () => {
  const page = new Page();
  page.show(rowView());
  page.all('th')[0]!.focus();
  page.press('Escape');
  assert.equal(page.document.activeElement!.getAttribute('aria-label'), 'Target');
});
