import type { CellCheck, PanelEdit } from '../protocol';
import { element, setAttributes } from './dom';
import { icon } from './icons';

/** A cell under "what if": a field or a list of words, what stood there, a way back, and what is to be said about it. */
export class CellEditor {
  readonly root: HTMLElement;
  /** What takes the focus. */
  readonly control: HTMLInputElement | HTMLSelectElement;
  private readonly was: HTMLElement;
  private readonly reset: HTMLButtonElement;
  private readonly message: HTMLElement;

  constructor(
    readonly column: string,
    private readonly original: string,
    { text, choices }: PanelEdit,
    numeric: boolean,
    private readonly changed: () => void,
  ) {
    const id = `said-${column}`;
    const attributes = { 'aria-label': `${column}, value`, 'aria-describedby': id, 'data-cell': column };
    this.control =
      choices.length > 0
        ? element(
            'select',
            { attributes },
            choices.map((value) =>
              element('option', { text: value === '' ? 'missing' : value, attributes: { value } }),
            ),
          )
        : element('input', {
            attributes: { ...attributes, type: 'text', inputmode: numeric ? 'decimal' : 'text', spellcheck: 'false' },
          });
    this.control.value = text;
    this.control.addEventListener(choices.length > 0 ? 'change' : 'input', () => this.edited());
    this.was = element('span', { class: 'was' });
    this.reset = element(
      'button',
      {
        class: 'tool small',
        attributes: { type: 'button', title: `Back to ${shown(original)}`, 'aria-label': `Reset ${column}` },
        on: {
          click: () => {
            this.set(original);
            this.control.focus();
            this.changed();
          },
        },
      },
      [icon('discard')],
    );
    this.message = element('p', { class: 'said', attributes: { id, role: 'status' } });
    const field =
      choices.length > 0 ? element('span', { class: 'select' }, [this.control, icon('chevronDown')]) : this.control;
    this.root = element('div', { class: `editor${numeric ? ' numeric' : ''}` }, [
      element('div', { class: 'line' }, [this.was, this.reset, field]),
      this.message,
    ]);
    this.show();
  }

  get value(): string {
    return this.control.value;
  }

  get isChanged(): boolean {
    return this.value !== this.original;
  }

  /** Another value that nobody typed. */
  set(value: string): void {
    if (this.control instanceof HTMLSelectElement && ![...this.control.options].some((each) => each.value === value)) {
      this.control.append(element('option', { text: value, attributes: { value } }));
    }
    this.control.value = value;
    this.show();
  }

  say(check: CellCheck | undefined): void {
    this.message.textContent = check?.text ?? '';
    this.message.className = `said ${check?.state ?? ''}`;
    setAttributes(this.control, { 'aria-invalid': check?.state === 'stop' });
  }

  private edited(): void {
    this.show();
    this.changed();
  }

  private show(): void {
    this.root.classList.toggle('changed', this.isChanged);
    this.was.textContent = this.isChanged ? `was ${shown(this.original)}` : '';
    this.reset.hidden = !this.isChanged;
  }
}

const shown = (value: string) => (value === '' ? 'missing' : value);
