import type { CellCheck, PanelCell, PanelPlace, PanelTable } from '../protocol';
import { CellEditor } from './cellEditor';
import { element } from './dom';
import { icon } from './icons';
import { nextSort, sortRows, type Sort } from './sorting';

export interface TableEvents {
  sorted(sort: Sort): void;
  /** The mouse or the focus came to a row, or left. */
  pointed(key: string | undefined): void;
  selected(key: string): void;
  /** A row stands for a row of a file, and that was asked for. */
  opened(place: PanelPlace): void;
  /** A value was changed, under "what if". */
  edited(): void;
}

/** Rows that Page Up and Page Down pass. */
const page = 10;

/** A sortable table after the ARIA grid pattern: one tab stop, arrows walk the cells, Enter sorts or selects; fields in cells are stops too. */
export class TableView {
  readonly root: HTMLElement;
  private readonly body = element('tbody');
  private readonly headings: HTMLTableCellElement[];
  private readonly editors = new Map<string, CellEditor>();
  /** The cell that holds the tab stop: row −1 is the header. */
  private at = { row: -1, column: 0 };

  constructor(
    private table: PanelTable,
    private sort: Sort | undefined,
    readonly editing: boolean,
    private readonly events: TableEvents,
  ) {
    this.headings = table.columns.map(({ key, title, numeric }) =>
      element(
        'th',
        {
          class: numeric ? 'number' : '',
          attributes: { scope: 'col', role: 'columnheader', tabindex: -1, 'data-column': key },
          on: { click: () => this.sortBy(key) },
        },
        [element('span', { text: title })],
      ),
    );
    const head = element('thead', { attributes: { role: 'rowgroup' } }, [
      element('tr', { attributes: { role: 'row' } }, this.headings),
    ]);
    const grid = element(
      'table',
      {
        attributes: { role: 'grid', 'aria-label': table.title, 'aria-rowcount': table.rows.length + 1 },
        on: { keydown: (event) => this.key(event), focusin: (event) => this.focused(event.target as Element) },
      },
      [head, this.body],
    );
    this.body.setAttribute('role', 'rowgroup');
    grid.addEventListener('mouseover', (event) => this.events.pointed(keyOf(event.target as Element)));
    grid.addEventListener('mouseleave', () => this.events.pointed(undefined));
    grid.addEventListener('focusout', () => this.events.pointed(undefined));
    this.root = element('section', { class: 'table' }, [
      element('h2', { text: table.title }, [
        element('span', { class: 'count', text: ` ${table.rows.length.toLocaleString('en-GB')}` }),
      ]),
      grid,
    ]);
    this.fill();
  }

  /** Values by column, as they stand in the fields; only those that differ from the file. */
  get edits(): Record<string, string> {
    const changed = [...this.editors].filter(([, editor]) => editor.isChanged);
    return Object.fromEntries(changed.map(([column, editor]) => [column, editor.value]));
  }

  /** Puts values into the fields; those that are not named go back to what the file says. */
  setEdits(edits: Readonly<Record<string, string>>): void {
    for (const { key, cells } of this.table.rows) {
      const original = cells.find(({ edit }) => edit)?.edit?.original;
      if (original !== undefined) this.editors.get(key)?.set(edits[key] ?? original);
    }
  }

  check(checks: readonly CellCheck[]): void {
    for (const [column, editor] of this.editors) editor.say(checks.find((check) => check.column === column));
  }

  /** Puts the focus into a column's field; false where there is none. */
  edit(column: string): boolean {
    const editor = this.editors.get(column);
    editor?.control.focus();
    editor?.root.scrollIntoView({ block: 'nearest' });
    return editor !== undefined;
  }

  /** Shows other numbers in the same places, so that a field that is typed in stays; false where the table has another shape. */
  update(table: PanelTable): boolean {
    const shape = ({ title, columns, rows }: PanelTable) => {
      const cells = rows.map((row) => [row.key, ...row.cells.map(({ edit }) => edit?.original ?? null)]);
      return JSON.stringify([title, columns, cells.sort()]);
    };
    if (shape(table) !== shape(this.table)) return false;
    this.table = table;
    for (const row of this.body.rows) {
      const fresh = table.rows.find(({ key }) => key === row.dataset['key'])!;
      fresh.cells.forEach((cell, column) => {
        if (!cell.edit) row.cells[column]!.textContent = cell.text;
      });
    }
    return true;
  }

  /** Marks the row that is pointed at in the figure, and the one that is selected. */
  mark(pointed: string | undefined, selected: string | undefined): void {
    for (const row of this.body.rows) {
      row.classList.toggle('pointed', row.dataset['key'] === pointed && pointed !== undefined);
      row.setAttribute('aria-selected', String(row.dataset['key'] === selected && selected !== undefined));
    }
  }

  reveal(key: string): void {
    [...this.body.rows].find((row) => row.dataset['key'] === key)?.scrollIntoView({ block: 'nearest' });
  }

  private fill(): void {
    this.table.columns.forEach(({ key }, column) => {
      const heading = this.headings[column]!;
      const sorted = this.sort?.column === key;
      heading.setAttribute('aria-sort', !sorted ? 'none' : this.sort!.descending ? 'descending' : 'ascending');
      heading.querySelector('svg')?.remove();
      if (sorted) heading.append(icon(this.sort!.descending ? 'chevronDown' : 'chevronUp'));
    });
    this.body.replaceChildren(
      ...sortRows(this.table, this.sort).map(({ key, cells, place }) =>
        element(
          'tr',
          {
            attributes: { role: 'row', 'data-key': key, 'aria-selected': false },
            on: { click: (event) => isControl(event.target) || this.events.selected(key) },
          },
          cells.map((cell, column) => this.cellOf(key, cell, column, column === 0 ? place : undefined)),
        ),
      ),
    );
    this.cell(this.at)?.setAttribute('tabindex', '0');
  }

  private cellOf(key: string, cell: PanelCell, column: number, place: PanelPlace | null | undefined): HTMLElement {
    const numeric = this.table.columns[column]?.numeric ?? false;
    const kind = numeric ? 'number' : '';
    if (this.editing && cell.edit) {
      const { edit } = cell;
      if (!this.editors.has(key)) {
        const isNumber = cell.sort !== undefined && cell.sort !== null;
        const editor = new CellEditor(key, edit.original, edit, isNumber, () => this.events.edited());
        this.editors.set(key, editor);
      }
      return element('td', { class: `edit ${kind}`, attributes: { role: 'gridcell' } }, [this.editors.get(key)!.root]);
    }
    if (place) {
      const link = element('button', {
        class: 'link',
        text: cell.text,
        attributes: { type: 'button', tabindex: -1, 'data-action': 'open' },
        on: { click: () => this.events.opened(place) },
      });
      return element('td', { class: kind, attributes: { role: 'gridcell' } }, [link]);
    }
    return element('td', {
      class: kind,
      text: cell.text,
      attributes: { role: 'gridcell', tabindex: -1, title: cell.text.length > 40 ? cell.text : undefined },
    });
  }

  private sortBy(key: string): void {
    this.sort = nextSort(this.table, this.sort, key);
    this.fill();
    this.events.sorted(this.sort);
  }

  private key(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    const field = target instanceof HTMLInputElement || target instanceof HTMLSelectElement ? target : undefined;
    if (field && staysInField(field, event.key)) return;
    const { row, column } = this.at;
    const [lastRow, lastColumn] = [this.table.rows.length - 1, this.table.columns.length - 1];
    const moves: Record<string, typeof this.at> = {
      ArrowUp: { row: row - 1, column },
      ArrowDown: { row: row + 1, column },
      ArrowLeft: { row, column: column - 1 },
      ArrowRight: { row, column: column + 1 },
      PageUp: { row: Math.max(0, row - page), column },
      PageDown: { row: row + page, column },
      Home: { row: event.ctrlKey ? -1 : row, column: 0 },
      End: { row: event.ctrlKey ? lastRow : row, column: lastColumn },
      ...(field && { Enter: { row: row + 1, column } }),
    };
    const to = moves[event.key];
    if (to) {
      const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);
      this.cell({ row: clamp(to.row, -1, lastRow), column: clamp(to.column, 0, lastColumn) })?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') {
      target.click();
    } else return;
    event.preventDefault();
  }

  private focused(target: Element): void {
    const cell = target.closest<HTMLTableCellElement>('th, td');
    if (!cell) return;
    const stop = (at: typeof this.at, value: string) => {
      const node = this.cell(at);
      if (node && !(node instanceof HTMLInputElement || node instanceof HTMLSelectElement))
        node.setAttribute('tabindex', value);
    };
    stop(this.at, '-1');
    this.at = { row: [...this.body.rows].indexOf(cell.parentElement as HTMLTableRowElement), column: cell.cellIndex };
    stop(this.at, '0');
    this.events.pointed(keyOf(cell));
  }

  /** What takes the focus in a cell: its field or link, else the cell itself. */
  private cell({ row, column }: { row: number; column: number }): HTMLElement | undefined {
    if (row < 0) return this.headings[column];
    const cell = this.body.rows[row]?.cells[column] as HTMLElement | undefined;
    return cell?.querySelector<HTMLElement>('input, select, .link') ?? cell;
  }
}

/** Keys that a field needs for itself: a list all but Enter, a text those that move its caret. */
function staysInField(field: HTMLInputElement | HTMLSelectElement, key: string): boolean {
  if (field instanceof HTMLSelectElement) return key !== 'Enter';
  const { selectionStart, selectionEnd, value } = field;
  const moves =
    key === 'ArrowLeft' ? selectionStart !== 0 : key === 'ArrowRight' ? selectionEnd !== value.length : undefined;
  return moves ?? !['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Enter'].includes(key);
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, select, button') !== null;
}

function keyOf(target: Element): string | undefined {
  return target.closest<HTMLElement>('tr[data-key]')?.dataset['key'];
}
