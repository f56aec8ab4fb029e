import type { ExportFormat } from '../panels/messages';
import type { Choice } from '../panels/question';
import type { PanelChoice, PanelNumber, PanelView } from '../protocol';
import { element } from './dom';
import { icon, type IconName } from './icons';

export interface ToolbarEvents {
  chosen(choice: Choice): void;
  exported(format: ExportFormat): void;
}

/** The sentence of pickers and the export buttons: one tab stop, left and right walk them. */
export function toolbar(view: PanelView, events: ToolbarEvents): HTMLElement {
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
  ]);
  const { markdown, png, csv, json } = view.exports;
  const button = (format: ExportFormat, name: IconName, tooltip: string, content: string) =>
    content === ''
      ? undefined
      : element(
          'button',
          {
            class: 'tool',
            attributes: { type: 'button', title: tooltip, 'aria-label': tooltip, 'data-export': format },
            on: { click: () => events.exported(format) },
          },
          [icon(name)],
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
        button('markdown', 'copy', 'Copy as Markdown', markdown),
        button('png', 'picture', 'Save the figure as PNG', png),
        button('csv', 'table', 'Save the table as CSV', csv),
        button('json', 'braces', 'Save the explanation as JSON', json),
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
  return [...root.querySelectorAll<HTMLElement>('select, input, button')];
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
