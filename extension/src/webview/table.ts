import type { PanelTable } from '../protocol';
import { element } from './dom';
import { icon } from './icons';
import { nextSort, sortRows, type Sort } from './sorting';

export interface TableEvents {
  sorted(sort: Sort): void;
  /** The mouse or the focus came to a row, or left. */
  pointed(key: string | undefined): void;
  selected(key: string): void;
}

/** Rows that Page Up and Page Down pass. */
const page = 10;

/** A sortable table after the ARIA grid pattern: one tab stop, arrows walk the cells, Enter sorts or selects. */
export class TableView {
  readonly root: HTMLElement;
  private readonly body = element('tbody');
  private readonly headings: HTMLTableCellElement[];
  /** The cell that holds the tab stop: row −1 is the header. */
  private at = { row: -1, column: 0 };

  constructor(
    private readonly table: PanelTable,
    private sort: Sort | undefined,
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
      ...sortRows(this.table, this.sort).map(({ key, cells }) =>
        element(
          'tr',
          {
            attributes: { role: 'row', 'data-key': key, 'aria-selected': false },
            on: { click: () => this.events.selected(key) },
          },
          cells.map(({ text }, column) =>
            element('td', {
              class: this.table.columns[column]?.numeric ? 'number' : '',
              text,
              attributes: { role: 'gridcell', tabindex: -1, title: text.length > 40 ? text : undefined },
            }),
          ),
        ),
      ),
    );
    this.cell(this.at)?.setAttribute('tabindex', '0');
  }

  private sortBy(key: string): void {
    this.sort = nextSort(this.table, this.sort, key);
    this.fill();
    this.events.sorted(this.sort);
  }

  private key(event: KeyboardEvent): void {
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
    };
    const to = moves[event.key];
    if (to) {
      const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);
      this.cell({ row: clamp(to.row, -1, lastRow), column: clamp(to.column, 0, lastColumn) })?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') {
      (event.target as HTMLElement).click();
    } else return;
    event.preventDefault();
  }

  private focused(target: Element): void {
    const cell = target.closest<HTMLTableCellElement>('th, td');
    if (!cell) return;
    this.cell(this.at)?.setAttribute('tabindex', '-1');
    this.at = { row: [...this.body.rows].indexOf(cell.parentElement as HTMLTableRowElement), column: cell.cellIndex };
    cell.setAttribute('tabindex', '0');
    this.events.pointed(keyOf(cell));
  }

  private cell({ row, column }: { row: number; column: number }): HTMLElement | undefined {
    return row < 0 ? this.headings[column] : (this.body.rows[row]?.cells[column] as HTMLElement | undefined);
  }
}

function keyOf(target: Element): string | undefined {
  return target.closest<HTMLElement>('tr[data-key]')?.dataset['key'];
}
