import { sheetOrders, type SheetOrder } from '../panels/messages';
import type { PanelSheet, PanelSheetItem } from '../protocol';
import { element } from './dom';
import { icon } from './icons';

export interface SheetEvents {
  opened(uri: string): void;
  ordered(order: SheetOrder): void;
}

const orderTexts: Record<SheetOrder, string> = {
  mistakes: 'Mistakes first',
  confidence: 'Most confident first',
  name: 'Name',
  class: 'Predicted class',
};

const words = new Intl.Collator('en-GB', { numeric: true, sensitivity: 'base' });

/** The pictures in order; equal ones by name. Mistakes: the most confident wrong ones first, then those without a label, then right ones. */
export function sortItems(items: readonly PanelSheetItem[], order: SheetOrder): PanelSheetItem[] {
  const rank = ({ problem, right }: PanelSheetItem) => (problem ? 3 : right === false ? 0 : right ? 2 : 1);
  const confidence = (one: PanelSheetItem, other: PanelSheetItem) =>
    (other.confidence ?? Number.NEGATIVE_INFINITY) - (one.confidence ?? Number.NEGATIVE_INFINITY) || 0;
  const by: Record<SheetOrder, (one: PanelSheetItem, other: PanelSheetItem) => number> = {
    mistakes: (one, other) => rank(one) - rank(other) || confidence(one, other),
    confidence,
    name: () => 0,
    class: (one, other) => words.compare(one.prediction, other.prediction) || confidence(one, other),
  };
  return [...items].sort((one, other) => by[order](one, other) || words.compare(one.name, other.name));
}

/** Pictures with their maps: a grid with one tab stop; arrows walk it, Enter opens a picture. New ones are put in as they come. */
export class SheetView {
  readonly root: HTMLElement;
  private readonly grid: HTMLElement;
  private readonly count = element('p', { class: 'ink2', attributes: { 'aria-live': 'polite' } });
  private items: PanelSheetItem[];
  private total: number;

  constructor(
    sheet: PanelSheet,
    private order: SheetOrder,
    private readonly events: SheetEvents,
  ) {
    this.items = [...sheet.items];
    this.total = sheet.total;
    this.grid = element('ul', {
      class: 'sheet',
      attributes: { 'aria-label': 'Pictures' },
      on: { keydown: (event) => this.key(event), focusin: (event) => this.stopAt(event.target as HTMLElement) },
    });
    const select = element(
      'select',
      {
        attributes: { 'aria-label': 'Order' },
        on: {
          change: () => {
            this.order = select.value as SheetOrder;
            this.fill();
            events.ordered(this.order);
          },
        },
      },
      sheetOrders.map((value) => element('option', { text: orderTexts[value], attributes: { value } })),
    );
    select.value = order;
    this.root = element('section', { class: 'contact' }, [
      element('div', { class: 'bar-line' }, [
        element('span', { class: 'part' }, [
          element('span', { class: 'word', text: 'Order' }),
          element('span', { class: 'select' }, [select, icon('chevronDown')]),
        ]),
        this.count,
        sheet.legend ? element('p', { class: 'ink2', text: sheet.legend }) : undefined,
      ]),
      this.grid,
    ]);
    this.fill();
  }

  add(items: readonly PanelSheetItem[], total: number): void {
    this.items.push(...items);
    this.total = total;
    this.fill();
  }

  private fill(): void {
    const active = document.activeElement instanceof HTMLElement ? document.activeElement.dataset['uri'] : undefined;
    const known = new Map([...this.grid.children].map((node) => [(node as HTMLElement).dataset['uri'], node]));
    const nodes = sortItems(this.items, this.order).map((item) => known.get(item.uri) ?? this.cell(item));
    this.grid.replaceChildren(...nodes);
    const cells = this.cells();
    if (!cells.some(({ tabIndex }) => tabIndex === 0) && cells[0]) cells[0].tabIndex = 0;
    if (active) cells.find(({ dataset }) => dataset['uri'] === active)?.focus({ preventScroll: true });
    const all = this.items.length === this.total;
    const pictures = this.total === 1 ? 'picture' : 'pictures';
    this.count.textContent = `${all ? '' : `${group(this.items.length)} of `}${group(this.total)} ${pictures}`;
  }

  private cell(item: PanelSheetItem): HTMLElement {
    const { uri, name, picture: image, mediaType, prediction, score, label, right, problem, alt } = item;
    const picture = image
      ? element('img', { attributes: { alt, width: 128, height: 128, draggable: 'false' } })
      : element('span', { class: 'no-picture' }, [icon('error')]);
    if (picture instanceof HTMLImageElement) picture.src = `data:${mediaType};base64,${image}`;
    const answer = problem
      ? [element('span', { class: 'problem', text: problem })]
      : [
          element('span', { class: 'says' }, [
            element('strong', { text: prediction }),
            element('strong', { class: 'score', text: score }),
          ]),
          right === false
            ? element('span', { class: 'label' }, [icon('warning'), element('span', { text: `≠ ${label}` })])
            : element('span', { class: 'ink2', text: label ?? 'not labelled' }),
        ];
    const said = problem
      ? `${name}: ${problem}`
      : `${name}: ${prediction} ${score}, ${label ? `label ${label}${right === false ? ', wrong' : ''}` : 'not labelled'}`;
    const button = element(
      'button',
      {
        class: `cell${right === false ? ' wrong' : ''}`,
        attributes: {
          type: 'button',
          tabindex: -1,
          title: `${name}\n${prediction} ${score}`.trim(),
          'aria-label': said,
          'data-uri': uri,
        },
        on: { click: () => this.events.opened(uri) },
      },
      [picture, ...answer, element('span', { class: 'ink2 name', text: name })],
    );
    return element('li', { attributes: { 'data-uri': uri } }, [button]);
  }

  private cells(): HTMLElement[] {
    return [...this.grid.querySelectorAll<HTMLElement>('.cell')];
  }

  private key(event: KeyboardEvent): void {
    const cells = this.cells();
    const at = cells.indexOf(event.target as HTMLElement);
    if (at < 0) return;
    const row = this.perRow(cells);
    const moves: Record<string, number> = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      ArrowUp: at - row,
      ArrowDown: at + row,
      Home: 0,
      End: cells.length - 1,
    };
    const to = moves[event.key];
    if (to === undefined) return;
    event.preventDefault();
    cells[Math.min(Math.max(to, 0), cells.length - 1)]?.focus();
  }

  /** How many cells the first line holds. */
  private perRow(cells: readonly HTMLElement[]): number {
    const next = cells.findIndex((cell) => cell.offsetTop > cells[0]!.offsetTop);
    return next > 0 ? next : cells.length;
  }

  private stopAt(target: HTMLElement): void {
    for (const cell of this.cells()) cell.tabIndex = cell === target ? 0 : -1;
  }
}

function group(value: number): string {
  return value.toLocaleString('en-GB');
}
