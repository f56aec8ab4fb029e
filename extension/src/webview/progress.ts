import type { Busy } from '../panels/messages';
import { element } from './dom';

/** Screen readers are told at most this often. */
const speakEvery = 5_000;

/** A 2 px line under the toolbar, and what is being done in words. Its room is always there, so that nothing jumps. */
export class ProgressView {
  private readonly bar = element('div', { class: 'bar' });
  private readonly words = element('span');
  private readonly spoken = element('span', { class: 'unseen', attributes: { 'aria-live': 'polite' } });
  private readonly text: HTMLElement;
  private spokenAt = Number.NEGATIVE_INFINITY;
  readonly line = element('div', { class: 'progress', attributes: { role: 'progressbar', hidden: true } }, [this.bar]);
  readonly root: HTMLElement;

  constructor(
    stop: () => void,
    private readonly now: () => number = Date.now,
  ) {
    const button = element('button', {
      class: 'link',
      text: 'Stop',
      attributes: { type: 'button', 'data-action': 'stop' },
      on: { click: stop },
    });
    this.text = element('p', { class: 'busy idle' }, [this.words, button]);
    this.root = element('div', {}, [this.text, this.spoken]);
  }

  show(busy: Busy | undefined): void {
    this.line.hidden = busy === undefined;
    this.text.classList.toggle('idle', busy === undefined);
    this.line.classList.toggle('unknown', busy?.fraction === undefined);
    if (!busy) {
      this.spoken.textContent = '';
      return;
    }
    const percent = busy.fraction === undefined ? undefined : Math.round(100 * Math.min(Math.max(busy.fraction, 0), 1));
    this.bar.style.width = percent === undefined ? '' : `${percent}%`;
    if (percent === undefined) this.line.removeAttribute('aria-valuenow');
    else this.line.setAttribute('aria-valuenow', String(percent));
    this.line.setAttribute('aria-label', busy.text);
    this.words.textContent = busy.text;
    if (this.now() - this.spokenAt < speakEvery) return;
    this.spokenAt = this.now();
    this.spoken.textContent = busy.text;
  }
}
