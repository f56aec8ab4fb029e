import type { PanelWhatIf } from '../protocol';
import { element } from './dom';

export interface WhatIfEvents {
  /** All cells go back to what the file says. */
  reset(): void;
  /** The changed row is to be written to a new document. */
  written(text: string): void;
  /** The row as it is in the file is enough. */
  closed(): void;
}

/** The line above a table whose values can be changed. */
export function whatIfLine(whatIf: PanelWhatIf | undefined, events: WhatIfEvents): HTMLElement {
  const changed = whatIf?.changed ?? 0;
  const button = (text: string, action: string, clicked: () => void) =>
    element('button', {
      class: 'link',
      text,
      attributes: { type: 'button', 'data-action': action },
      on: { click: clicked },
    });
  return element('div', { class: 'what-if', attributes: { role: 'status' } }, [
    element('span', {
      class: whatIf ? 'difference' : 'ink2',
      text: whatIf ? whatIf.difference : 'Change a value to see what the model would say.',
    }),
    changed > 0 ? button(changed === 1 ? 'Reset' : `Reset all ${changed}`, 'reset', events.reset) : undefined,
    whatIf ? button('Write to a new file', 'write', () => events.written(whatIf.text)) : undefined,
    button('Close', 'close', events.closed),
  ]);
}
