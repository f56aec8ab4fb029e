import type { PanelRow, PanelTable } from '../protocol';

export interface Sort {
  column: string;
  descending: boolean;
}

const words = new Intl.Collator('en-GB', { numeric: true, sensitivity: 'base' });

/** How the server sorted the rows: numbers largest first. */
export function initialSort(table: PanelTable): Sort | undefined {
  const column = table.columns.find(({ key }) => key === table.sortedBy);
  return column && { column: column.key, descending: column.numeric };
}

/** The sort after a column's heading was chosen: numbers begin with the largest, names with A; again turns it round. */
export function nextSort(table: PanelTable, current: Sort | undefined, key: string): Sort {
  if (current?.column === key) return { column: key, descending: !current.descending };
  return { column: key, descending: table.columns.find((column) => column.key === key)?.numeric ?? false };
}

/** The rows in order; equal ones as the server ordered them, those without a number last either way. */
export function sortRows(table: PanelTable, sort: Sort | undefined): readonly PanelRow[] {
  const at = table.columns.findIndex(({ key }) => key === sort?.column);
  if (!sort || at < 0) return table.rows;
  const start = initialSort(table);
  if (start?.column === sort.column && start.descending === sort.descending) return table.rows;
  const sign = sort.descending ? -1 : 1;
  const numeric = table.columns[at]!.numeric;
  return [...table.rows].sort((one, other) => {
    const [a, b] = [one.cells[at], other.cells[at]];
    if (!numeric) return sign * words.compare(a?.text ?? '', b?.text ?? '');
    const [x, y] = [a?.sort ?? Number.NaN, b?.sort ?? Number.NaN];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return sign * (x - y);
  });
}
