import type { TableHostMessage, TableMessage } from '../../panels/tableMessages';
import { element } from '../dom';
import { tellColors } from '../colors';
import { Grid } from './grid';
import { HoverBox } from './hover';

const vscode = acquireVsCodeApi<undefined>();
const post = (message: TableMessage) => vscode.postMessage(message);
const root = document.getElementById('panel')!;
const hover = new HoverBox((command) => post({ type: 'command', id: command.id, arguments: command.arguments }));
let grid: Grid | undefined;
/** The hover that was asked for last, and where it belongs. */
let asked = { id: 0, place: new DOMRect() };

function begin({ page, name }: Extract<TableHostMessage, { type: 'open' }>): void {
  hover.close();
  grid = undefined;
  const count = (value: number, noun: string) => `${value.toLocaleString('en-GB')} ${noun}${value === 1 ? '' : 's'}`;
  const action = (text: string, id: string) =>
    element('button', {
      class: 'tool wide',
      text,
      attributes: { type: 'button', 'data-action': id },
      on: { click: () => post({ type: 'command', id: `explainLsp.${id}`, arguments: [] }) },
    });
  const bar = element('div', { class: 'toolbar', attributes: { role: 'toolbar', 'aria-label': name } }, [
    element('div', { class: 'sentence' }, [
      element('span', { text: `${count(page.rowCount, 'row')}, ${count(page.columns.length, 'column')}` }),
      element('span', { class: 'ink2', text: 'read only' }),
    ]),
    element('div', { class: 'tools' }, [
      page.model ? action('Global importance', 'globalImportance') : undefined,
      page.columns.length > 0 ? action(page.model ?? 'Choose model…', 'chooseModel') : undefined,
    ]),
  ]);
  const problem = page.problem
    ? element('div', { class: 'note caution table-problem', attributes: { role: 'status' } }, [
        element('p', { text: page.problem }),
      ])
    : undefined;
  if (page.columns.length > 0) {
    grid = new Grid(page, name, {
      wanted: (from, rows) => post({ type: 'page', from, count: rows }),
      rested: (row, column, place) => {
        asked = { id: asked.id + 1, place };
        post({ type: 'hover', id: asked.id, row, column });
      },
      left: () => {
        asked = { ...asked, id: asked.id + 1 };
        hover.leave();
      },
      explained: (row) => post({ type: 'explain', row }),
    });
  }
  root.replaceChildren(...[bar, problem, grid?.root, hover.root].filter((node) => node !== undefined));
  grid?.draw();
}

window.addEventListener('message', ({ data }: MessageEvent<TableHostMessage>) => {
  if (data.type === 'open') begin(data);
  else if (data.type === 'page') grid?.add(data.page);
  else if (data.type === 'hover' && data.id === asked.id) hover.show(data.markdown, asked.place);
});
window.addEventListener('keydown', (event) => event.key === 'Escape' && hover.close());
new ResizeObserver(() => grid?.draw()).observe(root);
tellColors((theme, colors) => post({ type: 'colors', theme, colors }));
post({ type: 'ready' });
