import type { TablePage, TablePageColumn } from '../../protocol';
import { element } from '../dom';
import { Pages } from './pages';

export interface GridEvents {
  /** Rows that are not here yet came into view. */
  wanted(from: number, count: number): void;
  /** The pointer or the focus rests on a cell, a row's head (no column) or a column's name (row −1). */
  rested(row: number, column: number | undefined, place: DOMRect): void;
  left(): void;
  explained(row: number): void;
}

const rowHeight = 26;

/** Browsers lay out no taller element; longer tables are scrolled by share. */
const mostHeight = 8_000_000;

/** How long the pointer or the focus rests before a hover is asked for, milliseconds. */
const restAfter = 350;

/** Columns before those of the file: the row's number, and what the model says. */
const own = 2;

/**
 * A table of any length after the ARIA grid pattern: only what is seen is in the document. One tab stop; arrows, Page, Home and End walk the
 * cells, Enter explains a row.
 */
export class Grid {
  readonly root: HTMLElement;
  private readonly canvas = element('div', { class: 'grid-canvas' });
  private readonly head: HTMLElement;
  private readonly pages: Pages;
  private readonly columns: readonly TablePageColumn[];
  private readonly rowCount: number;
  private at = { row: 0, column: own };
  private shown = new Map<number, HTMLElement>();
  private resting: ReturnType<typeof setTimeout> | undefined;
  private hasFocus = false;

  constructor(
    first: TablePage,
    name: string,
    private readonly events: GridEvents,
  ) {
    this.columns = first.columns;
    this.rowCount = first.rowCount;
    this.pages = new Pages((from, count) => events.wanted(from, count));
    this.pages.add(first);
    const widths = [
      `${Math.max(48, 14 + 8 * String(first.rowCount).length)}px`,
      '150px',
      ...this.columns.map((column, i) => widthOf(column, i, first)),
    ];
    this.head = element('div', { class: 'grid-row grid-head', attributes: { role: 'row', 'aria-rowindex': 1 } }, [
      this.heading('Row', 'number row-number', -1),
      this.heading(first.model ? `${first.model} says` : 'Prediction', 'prediction', 0),
      ...this.columns.map((column, i) =>
        this.heading(
          column.name,
          `${column.numeric ? 'number' : ''} ${column.role}`,
          i + 1,
          column.problem ?? undefined,
        ),
      ),
    ]);
    this.root = element(
      'div',
      {
        class: 'grid',
        attributes: {
          role: 'grid',
          tabindex: 0,
          'aria-label': name,
          'aria-rowcount': first.rowCount + 1,
          'aria-colcount': this.columns.length + own,
          'aria-readonly': true,
        },
        on: {
          keydown: (event) => this.key(event),
          focus: () => {
            this.hasFocus = true;
            this.draw();
          },
          blur: () => {
            this.hasFocus = false;
            this.leave();
            this.draw();
          },
          mouseover: (event) => this.point(event.target as Element),
          mouseleave: () => this.leave(),
          mousedown: (event) => this.press(event),
          dblclick: () => this.events.explained(this.at.row),
        },
      },
      [this.head, this.canvas],
    );
    this.root.style.setProperty('--columns', widths.join(' '));
    this.root.style.setProperty('--number-width', widths[0]!);
    this.canvas.style.height = `${Math.min(this.rowCount * rowHeight, mostHeight)}px`;
    this.root.addEventListener('scroll', () => {
      this.leave();
      this.draw();
    });
  }

  add(page: TablePage): void {
    this.pages.add(page);
    this.shown.clear();
    this.canvas.replaceChildren();
    this.draw();
  }

  /** Puts rows into the document that are seen, and takes out those that are not. */
  draw(): void {
    const first = this.firstSeen();
    const [from, to] = [Math.max(0, first - 8), Math.min(this.rowCount - 1, first + this.rowsSeen() + 8)];
    for (const [row, node] of this.shown) {
      if (row >= from && row <= to) continue;
      node.remove();
      this.shown.delete(row);
    }
    const offset = this.root.scrollTop - first * rowHeight;
    for (let row = from; row <= to; row++) {
      const node = this.shown.get(row) ?? this.rowOf(row);
      // Where all rows fit, each has its place; else they are laid out around what is scrolled to.
      const top = this.scaled ? Math.max(0, offset + row * rowHeight) : row * rowHeight;
      node.style.transform = `translateY(${top}px)`;
      node.classList.toggle('at', row === this.at.row);
    }
    this.markCell();
  }

  private rowOf(row: number): HTMLElement {
    const data = this.pages.row(row);
    const cell = (column: number, text: string, kind: string, title?: string) =>
      element('div', {
        class: `grid-cell ${kind}`,
        text,
        attributes: {
          role: 'gridcell',
          id: `cell-${row}-${column}`,
          'aria-colindex': column + 1,
          title: title || undefined,
        },
      });
    const verdict = data?.right === false ? 'wrong' : data?.right === true ? 'right' : '';
    const node = element(
      'div',
      { class: 'grid-row', attributes: { role: 'row', 'aria-rowindex': row + 2, 'data-row': row } },
      [
        cell(0, row.toLocaleString('en-GB'), 'number row-number'),
        cell(
          1,
          data?.prediction || (data?.tooltip ? 'cannot be read' : data ? '' : '…'),
          `prediction ${verdict}`,
          data?.tooltip,
        ),
        ...this.columns.map((column, i) =>
          cell(i + own, data?.cells[i] ?? '', `${column.numeric ? 'number' : ''} ${column.role}`),
        ),
      ],
    );
    if (data) this.shown.set(row, node);
    else this.shown.set(row, node);
    this.canvas.append(node);
    return node;
  }

  private heading(text: string, kind: string, column: number, title?: string): HTMLElement {
    return element('div', {
      class: `grid-cell ${kind}`,
      text,
      attributes: { role: 'columnheader', id: `cell--1-${column + 1}`, 'aria-colindex': column + 2, title },
    });
  }

  private key(event: KeyboardEvent): void {
    const { row, column } = this.at;
    const page = Math.max(1, this.rowsSeen() - 1);
    const [lastRow, lastColumn] = [this.rowCount - 1, this.columns.length + own - 1];
    const moves: Record<string, typeof this.at> = {
      ArrowUp: { row: row - 1, column },
      ArrowDown: { row: row + 1, column },
      ArrowLeft: { row, column: column - 1 },
      ArrowRight: { row, column: column + 1 },
      PageUp: { row: Math.max(0, row - page), column },
      PageDown: { row: row + page, column },
      Home: { row: event.ctrlKey ? 0 : row, column: 0 },
      End: { row: event.ctrlKey ? lastRow : row, column: lastColumn },
    };
    const to = moves[event.key];
    if (to) this.goTo({ row: clamp(to.row, -1, lastRow), column: clamp(to.column, 0, lastColumn) });
    else if (event.key === 'Enter' && row >= 0) this.events.explained(row);
    else return;
    event.preventDefault();
  }

  private goTo(at: typeof this.at): void {
    this.at = at;
    this.leave();
    this.reveal();
    this.draw();
    const cell = this.cellAt();
    if (cell) this.rest(at.row, at.column, cell);
  }

  private press(event: MouseEvent): void {
    const place = placeOf(event.target as Element);
    if (!place) return;
    this.at = place;
    this.draw();
  }

  private point(target: Element): void {
    this.leave();
    const place = placeOf(target);
    const cell = target.closest<HTMLElement>('.grid-cell');
    if (place && cell) this.rest(place.row, place.column, cell);
  }

  private rest(row: number, column: number, cell: HTMLElement): void {
    this.resting = setTimeout(() => {
      const inFile = column - own;
      if (row < 0 && inFile < 0) return;
      this.events.rested(row, inFile < 0 ? undefined : inFile, cell.getBoundingClientRect());
    }, restAfter);
  }

  private leave(): void {
    clearTimeout(this.resting);
    this.events.left();
  }

  private markCell(): void {
    this.root.querySelector('.grid-cell.current')?.classList.remove('current');
    const cell = this.cellAt();
    cell?.classList.toggle('current', this.hasFocus);
    if (cell) this.root.setAttribute('aria-activedescendant', cell.id);
  }

  private cellAt(): HTMLElement | undefined {
    const { row, column } = this.at;
    const line = row < 0 ? this.head : this.shown.get(row);
    return line?.children[column] as HTMLElement | undefined;
  }

  /** Scrolls so far that the current cell is seen. */
  private reveal(): void {
    const { row, column } = this.at;
    if (row >= 0) {
      const [first, seen] = [this.firstSeen(), this.rowsSeen()];
      if (row < first) this.scrollTo(row);
      else if (row > first + seen - 2) this.scrollTo(row - seen + 2);
    }
    const heading = this.head.children[column] as HTMLElement | undefined;
    if (!heading || column < own) return;
    const fixed =
      (this.head.children[0] as HTMLElement).offsetWidth + (this.head.children[1] as HTMLElement).offsetWidth;
    const [left, right] = [heading.offsetLeft, heading.offsetLeft + heading.offsetWidth];
    if (left - fixed < this.root.scrollLeft) this.root.scrollLeft = left - fixed;
    else if (right > this.root.scrollLeft + this.root.clientWidth) this.root.scrollLeft = right - this.root.clientWidth;
  }

  private get scaled(): boolean {
    return this.rowCount * rowHeight > mostHeight;
  }

  private rowsSeen(): number {
    return Math.max(1, Math.floor((this.root.clientHeight - rowHeight) / rowHeight));
  }

  private firstSeen(): number {
    if (!this.scaled) return Math.floor(this.root.scrollTop / rowHeight);
    const share = this.root.scrollTop / Math.max(1, mostHeight + rowHeight - this.root.clientHeight);
    return Math.round(share * Math.max(0, this.rowCount - this.rowsSeen()));
  }

  private scrollTo(row: number): void {
    const scrolled = Math.max(0, this.rowCount - this.rowsSeen());
    this.root.scrollTop = this.scaled
      ? (clamp(row, 0, scrolled) / scrolled) * (mostHeight + rowHeight - this.root.clientHeight)
      : Math.max(0, row) * rowHeight;
  }
}

/** As wide as the first page's cells, within reason. */
function widthOf(column: TablePageColumn, index: number, page: TablePage): string {
  const lengths = page.rows.map(({ cells }) => cells[index]?.length ?? 0);
  return `${clamp(8 * Math.max(column.name.length, ...lengths) + 20, 64, 280)}px`;
}

function placeOf(target: Element): { row: number; column: number } | undefined {
  const cell = target.closest<HTMLElement>('.grid-cell');
  const line = cell?.parentElement;
  if (!cell || !line) return undefined;
  return { row: Number(line.dataset['row'] ?? -1), column: [...line.children].indexOf(cell) };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
