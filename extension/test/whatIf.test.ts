import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PanelView } from '../src/protocol';
import { Page, question, rowView } from './page';

const settle = () => new Promise((resolve) => setTimeout(resolve, 200));

/** The answer under "what if": the first column is a number, the second a word. */
function editable(change: Partial<PanelView> = {}): PanelView {
  const view = rowView();
  view.table.rows[0]!.cells[1]!.edit = { text: '0.07798', original: '0.07798', choices: [] };
  view.table.rows[1]!.cells[1]!.edit = { text: 'Private', original: 'Private', choices: ['Private', 'State-gov'] };
  return { ...view, ...change };
}

function opened(): Page {
  const page = new Page();
  page.show(editable(), { question: { ...question, edits: {} } });
  return page;
}

test('WhatIf_OfARowThatCanChange_IsOffered_OfAnotherItIsNot', () => {
  const page = new Page();
  page.show(rowView());
  assert.equal(page.all('[data-action="what-if"]').length, 0);
  page.show(editable());
  assert.equal(page.all('tbody input').length, 0, 'values are text at first');
  page.one('[data-action="what-if"]').click();
  assert.deepEqual(page.posted, [{ type: 'edit', edits: {} }]);
});

test('WhatIf_Typing_AsksOnceItRests', async () => {
  const page = opened();
  const field = page.one('tbody input') as HTMLInputElement;
  for (const value of ['0', '0.', '0.1']) {
    field.value = value;
    page.fire(field, 'input');
  }
  assert.deepEqual(page.posted, []);
  await settle();
  const column = field.dataset['cell']!;
  assert.deepEqual(page.posted, [{ type: 'edit', edits: { [column]: '0.1' } }]);
  assert.equal(page.all('.was')[0]!.textContent, 'was 0.07798');
});

test('WhatIf_AnAnswer_ChangesNumbersAndLeavesTheFieldThatIsTypedIn', async () => {
  const page = opened();
  const field = page.one('tbody input') as HTMLInputElement;
  field.focus();
  field.value = '0.1';
  page.fire(field, 'input');
  await settle();
  const answer = editable({ whatIf: { changed: 1, difference: 'malignant 81.6 % → 42.0 %', text: 'a\n1\n' } });
  answer.table.rows[2]!.cells.at(-1)!.text = '+9.99';
  page.show(answer, { question: { ...question, edits: { [field.dataset['cell']!]: '0.1' } } });
  assert.equal(page.document.activeElement, field);
  assert.equal(field.value, '0.1');
  assert.match(page.one('.what-if').textContent!, /81\.6 % → 42\.0 %/);
  assert.ok(page.all('td').some((cell) => cell.textContent === '+9.99'));
});

test('WhatIf_ABadValue_IsSaidAtTheCell', () => {
  const page = opened();
  const column = page.one('tbody input').dataset['cell']!;
  const checks = [{ column, state: 'stop', text: '"x" is not a number.' }];
  page.show(editable(), { question: { ...question, edits: { [column]: 'x' } }, checks });
  assert.equal(page.one('tbody input').getAttribute('aria-invalid'), 'true');
  assert.equal(page.one('.said.stop').textContent, '"x" is not a number.');
});

test('WhatIf_Reset_GoesBackCellByCellAndAltogether', async () => {
  const page = opened();
  const field = page.one('tbody input') as HTMLInputElement;
  const list = page.one('tbody select') as HTMLSelectElement;
  field.value = '7';
  page.fire(field, 'input');
  list.value = 'State-gov';
  page.fire(list, 'change');
  page.all('tbody [aria-label^="Reset"]')[0]!.click();
  assert.equal(field.value, '0.07798');
  await settle();
  assert.deepEqual(page.posted.at(-1), { type: 'edit', edits: { [list.dataset['cell']!]: 'State-gov' } });
  page.show(editable({ whatIf: { changed: 1, difference: '', text: '' } }), {
    question: { ...question, edits: { [list.dataset['cell']!]: 'State-gov' } },
  });
  page.one('[data-action="reset"]').click();
  assert.equal(list.value, 'Private');
  await settle();
  assert.deepEqual(page.posted.at(-1), { type: 'edit', edits: {} });
});

test('WhatIf_AFoundChange_IsTriedAndWritten', async () => {
  const page = opened();
  const column = page.one('tbody input').dataset['cell']!;
  const change = { edits: { [column]: '5' }, text: 'a,b\n5,1\n' };
  const cards = [{ title: 'benign, if one cell is changed', text: 'Distance 1.20.', change }];
  page.show(editable({ cards }), { question: { ...question, edits: {} } });
  page.one('[data-action="write"]').click();
  page.one('[data-action="try"]').click();
  await settle();
  assert.deepEqual(page.posted, [
    { type: 'write', text: change.text },
    { type: 'edit', edits: change.edits },
  ]);
  assert.equal((page.one('tbody input') as HTMLInputElement).value, '5');
});

test('WhatIf_ACellThatIsAskedFor_HasTheFocus', () => {
  const page = new Page();
  const cell = editable().table.rows[0]!.key;
  page.show(editable(), { question: { ...question, edits: {}, cell } });
  assert.equal((page.document.activeElement as HTMLElement).dataset['cell'], cell);
});

test('WhatIf_UpAndDown_WalkTheFields', () => {
  const page = opened();
  page.one('tbody input').focus();
  page.press('ArrowDown');
  assert.equal(page.document.activeElement, page.one('tbody select'));
});
