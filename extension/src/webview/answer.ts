import type { SavedState } from '../panels/messages';
import type { Edits } from '../panels/question';
import type { CellCheck, PanelPlace, PanelView, RowPlace } from '../protocol';
import { Brush } from './brush';
import { cardsView } from './cards';
import { chosenRows } from './chosenRows';
import { element } from './dom';
import { FigureView } from './figure';
import type { Sort } from './sorting';
import { TableView } from './table';
import { whatIfLine } from './whatIf';

export interface AnswerEvents {
  /** The order or the selection changed. */
  kept(): void;
  edited(edits: Edits | undefined): void;
  written(text: string): void;
  opened(place: PanelPlace): void;
  chosen(rows: number[]): void;
}

/** Figure, table and findings of a table's explanation: what is pointed at in one is marked in the other. */
export class AnswerView {
  /** The column that figures are drawn for; it is there before the first figure is. */
  readonly column = element('div', { class: 'figure-column' });
  sort: Sort | undefined;
  selected: string | undefined;
  private table: TableView | undefined;
  private figure: FigureView | undefined;
  private brush: Brush | undefined;
  private readonly beside = element('div', { class: 'beside' });
  private readonly line = element('div');
  private readonly chosenList = element('div');
  private uri = '';
  /** Rows that are chosen in figures of the file. */
  private chosen: readonly number[] = [];

  constructor(
    private readonly root: HTMLElement,
    saved: SavedState | undefined,
    private readonly events: AnswerEvents,
  ) {
    this.sort = saved?.sort;
    this.selected = saved?.selected;
    root.append(this.column);
  }

  /** The table alone, for views that lay it out themselves. */
  get tableRoot(): HTMLElement | undefined {
    return this.table?.root;
  }

  /** Shows an answer; the table of the last one is kept where only its numbers changed. */
  show(view: PanelView | undefined, uri: string, edits: Edits | undefined): void {
    if (this.uri !== uri) this.choose([], false);
    this.uri = uri;
    this.showFigure(view);
    const editing = edits !== undefined;
    if (!view || view.table.rows.length === 0) this.table = undefined;
    else if (!editing || !this.table?.editing || !this.table.update(view.table))
      this.table = this.newTable(view, editing, edits);
    const line = whatIfLine(view?.whatIf ?? undefined, {
      reset: () => this.put({}),
      written: this.events.written,
      closed: () => this.events.edited(undefined),
    });
    this.line.replaceChildren(...(editing && view ? [line] : []));
    if (this.table && this.beside.firstChild !== this.line) this.beside.replaceChildren(this.line);
    if (this.table && this.table.root.parentElement !== this.beside)
      this.beside.replaceChildren(this.line, this.table.root);
    const cards = view?.cards?.length
      ? cardsView(view.cards, {
          tried: ({ edits: change }) => this.put(change),
          written: this.events.written,
          opened: this.events.opened,
        })
      : undefined;
    this.place([cards, this.column, this.table && this.beside]);
    this.root.classList.toggle('many-columns', (view?.table.columns.length ?? 0) > 4);
    this.root.classList.toggle('without-figure', view !== undefined && !view.figure);
    this.mark(undefined);
  }

  /** Says what is wrong with changed cells. */
  check(checks: readonly CellCheck[]): void {
    this.table?.check(checks);
  }

  /** Puts the focus into a cell, under "what if". */
  edit(column: string): boolean {
    return this.table?.edit(column) ?? false;
  }

  /** Fields that say something else than what is asked, because that was decided elsewhere, are brought in line. */
  align(edits: Edits): void {
    this.table?.setEdits(edits);
  }

  /** Lists rows that were chosen in the figure. */
  list(rows: readonly RowPlace[], total: number): void {
    this.chosenList.replaceChildren(...(total > 0 ? [chosenRows(rows, total, this.uri, this.events.opened)] : []));
  }

  private choose(rows: number[], told = true): void {
    this.chosen = rows;
    if (rows.length === 0) this.chosenList.replaceChildren();
    if (told) this.events.chosen(rows);
  }

  /** Elements that stay where they are keep the focus that is in them. */
  private place(parts: readonly (HTMLElement | undefined)[]): void {
    const nodes = parts.filter((node) => node !== undefined);
    if (nodes.every((node, i) => this.root.children[i] === node) && this.root.children.length === nodes.length) return;
    for (const child of [...this.root.children]) if (!nodes.includes(child as HTMLElement)) child.remove();
    nodes.forEach(
      (node, i) => this.root.children[i] === node || this.root.insertBefore(node, this.root.children[i] ?? null),
    );
  }

  private showFigure(view: PanelView | undefined): void {
    const figure = view?.figure ?? undefined;
    const brushed = figure?.regions.some(({ rows }) => rows && rows.length > 0) ?? false;
    this.brush =
      figure && brushed ? new Brush(view!.figureTitle, figure, (rows) => this.choose(rows), this.chosen) : undefined;
    this.figure = figure && new FigureView(view!.figureTitle, figure, this.brush?.root, this.pointing());
    const words = figure
      ? element('details', { class: 'words' }, [
          element('summary', { text: 'The figure in words' }),
          element('p', { text: figure.alt }),
        ])
      : undefined;
    const parts = [this.figure?.root, this.brush?.readout, this.brush && this.chosenList, words];
    this.column.replaceChildren(...parts.filter((node) => node !== undefined));
  }

  private newTable(view: PanelView, editing: boolean, edits: Edits | undefined): TableView {
    const table = new TableView(view.table, this.sortFor(view), editing, {
      ...this.pointing(),
      sorted: (sort) => {
        this.sort = sort;
        this.events.kept();
        this.mark(undefined);
      },
      opened: this.events.opened,
      edited: () => this.events.edited(table.edits),
    });
    if (edits) table.setEdits(edits);
    return table;
  }

  private pointing() {
    return {
      pointed: (key: string | undefined) => this.mark(key),
      selected: (key: string) => this.select(key),
    };
  }

  /** Puts values into the fields and asks about them; where there are no fields yet, they come with the answer. */
  private put(edits: Edits): void {
    this.table?.setEdits(edits);
    this.events.edited(edits);
  }

  /** The saved order, while the table still has its column; else the server's. */
  private sortFor(view: PanelView): Sort | undefined {
    const { columns, sortedBy } = view.table;
    if (this.sort && columns.some(({ key }) => key === this.sort!.column)) return this.sort;
    const column = columns.find(({ key }) => key === sortedBy);
    return column && { column: column.key, descending: column.numeric };
  }

  private mark(pointed: string | undefined): void {
    this.figure?.mark(pointed, this.selected);
    this.table?.mark(pointed, this.selected);
  }

  private select(key: string): void {
    this.selected = this.selected === key ? undefined : key;
    this.mark(key);
    this.table?.reveal(key);
    this.events.kept();
  }
}
