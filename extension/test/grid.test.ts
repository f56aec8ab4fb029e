import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TablePage } from '../src/protocol';
import { Grid } from '../src/webview/tableEditor/grid';
import { pageRows } from '../src/webview/tableEditor/pages';
import { Page } from './page';

const page = (from: number, count: number, rowCount: number): TablePage => ({
  columns: [
    { name: 'age', numeric: true, role: 'feature' },
    { name: 'income', numeric: false, role: 'label' },
  ],
  rowCount,
  from,
  rows: Array.from({ length: count }, (_, i) => ({
    row: from + i,
    cells: [String(20 + ((from + i) % 50)), '>50K'],
    prediction: '→ >50K 66 %',
    tooltip: 'The model predicts >50K.',
    right: true,
  })),
  model: 'Census income',
});

function opened(rowCount: number) {
  const { document } = new Page();
  const wanted: number[] = [];
  const explained: number[] = [];
  const grid = new Grid(page(0, Math.min(pageRows, rowCount), rowCount), 'people.parquet', {
    wanted: (from) => wanted.push(from),
    rested: () => undefined,
    left: () => undefined,
    explained: (row) => explained.push(row),
  });
  document.body.append(grid.root);
  Object.defineProperty(grid.root, 'clientHeight', { value: 26 * 11 });
  grid.draw();
  const press = (key: string, more: KeyboardEventInit = {}) =>
    grid.root.dispatchEvent(new document.defaultView!.KeyboardEvent('keydown', { key, bubbles: true, ...more }));
  return { grid, wanted, explained, press };
}

test('Grid_OfManyRows_HoldsOnlyThoseThatAreSeen', () => {
  const { grid, wanted } = opened(1_000_000);
  assert.ok(grid.root.querySelectorAll('.grid-canvas .grid-row').length < 40);
  assert.equal(grid.root.getAttribute('aria-rowcount'), '1000001');
  assert.equal(grid.root.querySelector('[data-row="0"]')!.textContent, '0→ >50K 66 %20>50K');
  assert.deepEqual(wanted, []);
});

test('Grid_ToTheEnd_AsksForThePageThere_AndShowsItWhenItComes', () => {
  const { grid, wanted, press } = opened(1_000_000);
  press('End', { ctrlKey: true });
  assert.equal(wanted.at(-1), 999_900);
  assert.match(grid.root.querySelector('[data-row="999999"]')!.textContent!, /…/);
  grid.add(page(999_900, 100, 1_000_000));
  assert.match(grid.root.querySelector('[data-row="999999"]')!.textContent!, /66 %/);
  press('Home', { ctrlKey: true });
  assert.ok(grid.root.querySelector('[data-row="0"]'));
});

test('Grid_Keyboard_WalksCellsAndExplainsARow', () => {
  const { grid, explained, press } = opened(30);
  press('ArrowDown');
  press('ArrowRight');
  assert.equal(grid.root.getAttribute('aria-activedescendant'), 'cell-1-3');
  press('Enter');
  assert.deepEqual(explained, [1]);
  press('ArrowUp');
  press('ArrowUp');
  assert.equal(grid.root.getAttribute('aria-activedescendant'), 'cell--1-3', 'names of columns are walked too');
});
