import type { ExportFormat } from '../panels/messages';
import type { PanelExports, PanelFile } from '../protocol';
import { element } from './dom';
import { icon } from './icons';

export interface ExportEvents {
  exported(format: ExportFormat): void;
  saved(file: PanelFile): void;
}

/** What can be saved, as a button with a menu; nothing where there is nothing. */
export function exportMenu({ png, csv, json, files }: PanelExports, events: ExportEvents): HTMLElement | undefined {
  const entry = (title: string, content: string, format: ExportFormat) =>
    content ? [{ title, chosen: () => events.exported(format) }] : [];
  const entries = files
    ? files.map((file) => ({ title: file.title, chosen: () => events.saved(file) }))
    : [
        ...entry('Figure as PNG', png, 'png'),
        ...entry('Table as CSV', csv, 'csv'),
        ...entry('Explanation as JSON', json, 'json'),
      ];
  if (entries.length === 0) return undefined;
  const items = entries.map(({ title, chosen }) =>
    element('button', {
      text: title,
      attributes: { type: 'button', role: 'menuitem', tabindex: -1, 'data-export': title },
      on: {
        click: () => {
          show(false);
          chosen();
        },
      },
    }),
  );
  const menu = element(
    'div',
    { class: 'menu', attributes: { role: 'menu', 'aria-label': 'Save', hidden: true } },
    items,
  );
  const button = element(
    'button',
    {
      class: 'tool',
      attributes: {
        type: 'button',
        title: 'Save…',
        'aria-label': 'Save…',
        'aria-haspopup': 'menu',
        'aria-expanded': false,
        'data-action': 'save',
      },
      on: { click: () => show(menu.hidden) },
    },
    [icon('save')],
  );
  const show = (open: boolean) => {
    menu.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
    (open ? items[0]! : button).focus();
  };
  const key = (event: KeyboardEvent) => {
    if (menu.hidden) return;
    const at = items.indexOf(event.target as HTMLButtonElement);
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step) items[(at + step + items.length) % items.length]!.focus();
    else if (event.key === 'Escape') show(false);
    else if (!['ArrowLeft', 'ArrowRight'].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const root = element('div', { class: 'save', on: { keydown: key } }, [button, menu]);
  root.addEventListener('focusout', ({ relatedTarget }) => {
    if (!menu.hidden && !root.contains(relatedTarget as Node | null)) {
      menu.hidden = true;
      button.setAttribute('aria-expanded', 'false');
    }
  });
  return root;
}
