import type { PanelFigure } from '../protocol';
import { element } from './dom';

export interface FigureEvents {
  pointed(key: string | undefined): void;
  selected(key: string): void;
}

/** A picture under a transparent layer of marks: one tab stop, arrows walk them, Enter selects. */
export class FigureView {
  readonly root: HTMLElement;
  private readonly marks: HTMLElement[];

  constructor(
    title: string,
    figure: PanelFigure,
    /** A layer of its own over the picture, in place of marks. */
    overlay: HTMLElement | undefined,
    events: FigureEvents,
  ) {
    this.marks = (overlay ? [] : figure.regions).map(({ x, y, width, height, key, label }, index) => {
      const mark = element('div', {
        class: 'mark',
        attributes: {
          role: 'option',
          'aria-label': label,
          'aria-selected': false,
          tabindex: index === 0 ? 0 : -1,
          'data-key': key ?? undefined,
          title: label,
        },
        on: {
          mouseenter: () => events.pointed(key ?? undefined),
          mouseleave: () => events.pointed(undefined),
          blur: () => events.pointed(undefined),
          focus: () => {
            this.stopAt(index);
            events.pointed(key ?? undefined);
          },
          click: () => key && events.selected(key),
        },
      });
      // In shares of the picture, so that marks stay on it when it is shown smaller.
      const share = (part: number, whole: number) => `${(100 * part) / whole}%`;
      mark.style.left = share(x, figure.width);
      mark.style.top = share(y, figure.height);
      mark.style.width = share(width, figure.width);
      mark.style.height = share(height, figure.height);
      return mark;
    });
    const image = element('img', {
      attributes: { alt: figure.alt, width: figure.width, height: figure.height, draggable: 'false' },
    });
    image.src = `data:image/png;base64,${figure.png}`;
    const layer = element(
      'div',
      {
        class: 'marks',
        attributes: { role: 'listbox', 'aria-label': `${title}: marks` },
        on: { keydown: (event) => this.key(event) },
      },
      this.marks,
    );
    this.root = element('section', { class: 'figure' }, [
      title ? element('h2', { text: title }) : undefined,
      element('div', { class: 'canvas' }, [image, overlay ?? (this.marks.length > 0 ? layer : undefined)]),
    ]);
  }

  /** Marks the region whose row is pointed at in the table, and the selected one. */
  mark(pointed: string | undefined, selected: string | undefined): void {
    for (const mark of this.marks) {
      const key = mark.dataset['key'];
      mark.classList.toggle('pointed', key !== undefined && key === pointed);
      mark.setAttribute('aria-selected', String(key !== undefined && key === selected));
    }
  }

  private key(event: KeyboardEvent): void {
    const at = this.marks.indexOf(event.target as HTMLElement);
    const last = this.marks.length - 1;
    const moves: Record<string, number> = {
      ArrowUp: at - 1,
      ArrowLeft: at - 1,
      ArrowDown: at + 1,
      ArrowRight: at + 1,
      Home: 0,
      End: last,
    };
    const to = moves[event.key];
    if (to !== undefined) this.marks[Math.min(Math.max(to, 0), last)]?.focus();
    else if (event.key === 'Enter' || event.key === ' ') this.marks[at]?.click();
    else return;
    event.preventDefault();
  }

  private stopAt(index: number): void {
    this.marks.forEach((mark, other) => mark.setAttribute('tabindex', other === index ? '0' : '-1'));
  }
}
