import type { Action, Failure, Notice } from '../panels/messages';
import type { PanelBadge, PanelNote } from '../protocol';
import { element } from './dom';
import { icon, type IconName } from './icons';

const actionTexts: Record<Action, string> = {
  again: 'Explain again',
  showLog: 'Show log',
  restartServer: 'Restart server',
  manageTrust: 'Manage trust',
  chooseModel: 'Choose a model…',
};

const noteIcons: Record<string, IconName> = { info: 'info', caution: 'warning', stop: 'error' };
const badgeIcons: Record<string, IconName> = { ok: 'check', caution: 'warning', stop: 'error', unknown: 'question' };

/** The question, where it was asked, and how far the answer can be trusted. */
export function head(heading: string, subLine: string, badge: PanelBadge | null | undefined): HTMLElement {
  const reasons =
    badge && badge.reasons.length > 0
      ? element(
          'ul',
          { class: 'reasons', attributes: { id: 'reasons', hidden: true } },
          badge.reasons.map((text) => element('li', { text })),
        )
      : undefined;
  return element('header', { class: 'head' }, [
    element('div', { class: 'titles' }, [
      element('h1', { text: heading }),
      subLine ? element('p', { class: 'subline', text: subLine }) : undefined,
    ]),
    badge ? badgeView(badge, reasons) : undefined,
    reasons,
  ]);
}

function badgeView({ state, text }: PanelBadge, reasons: HTMLElement | undefined): HTMLElement {
  const parts = [icon(badgeIcons[state] ?? 'question'), element('span', { text })];
  const className = `badge ${badgeIcons[state] ? state : 'unknown'}`;
  if (!reasons) return element('span', { class: className }, parts);
  const button = element(
    'button',
    {
      class: className,
      attributes: { type: 'button', 'aria-expanded': false, 'aria-controls': 'reasons', title: 'Show the reasons' },
      on: {
        click: () => {
          reasons.hidden = !reasons.hidden;
          button.setAttribute('aria-expanded', String(!reasons.hidden));
        },
      },
    },
    parts,
  );
  return button;
}

export function note({ state, text }: PanelNote): HTMLElement {
  return line(state, text, [], () => undefined, 'note');
}

/** A line about the answer: out of date, stopped, the server died. */
export function notice({ state, text, actions }: Notice, act: (action: Action) => void): HTMLElement {
  // A link says the advice that the text ends with; twice would be once too often.
  const said = actions.find((action) => text.endsWith(` ${actionTexts[action]}.`));
  const words = said ? text.slice(0, -actionTexts[said].length - 2) : text;
  const root = line(state, words, actions, act, 'status');
  root.classList.add('notice');
  return root;
}

/** What went wrong in one sentence, what to do in the next. */
export function failure({ text, actions }: Failure, act: (action: Action) => void): HTMLElement {
  const [what, advice] = splitSentence(text);
  return element('section', { class: 'failure', attributes: { role: 'alert' } }, [
    icon('error'),
    element('div', {}, [
      element('p', { class: 'what', text: what }),
      advice ? element('p', { text: advice }) : undefined,
      element(
        'p',
        { class: 'links' },
        actions.map((action) => link(action, act)),
      ),
    ]),
  ]);
}

/** Nothing to show yet: a heading, a sentence, one action. */
export function empty({ text, actions }: Failure, act: (action: Action) => void): HTMLElement {
  const [what, advice] = splitSentence(text);
  return element('section', { class: 'empty' }, [
    element('h1', { text: what }),
    advice ? element('p', { class: 'subline', text: advice }) : undefined,
    ...actions.map((action) => {
      const button = link(action, act);
      button.className = 'primary';
      return button;
    }),
  ]);
}

/** The first sentence and the rest. A full stop inside a file's name ends nothing: a space and a capital must follow. */
export function splitSentence(text: string): [string, string] {
  const end = /[.?](?=\s+\p{Lu})/u.exec(text);
  return end ? [text.slice(0, end.index + 1), text.slice(end.index + 1).trim()] : [text, ''];
}

function line(
  state: string,
  text: string,
  actions: readonly Action[],
  act: (action: Action) => void,
  role: string,
): HTMLElement {
  const kind = noteIcons[state] ? state : 'info';
  return element('div', { class: `note ${kind}`, attributes: { role } }, [
    icon(noteIcons[kind]!),
    element('p', {}, [element('span', { text }), ...actions.map((action) => link(action, act))]),
  ]);
}

function link(action: Action, act: (action: Action) => void): HTMLElement {
  return element('button', {
    class: 'link',
    text: actionTexts[action],
    attributes: { type: 'button', 'data-action': action },
    on: { click: () => act(action) },
  });
}
