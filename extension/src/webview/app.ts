import {
  sheetOrders,
  type Busy,
  type HostMessage,
  type MapLook,
  type PanelMessage,
  type PanelState,
  type SavedState,
  type SheetOrder,
} from '../panels/messages';
import type { PanelSheetItem, PanelView } from '../protocol';
import { element } from './dom';
import { FigureView } from './figure';
import { ImageView } from './imageView';
import { lookOf } from './look';
import { SheetView } from './sheet';
import { empty, failure, head, note, notice } from './head';
import { ProgressView } from './progress';
import { TableView } from './table';
import { toolbar } from './toolbar';
import type { Sort } from './sorting';

/** How the panel reaches the extension host and its own memory. */
export interface Host {
  post(message: PanelMessage): void;
  save(state: SavedState): void;
}

/** Builds the panel from its state; a part is built anew only when what it shows has changed. */
export class PanelApp {
  private readonly parts = {
    toolbar: element('div'),
    top: element('div', { class: 'top' }),
    answer: element('div', { class: 'answer' }),
    receipt: element('footer', { class: 'receipt' }),
  };
  private readonly progress: ProgressView;
  private readonly shown = new Map<string, string>();
  /** The column that figures are drawn for; it is there before the first figure is. */
  readonly column = element('div', { class: 'figure-column' });
  private figure: FigureView | undefined;
  private table: TableView | undefined;
  private state: PanelState | undefined;
  private image: ImageView | undefined;
  private sheet: SheetView | undefined;
  private sort: Sort | undefined;
  private look: MapLook;
  private order: SheetOrder;
  private selected: string | undefined;

  constructor(
    root: HTMLElement,
    private readonly host: Host,
    saved: SavedState | undefined,
  ) {
    this.sort = saved?.sort;
    this.selected = saved?.selected;
    this.look = lookOf(saved?.look);
    this.order = sheetOrders.find((order) => order === saved?.order) ?? 'mistakes';
    this.progress = new ProgressView(() => host.post({ type: 'stop' }));
    this.parts.answer.append(this.column);
    root.replaceChildren(
      this.parts.toolbar,
      this.progress.line,
      element('main', {}, [this.progress.root, this.parts.top, this.parts.answer]),
      this.parts.receipt,
    );
    root.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.parts.toolbar.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    });
  }

  /** The width that a figure has, CSS pixels. */
  get width(): number {
    return Math.floor(this.column.clientWidth);
  }

  receive(message: HostMessage): void {
    if (message.type === 'busy') this.showBusy(message.busy);
    else if (message.type === 'items') this.addItems(message.items, message.total);
    else this.show(message.state);
  }

  /** The panel has another width. */
  layOut(): void {
    this.image?.layOut(this.parts.answer.clientWidth);
  }

  private addItems(items: readonly PanelSheetItem[], total: number): void {
    const sheet = this.state?.view?.sheet;
    if (!sheet || !this.sheet) return;
    sheet.items.push(...items);
    sheet.total = total;
    this.sheet.add(items, total);
  }

  private show(state: PanelState): void {
    this.state = state;
    const { view } = state;
    this.showBusy(state.busy);
    // The last good answer's pickers come back after Stop, whatever was chosen in between.
    this.part('toolbar', [view?.pickers, view?.exports.fileName, state.question], () => this.showToolbar(view));
    this.part('top', [view?.heading, view?.subLine, view?.badge, view?.notes, state.failure, state.notice], () =>
      this.showTop(state),
    );
    this.part('answer', [view?.figure, view?.figureTitle, view?.table, view?.image, view?.sheet], () =>
      this.showAnswer(view),
    );
    this.part('receipt', [view?.receipt], () => this.showReceipt(view?.receipt ?? []));
    this.parts.answer.classList.toggle('old', view !== undefined && state.failure !== undefined);
    this.save();
  }

  private showBusy(busy: Busy | undefined): void {
    this.progress.show(busy);
    this.parts.answer.setAttribute('aria-busy', String(busy !== undefined));
  }

  private part(name: keyof typeof this.parts, shows: unknown, build: () => void): void {
    const text = JSON.stringify(shows);
    if (this.shown.get(name) === text) return;
    this.shown.set(name, text);
    const focus = focusPath(this.parts[name]);
    build();
    focus?.();
  }

  private showToolbar(view: PanelView | undefined): void {
    const chosen = view
      ? [
          toolbar(view, {
            chosen: (choice) => this.host.post({ type: 'choose', choice }),
            exported: (format) => this.host.post({ type: 'export', format }),
          }),
        ]
      : [element('div', { class: 'toolbar' })];
    this.parts.toolbar.replaceChildren(...chosen);
  }

  private showTop({ view, failure: failed, notice: told }: PanelState): void {
    const act = (action: Parameters<Parameters<typeof notice>[1]>[0]) => this.host.post({ type: 'action', action });
    const nodes = [];
    if (told) nodes.push(notice(told, act));
    if (failed) nodes.push(!view && failed.actions.includes('chooseModel') ? empty(failed, act) : failure(failed, act));
    if (view) nodes.push(head(view.heading, view.subLine, view.badge), ...view.notes.slice(0, 2).map(note));
    if (view && failed) nodes.push(element('p', { class: 'before', text: 'from before the change' }));
    this.parts.top.replaceChildren(...nodes);
  }

  private showAnswer(view: PanelView | undefined): void {
    const events = {
      pointed: (key: string | undefined) => this.mark(key),
      selected: (key: string) => this.select(key),
    };
    this.parts.answer.classList.toggle('pictures', Boolean(view?.image ?? view?.sheet));
    this.figure = view?.figure ? new FigureView(view.figureTitle, view.figure, events) : undefined;
    this.table =
      view && view.table.rows.length > 0
        ? new TableView(view.table, this.sortFor(view), {
            ...events,
            sorted: (sort) => {
              this.sort = sort;
              this.save();
              this.mark(undefined);
            },
          })
        : undefined;
    this.image = view?.image
      ? new ImageView(
          view.image,
          this.look,
          (look) => {
            this.look = look;
            this.save();
          },
          this.table?.root,
        )
      : undefined;
    this.sheet = view?.sheet
      ? new SheetView(view.sheet, this.order, {
          opened: (uri) => this.host.post({ type: 'openImage', uri }),
          ordered: (order) => {
            this.order = order;
            this.save();
          },
        })
      : undefined;
    const pictures = this.image ?? this.sheet;
    if (pictures) {
      this.parts.answer.replaceChildren(this.column, pictures.root);
      this.column.replaceChildren();
      this.layOut();
      return;
    }
    const words = view?.figure
      ? element('details', { class: 'words' }, [
          element('summary', { text: 'The figure in words' }),
          element('p', { text: view.figure.alt }),
        ])
      : undefined;
    this.column.replaceChildren(...[this.figure?.root, words].filter((node) => node !== undefined));
    this.parts.answer.replaceChildren(this.column, ...(this.table ? [this.table.root] : []));
    this.parts.answer.classList.toggle('many-columns', (view?.table.columns.length ?? 0) > 4);
    this.parts.answer.classList.toggle('without-figure', view !== undefined && !view.figure);
    this.mark(undefined);
  }

  /** The saved order, while the table still has its column; else the server's. */
  private sortFor(view: PanelView): Sort | undefined {
    const { columns, sortedBy } = view.table;
    if (this.sort && columns.some(({ key }) => key === this.sort!.column)) return this.sort;
    const column = columns.find(({ key }) => key === sortedBy);
    return column && { column: column.key, descending: column.numeric };
  }

  private showReceipt(parts: readonly string[]): void {
    this.parts.receipt.replaceChildren(...parts.map((text) => element('span', { text })));
    this.parts.receipt.title = parts.join(' · ');
    this.parts.receipt.hidden = parts.length === 0;
  }

  private mark(pointed: string | undefined): void {
    this.figure?.mark(pointed, this.selected);
    this.table?.mark(pointed, this.selected);
  }

  private select(key: string): void {
    this.selected = this.selected === key ? undefined : key;
    this.mark(key);
    this.table?.reveal(key);
    this.save();
  }

  private save(): void {
    if (!this.state) return;
    const { sort, selected, look, order } = this;
    this.host.save({ question: this.state.question, sort, selected, look, order });
  }
}

/** Remembers which control of a part has the focus, to give it back when the part was built anew. */
function focusPath(part: HTMLElement): (() => void) | undefined {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || !part.contains(active)) return undefined;
  const label = active.getAttribute('aria-label');
  const key = active.dataset['key'] ?? active.closest<HTMLElement>('[data-key]')?.dataset['key'];
  const column = active instanceof HTMLTableCellElement ? active.cellIndex : undefined;
  return () => {
    const all = [...part.querySelectorAll<HTMLElement>(active.tagName)];
    const same =
      column !== undefined
        ? all.find((node) => (node as HTMLTableCellElement).cellIndex === column && rowKey(node) === key)
        : all.find((node) => node.getAttribute('aria-label') === label && rowKey(node) === key);
    same?.focus({ preventScroll: true });
  };
}

function rowKey(node: HTMLElement): string | undefined {
  return node.closest<HTMLElement>('[data-key]')?.dataset['key'];
}
