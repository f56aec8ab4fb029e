import type { ExportFormat } from '../panels/messages';
import type { Choice } from '../panels/question';
import type { PanelChoice, PanelFile, PanelNumber, PanelView } from '../protocol';
import { element } from './dom';
import { exportMenu } from './exportMenu';
import { icon } from './icons';
import { segments } from './segments';

export interface ToolbarEvents {
  chosen(choice: Choice): void;
  exported(format: ExportFormat): void;
  saved(file: PanelFile): void;
  /** "What if" is to be opened or closed. */
  editing(on: boolean): void;
}

/** Whether values of the row can be changed. */
export function canEdit(view: PanelView | undefined): boolean {
  return view?.table.rows.some(({ cells }) => cells.some(({ edit }) => edit)) ?? false;
}

/** The sentence of pickers and the tools: one tab stop, left and right walk them. */
export function toolbar(view: PanelView, editing: boolean, events: ToolbarEvents): HTMLElement {
  const { targets, features, methods, spaces, backgrounds, evaluations, others, otherMethods, layers, baselines } =
    view.pickers;
  const picker = (
    word: string,
    name: string,
    kind: Exclude<Choice['picker'], 'evaluations'>,
    choices: PanelChoice[] = [],
  ) =>
    choices.length === 0
      ? undefined
      : element('span', { class: 'part' }, [
          element('span', { class: 'word', text: word }),
          choices.length === 1
            ? element('span', { class: 'only', text: choices[0]!.text })
            : select(name, choices, (value) => events.chosen({ picker: kind, value })),
        ]);
  const views = view.views ?? [];
  const chosenView = (value: string) => events.chosen({ picker: 'view', value });
  const sentence = element('div', { class: 'sentence' }, [
    picker('Explain', 'Target', 'target', targets),
    picker('and not', 'Second class', 'other', others ?? undefined),
    picker('of', 'Column', 'feature', features),
    picker('with', 'Method', 'method', methods),
    picker('beside', 'Second method', 'otherMethod', otherMethods ?? undefined),
    picker('at', 'Layer', 'layer', layers ?? undefined),
    picker('in', 'Scale', 'space', spaces),
    picker('from', 'Baseline', 'baseline', baselines ?? undefined),
    picker('against', 'Background', 'background', backgrounds),
    evaluations
      ? element('label', { class: 'part' }, [
          element('span', { class: 'word', text: 'using' }),
          number(evaluations, (value) => events.chosen({ picker: 'evaluations', value })),
          element('span', { class: 'word', text: 'evaluations' }),
        ])
      : undefined,
    views.length > 1
      ? element('span', { class: 'part' }, [
          element('span', { class: 'word', text: 'View' }),
          segments('View', views, views.find(({ selected }) => selected)?.value ?? '', chosenView, false),
        ])
      : undefined,
  ]);
  const whatIf = element('button', {
    class: 'tool wide',
    text: 'What if…',
    attributes: {
      type: 'button',
      'aria-pressed': editing,
      title: 'Change values of this row',
      'data-action': 'what-if',
    },
    on: { click: () => events.editing(!editing) },
  });
  const copy = element(
    'button',
    {
      class: 'tool',
      attributes: {
        type: 'button',
        title: 'Copy as Markdown',
        'aria-label': 'Copy as Markdown',
        'data-action': 'copy',
      },
      on: { click: () => events.exported('markdown') },
    },
    [icon('copy')],
  );
  const root = element(
    'div',
    {
      class: 'toolbar',
      attributes: { role: 'toolbar', 'aria-label': 'Explanation' },
      on: { keydown: (event) => walk(root, event), focusin: (event) => stopAt(root, event.target as HTMLElement) },
    },
    [
      sentence,
      element('div', { class: 'tools' }, [
        canEdit(view) ? whatIf : undefined,
        view.exports.markdown ? copy : undefined,
        exportMenu(view.exports, events),
      ]),
    ],
  );
  stopAt(root, controls(root)[0]);
  return root;
}

function select(name: string, choices: readonly PanelChoice[], chosen: (value: string) => void): HTMLElement {
  const node = element(
    'select',
    { attributes: { 'aria-label': name, title: name }, on: { change: () => chosen(node.value) } },
    choices.map(({ value, text, selected }) => {
      const option = element('option', { text, attributes: { value } });
      option.selected = selected;
      return option;
    }),
  );
  return element('span', { class: 'select' }, [node, icon('chevronDown')]);
}

function number({ value, minimum, maximum }: PanelNumber, chosen: (value: string) => void): HTMLElement {
  const limits = `${group(minimum)} to ${group(maximum)}`;
  const node = element('input', {
    class: 'evaluations',
    attributes: { type: 'text', inputmode: 'numeric', 'aria-label': `Evaluations, ${limits}`, title: limits },
    on: {
      change: () => {
        const typed = Number(node.value.replace(/[\s,]/g, ''));
        const next = Number.isFinite(typed) && node.value.trim() !== '' ? Math.round(typed) : value;
        const kept = Math.min(Math.max(next, minimum), maximum);
        node.value = group(kept);
        if (kept !== value) chosen(String(kept));
      },
    },
  });
  node.value = group(value);
  node.size = Math.max(4, group(maximum).length);
  return node;
}

function group(value: number): string {
  return value.toLocaleString('en-GB');
}

function controls(root: HTMLElement): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>('select, input, button:not([role="menuitem"])')];
}

function stopAt(root: HTMLElement, control: HTMLElement | undefined): void {
  for (const other of controls(root)) other.tabIndex = other === control ? 0 : -1;
}

function walk(root: HTMLElement, event: KeyboardEvent): void {
  const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
  const target = event.target as HTMLElement;
  if (step === 0 || (target instanceof HTMLInputElement && !atEnd(target, step))) return;
  const all = controls(root);
  all[Math.min(Math.max(all.indexOf(target) + step, 0), all.length - 1)]?.focus();
  event.preventDefault(); // else a picker would change its choice
}

/** Whether the caret can go no further that way: arrows first move within a field. */
function atEnd({ selectionStart, selectionEnd, value }: HTMLInputElement, step: number): boolean {
  return selectionStart === selectionEnd && selectionStart === (step < 0 ? 0 : value.length);
}
