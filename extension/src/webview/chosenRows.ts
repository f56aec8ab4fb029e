import type { PanelPlace, RowPlace } from '../protocol';
import { element } from './dom';

/** Rows that were chosen in a figure: how many, and the first of them with what the model says. */
export function chosenRows(
  rows: readonly RowPlace[],
  total: number,
  uri: string,
  opened: (place: PanelPlace) => void,
): HTMLElement {
  const count = total.toLocaleString('en-GB');
  const more = total - rows.length;
  return element('section', { class: 'chosen-rows', attributes: { 'aria-label': 'Chosen rows' } }, [
    element('h2', { text: `${count} ${total === 1 ? 'row' : 'rows'} chosen` }),
    element(
      'ul',
      {},
      rows.map(({ row, name, answer }) =>
        element('li', {}, [
          element('button', {
            class: 'link',
            text: name,
            attributes: { type: 'button', 'data-row': row },
            on: { click: () => opened({ uri, row }) },
          }),
          element('span', { text: answer }),
        ]),
      ),
    ),
    more > 0 ? element('p', { class: 'ink2', text: `and ${more.toLocaleString('en-GB')} more` }) : undefined,
  ]);
}
