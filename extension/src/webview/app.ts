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
import type { Edits } from '../panels/question';
import type { PanelSheetItem, PanelView } from '../protocol';
import { AnswerView } from './answer';
import { element } from './dom';
import { ImageView } from './imageView';
import { lookOf } from './look';
import { SheetView } from './sheet';
import { empty, failure, head, note, notice } from './head';
import { ProgressView } from './progress';
import { canEdit, toolbar } from './toolbar';

/** How the panel reaches the extension host and its own memory. */
export interface Host {
  post(message: PanelMessage): void;
  save(state: SavedState): void;
}

/** Typing rests this long before it is asked about, milliseconds. */
const settleAfter = 150;

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
  private readonly answer: AnswerView;
  private state: PanelState | undefined;
  private image: ImageView | undefined;
  private sheet: SheetView | undefined;
  private look: MapLook;
  private order: SheetOrder;
  private typing: ReturnType<typeof setTimeout> | undefined;
  /** The question whose cell has had the focus. */
  private begun = '';

  constructor(
    root: HTMLElement,
    private readonly host: Host,
    saved: SavedState | undefined,
  ) {
    this.look = lookOf(saved?.look);
    this.order = sheetOrders.find((order) => order === saved?.order) ?? 'mistakes';
    this.progress = new ProgressView(() => host.post({ type: 'stop' }));
    this.answer = new AnswerView(this.parts.answer, saved, {
      kept: () => this.save(),
      edited: (edits) => this.edit(edits),
      written: (text) => host.post({ type: 'write', text }),
      opened: (place) => host.post({ type: 'open', place }),
      chosen: (rows) => host.post({ type: 'rows', rows }),
    });
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

  /** The column that figures are drawn for. */
  get column(): HTMLElement {
    return this.answer.column;
  }

  /** The width that a figure has, CSS pixels. */
  get width(): number {
    return Math.floor(this.column.clientWidth);
  }

  receive(message: HostMessage): void {
    switch (message.type) {
      case 'busy':
        return this.showBusy(message.busy);
      case 'items':
        return this.addItems(message.items, message.total);
      case 'rows':
        return this.answer.list(message.rows, message.total);
      case 'state':
        return this.show(message.state);
    }
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
    const { edits, ...asked } = state.question;
    const tools = [view?.pickers, view?.exports, view?.views, asked, canEdit(view), edits !== undefined];
    this.part('toolbar', tools, () => this.showToolbar(view));
    this.part('top', [view?.heading, view?.subLine, view?.badge, view?.notes, state.failure, state.notice], () =>
      this.showTop(state),
    );
    const { figure, figureTitle, table, image, sheet, whatIf, cards } = view ?? {};
    this.part('answer', [figure, figureTitle, table, image, sheet, whatIf, cards, edits !== undefined], () =>
      this.showAnswer(view),
    );
    this.showCells(state);
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
          toolbar(view, this.state?.question.edits !== undefined, {
            chosen: (choice) => this.host.post({ type: 'choose', choice }),
            exported: (format) => this.host.post({ type: 'export', format }),
            saved: (file) => this.host.post({ type: 'save', file }),
            editing: (on) => this.host.post({ type: 'edit', edits: on ? {} : undefined }),
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
    this.parts.answer.classList.toggle('pictures', Boolean(view?.image ?? view?.sheet));
    this.answer.show(view, this.state?.question.uri ?? '', this.state?.question.edits);
    this.image = view?.image
      ? new ImageView(
          view.image,
          this.look,
          (look) => {
            this.look = look;
            this.save();
          },
          this.answer.tableRoot,
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
    if (!pictures) return;
    this.parts.answer.replaceChildren(this.column, pictures.root);
    this.column.replaceChildren();
    this.layOut();
  }

  /** What is to be said about changed cells, and the cell to begin with. */
  private showCells({ question, busy, view, checks = [] }: PanelState): void {
    this.answer.check(checks);
    const refused = checks.some(({ state }) => state === 'stop');
    if (question.edits && !busy && !refused && this.typing === undefined) this.answer.align(question.edits);
    const begin = JSON.stringify([question.uri, question.row, question.cell]);
    if (!view || question.cell === undefined || this.begun === begin) return;
    if (this.answer.edit(question.cell)) this.begun = begin;
  }

  /** "What if": asks once typing rests. */
  private edit(edits: Edits | undefined): void {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => {
      this.typing = undefined;
      this.host.post({ type: 'edit', edits });
    }, settleAfter);
  }

  private showReceipt(parts: readonly string[]): void {
    this.parts.receipt.replaceChildren(...parts.map((text) => element('span', { text })));
    this.parts.receipt.title = parts.join(' · ');
    this.parts.receipt.hidden = parts.length === 0;
  }

  private save(): void {
    if (!this.state) return;
    const { sort, selected } = this.answer;
    const { look, order } = this;
    this.host.save({ question: this.state.question, sort, selected, look, order });
  }
}

/** Remembers which control of a part has the focus, to give it back when the part was built anew. */
function focusPath(part: HTMLElement): (() => void) | undefined {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || !part.contains(active)) return undefined;
  const name = (node: HTMLElement) =>
    [node.getAttribute('aria-label'), node.dataset['value'], node.dataset['action']].join();
  const own = name(active);
  const key = active.dataset['key'] ?? active.closest<HTMLElement>('[data-key]')?.dataset['key'];
  const column = active instanceof HTMLTableCellElement ? active.cellIndex : undefined;
  return () => {
    const all = [...part.querySelectorAll<HTMLElement>(active.tagName)];
    const same =
      column !== undefined
        ? all.find((node) => (node as HTMLTableCellElement).cellIndex === column && rowKey(node) === key)
        : all.find((node) => name(node) === own && rowKey(node) === key);
    same?.focus({ preventScroll: true });
  };
}

function rowKey(node: HTMLElement): string | undefined {
  return node.closest<HTMLElement>('[data-key]')?.dataset['key'];
}
