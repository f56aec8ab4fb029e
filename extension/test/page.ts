import { JSDOM } from 'jsdom';
import type { PanelMessage, SavedState } from '../src/panels/messages';
import type { PanelView } from '../src/protocol';
import { PanelApp } from '../src/webview/app';
import row from './fixtures/row.json';

/** A fresh copy of a recorded answer: row 13 of the breast-cancer table. */
export const rowView = (): PanelView => structuredClone(row) as PanelView;

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
    const { HTMLElement, HTMLInputElement, HTMLTableCellElement, document } = window;
    Object.assign(globalThis, { document, HTMLElement, HTMLInputElement, HTMLTableCellElement });
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
