import type { PanelCard, PanelChange, PanelPlace, PanelTable } from '../protocol';
import { element } from './dom';

export interface CardEvents {
  /** A proposed change is to be put into the row. */
  tried(change: PanelChange): void;
  /** A changed row is to be written to a new document. */
  written(text: string): void;
  /** A row of a file was chosen. */
  opened(place: PanelPlace): void;
}

/** What an explanation found beside contributions: a rule, changes that turn the answer, rows that resemble. */
export function cardsView(cards: readonly PanelCard[], events: CardEvents): HTMLElement {
  return element(
    'section',
    { class: 'cards', attributes: { 'aria-label': 'Findings' } },
    cards.map(({ title, text, table, change }) =>
      element('article', { class: 'card' }, [
        element('h2', { text: title }),
        text ? element('p', { class: 'ink2', text }) : undefined,
        table ? smallTable(table, events.opened) : undefined,
        change
          ? element('p', { class: 'links' }, [
              link('Try it', 'try', () => events.tried(change)),
              link('Write to a new file', 'write', () => events.written(change.text)),
            ])
          : undefined,
      ]),
    ),
  );
}

/** A table to read: rows that stand for a row of a file begin with a link to it. */
export function smallTable(table: PanelTable, opened: CardEvents['opened']): HTMLElement {
  const kind = (column: number) => (table.columns[column]?.numeric ? 'number' : '');
  return element('table', { class: 'small', attributes: { 'aria-label': table.title } }, [
    element('thead', {}, [
      element(
        'tr',
        {},
        table.columns.map(({ title }, i) =>
          element('th', { class: kind(i), text: title, attributes: { scope: 'col' } }),
        ),
      ),
    ]),
    element(
      'tbody',
      {},
      table.rows.map(({ key, cells, place }) =>
        element(
          'tr',
          { attributes: { 'data-key': key } },
          cells.map(({ text }, i) =>
            place && i === 0
              ? element('td', { class: kind(i) }, [link(text, 'open', () => opened(place))])
              : element('td', { class: kind(i), text }),
          ),
        ),
      ),
    ),
  ]);
}

function link(text: string, action: string, clicked: () => void): HTMLElement {
  return element('button', {
    class: 'link',
    text,
    attributes: { type: 'button', 'data-action': action },
    on: { click: clicked },
  });
}
