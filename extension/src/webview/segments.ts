import { element } from './dom';

export interface Segment {
  value: string;
  text: string;
}

/** Choices in a row, one of them in force: a radio group with one tab stop. Arrows choose, unless a toolbar wants them to walk on. */
export function segments(
  label: string,
  choices: readonly Segment[],
  chosen: string,
  changed: (value: string) => void,
  arrowsChoose = true,
): HTMLElement {
  let current = chosen;
  const buttons = choices.map(({ value, text }) =>
    element('button', {
      text,
      attributes: { type: 'button', role: 'radio', 'data-value': value },
      on: { click: () => take(value) },
    }),
  );
  const show = () =>
    buttons.forEach((button, i) => {
      const isChosen = choices[i]!.value === current;
      button.setAttribute('aria-checked', String(isChosen));
      button.tabIndex = isChosen ? 0 : -1;
    });
  const take = (value: string) => {
    if (value === current) return;
    current = value;
    show();
    changed(value);
  };
  show();
  return element(
    'div',
    {
      class: 'segments',
      attributes: { role: 'radiogroup', 'aria-label': label },
      on: {
        keydown: (event) => {
          const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
          if (!step || !arrowsChoose) return;
          event.preventDefault();
          const at = choices.findIndex(({ value }) => value === current);
          const next = (at + step + choices.length) % choices.length;
          buttons[next]!.focus();
          take(choices[next]!.value);
        },
      },
    },
    buttons,
  );
}
