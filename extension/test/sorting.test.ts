import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PanelTable } from '../src/protocol';
import { initialSort, nextSort, sortRows } from '../src/webview/sorting';

const table: PanelTable = {
  title: 'All columns',
  sortedBy: 'strength',
  columns: [
    { key: 'name', title: 'Column', numeric: false },
    { key: 'strength', title: 'Strength', numeric: true },
  ],
  rows: [
    { key: 'b', cells: [{ text: 'x10' }, { text: '5', sort: 5 }] },
    { key: 'a', cells: [{ text: 'x9' }, { text: '5', sort: 5 }] },
    { key: 'c', cells: [{ text: 'Y1' }, { text: '', sort: null }] },
    { key: 'd', cells: [{ text: 'x1' }, { text: '−7', sort: -7 }] },
  ],
};
const keys = (sort: Parameters<typeof sortRows>[1]) => sortRows(table, sort).map(({ key }) => key);

test('SortRows_AsTheServerSorted_KeepsItsOrder', () => {
  assert.deepEqual(initialSort(table), { column: 'strength', descending: true });
  assert.deepEqual(keys(initialSort(table)), ['b', 'a', 'c', 'd']);
});

test('SortRows_ByNumber_PutsMissingLastBothWaysAndKeepsTies', () => {
  assert.deepEqual(keys({ column: 'strength', descending: false }), ['d', 'b', 'a', 'c']);
  const unsorted = { ...table, sortedBy: null };
  const descending = sortRows(unsorted, { column: 'strength', descending: true }).map(({ key }) => key);
  assert.deepEqual(descending, ['b', 'a', 'd', 'c']);
});

test('SortRows_ByName_ReadsNumbersAsNumbers', () => {
  assert.deepEqual(keys({ column: 'name', descending: false }), ['d', 'a', 'b', 'c']);
});

test('NextSort_TheSameColumnAgain_TurnsRound', () => {
  const first = nextSort(table, undefined, 'name');
  assert.deepEqual(first, { column: 'name', descending: false });
  assert.deepEqual(nextSort(table, first, 'name'), { column: 'name', descending: true });
  assert.deepEqual(nextSort(table, first, 'strength'), { column: 'strength', descending: true });
});
