import { JSDOM } from 'jsdom';
import type { PanelMessage, SavedState } from '../src/panels/messages';
import type { PanelView } from '../src/protocol';
import { PanelApp } from '../src/webview/app';
import row from './fixtures/row.json';

/** A fresh copy of a recorded answer: row 13 of the breast-cancer table. */
export const rowView = (): PanelView => structuredClone(row) as PanelView;

/** A picture of 4 × 2 pixels with a map for Coat, and one that tells it from Pullover. */
export const imageView = (): PanelView => {
  const view = rowView();
  const map = {
    title: 'For Coat',
    subLine: 'logit from −12.31 to 5.88',
    caption: 'Coat',
    values: base64([0, 0.1, -0.2, 0.3, 0.4, -0.8, 0, 0.05]),
    width: 4,
    height: 2,
    low: 0,
    limit: 0.45,
    limitText: 'ends at the 99th percentile; largest pixel −0.80',
    twoSided: true,
    smooth: false,
    decimals: 2,
    unit: 'One pixel, logit of Coat',
    for: 'for Coat',
    against: 'against Coat',
    alt: 'For Coat, map over coat.png. Strongest for: left; against: lower left. Limit ±0.45.',
  };
  const other = { ...map, title: 'For Coat, not Pullover', caption: 'Coat − Pullover', against: 'for Pullover' };
  const stops = ['#0000FF', '#202020', '#FF0000'];
  return {
    ...view,
    kind: 'image',
    heading: 'Why Coat and not Pullover?',
    figure: null,
    image: {
      name: 'coat.png',
      png: 'iVBORw0KGgo=',
      width: 4,
      height: 2,
      maps: [map, other],
      colourMaps: [
        { id: 'direction', title: 'Orange and blue', twoSided: stops, oneSided: stops, direction: true },
        { id: 'grey', title: 'Grey', twoSided: stops, oneSided: stops, direction: false },
      ],
      ground: '#1F1F1F',
      towards: '#EF9851',
      away: '#5FB1EF',
    },
    pickers: {
      ...view.pickers,
      others: [
        { value: '', text: 'any other', selected: false },
        { value: '2', text: 'Pullover', selected: true },
      ],
      layers: [
        { value: 'a', text: 'conv1', selected: false },
        { value: 'b', text: 'conv2', selected: true },
      ],
      baselines: [
        { value: 'zero', text: 'zero baseline', selected: true },
        { value: 'blur', text: 'blurred picture', selected: false },
      ],
      otherMethods: [
        { value: '', text: 'no other method', selected: true },
        { value: 'lime', text: 'LIME', selected: false },
      ],
    },
    table: {
      title: 'In sum',
      columns: [
        { key: 'what', title: 'Logit', numeric: false },
        { key: 'sum', title: 'sum', numeric: true },
      ],
      rows: [{ key: 'Coat', cells: [{ text: 'Coat' }, { text: '+18.20', sort: 18.2 }] }],
    },
  };
};

/** A sheet of three pictures, one of them wrong, and one that cannot be read. */
export const sheetView = (): PanelView => {
  const item = (name: string, prediction: string, confidence: number, label: string | null) => ({
    uri: `file:///data/${name}`,
    name,
    picture: 'iVBORw0KGgo=',
    mediaType: 'image/png',
    prediction,
    score: `${(100 * confidence).toFixed(1)} %`,
    confidence,
    label,
    right: label === null ? null : label === prediction,
    alt: `Map over ${name}`,
  });
  const broken = {
    ...item('d.png', '', 0, null),
    picture: '',
    confidence: null,
    problem: 'd.png is cut short. Copy it again.',
  };
  return {
    ...rowView(),
    kind: 'sheet',
    figure: null,
    sheet: {
      items: [
        item('a.png', 'Coat', 0.98, 'Coat'),
        item('b.png', 'Shirt', 0.7, 'Coat'),
        item('c.png', 'Bag', 0.9, null),
        broken,
      ],
      total: 6,
      legend: 'orange for, blue against the predicted class',
    },
  };
};

function base64(values: readonly number[]): string {
  return Buffer.from(Float32Array.from(values).buffer).toString('base64');
}

export const question = { kind: 'row', uri: 'file:///data/test.csv', row: 13 } as const;

/** The panel's page without an editor around it: what it posts and saves is kept. */
export class Page {
  readonly posted: PanelMessage[] = [];
  readonly app: PanelApp;
  readonly document: Document;
  saved: SavedState | undefined;

  constructor(saved?: SavedState) {
    const { window } = new JSDOM('<!DOCTYPE html><div id="panel"></div>', { pretendToBeVisual: true });
    this.document = window.document;
    const {
      Element,
      HTMLElement,
      HTMLInputElement,
      HTMLSelectElement,
      HTMLTableCellElement,
      HTMLImageElement,
      Image,
      document,
    } = window;
    Object.assign(globalThis, {
      document,
      HTMLElement,
      HTMLInputElement,
      HTMLSelectElement,
      Element,
      HTMLTableCellElement,
      HTMLImageElement,
      Image,
      ImageData: class {},
    });
    window.HTMLCanvasElement.prototype.getContext = () => null; // jsdom draws nothing
    HTMLElement.prototype.scrollIntoView = () => undefined; // jsdom has no layout
    this.app = new PanelApp(
      document.getElementById('panel')!,
      { post: (message) => this.posted.push(message), save: (state) => (this.saved = state) },
      saved,
    );
  }

  show(view: PanelView | undefined, rest: object = {}): void {
    this.app.receive({ type: 'state', state: { question, ...(view && { view }), ...rest } });
  }

  all(selector: string): HTMLElement[] {
    return [...this.document.querySelectorAll<HTMLElement>(selector)];
  }

  one(selector: string): HTMLElement {
    const found = this.all(selector);
    if (found.length !== 1) throw new Error(`${found.length} elements match ${selector}`);
    return found[0]!;
  }

  /** The first cells of the table's rows, top to bottom. */
  names(): string[] {
    return this.all('tbody tr').map((tr) => tr.firstElementChild?.textContent ?? '');
  }

  press(key: string, modifiers: KeyboardEventInit = {}): void {
    const { KeyboardEvent } = this.document.defaultView!;
    this.document.activeElement!.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...modifiers }),
    );
  }

  fire(target: HTMLElement, type: string): void {
    target.dispatchEvent(new this.document.defaultView!.Event(type, { bubbles: true }));
  }
}
