import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PanelView } from '../src/protocol';
import { Page, question, rowView } from './page';

/** Four dots in a figure of 100 × 100: two above, two below. */
function dots(): PanelView {
  const view = rowView();
  const dot = (x: number, y: number, row: number) => ({ x, y, width: 4, height: 4, label: `row ${row}`, rows: [row] });
  const regions = [dot(10, 10, 3), dot(50, 10, 5), dot(10, 60, 8), dot(50, 60, 9)];
  return { ...view, kind: 'global', figure: { ...view.figure!, width: 100, height: 100, regions } };
}

function opened(): Page {
  const page = new Page();
  page.show(dots(), { question: { ...question, kind: 'global' } });
  page.one('.brush').getBoundingClientRect = () => ({ left: 0, top: 0, width: 100, height: 100 }) as DOMRect;
  return page;
}

function drag(page: Page, from: [number, number], to: [number, number], shiftKey = false): void {
  const layer = page.one('.brush');
  const at = ([clientX, clientY]: [number, number]) => ({ clientX, clientY, button: 0, shiftKey, bubbles: true });
  const { MouseEvent } = page.document.defaultView!;
  layer.dispatchEvent(new MouseEvent('pointerdown', at(from)));
  layer.dispatchEvent(new MouseEvent('pointermove', at(to)));
  layer.dispatchEvent(new MouseEvent('pointerup', at(to)));
}

const rows = (page: Page) => page.posted.flatMap((message) => (message.type === 'rows' ? [message.rows] : []));

test('Brush_DraggedOverMarks_ChoosesTheirRows_AndShiftAdds', () => {
  const page = opened();
  drag(page, [0, 0], [100, 30]);
  drag(page, [0, 50], [30, 90], true);
  drag(page, [40, 50], [100, 90]);
  assert.deepEqual(rows(page), [[3, 5], [3, 5, 8], [9]]);
});

test('Brush_AClick_ChoosesOneMark_OrLetsGo', () => {
  const page = opened();
  drag(page, [12, 12], [12, 12]);
  drag(page, [80, 80], [80, 80]);
  assert.deepEqual(rows(page), [[3], []]);
});

test('Brush_FromTheKeyboard_WalksTakesExtendsAndLetsGo', () => {
  const page = opened();
  page.one('.brush').focus();
  assert.equal(page.one('.readout-line').textContent, 'row 3');
  page.press('Enter');
  page.press('ArrowDown', { shiftKey: true });
  page.press('Escape');
  assert.deepEqual(rows(page).at(0), [3]);
  assert.deepEqual(rows(page).at(-2), [3, 8]);
  assert.deepEqual(rows(page).at(-1), []);
});

test('Brush_ChosenRows_AreListedAndOpen', () => {
  const page = opened();
  const place = {
    row: 3,
    startLine: 4,
    endLine: 4,
    endCharacter: 9,
    name: 'row 3 (line 5)',
    answer: 'malignant 81.6 %',
  };
  page.app.receive({ type: 'rows', rows: [place], total: 12 });
  assert.equal(page.one('.chosen-rows h2').textContent, '12 rows chosen');
  assert.match(page.one('.chosen-rows').textContent!, /and 11 more/);
  page.one('[data-row="3"]').click();
  assert.deepEqual(page.posted.at(-1), { type: 'open', place: { uri: question.uri, row: 3 } });
});
