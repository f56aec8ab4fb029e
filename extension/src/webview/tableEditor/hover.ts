import { element } from '../dom';
import { markdownView, type LinkedCommand } from './markdown';

/** The hover beside a cell. It stays while the pointer is in it; Escape closes it. */
export class HoverBox {
  readonly root = element('div', { class: 'hover', attributes: { role: 'tooltip', hidden: true } });
  private closing: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly run: (command: LinkedCommand) => void) {
    this.root.addEventListener('mouseenter', () => clearTimeout(this.closing));
    this.root.addEventListener('mouseleave', () => this.close());
  }

  show(markdown: string, beside: DOMRect): void {
    clearTimeout(this.closing);
    if (!markdown) return;
    this.root.replaceChildren(...markdownView(markdown, this.run));
    this.root.hidden = false;
    const { innerWidth, innerHeight } = window;
    const { offsetWidth, offsetHeight } = this.root;
    const below = beside.bottom + offsetHeight + 8 < innerHeight;
    this.root.style.left = `${Math.max(8, Math.min(beside.left, innerWidth - offsetWidth - 8))}px`;
    this.root.style.top = `${below ? beside.bottom + 2 : Math.max(8, beside.top - offsetHeight - 2)}px`;
  }

  /** After a moment, so that the pointer can come over. */
  leave(): void {
    clearTimeout(this.closing);
    this.closing = setTimeout(() => this.close(), 250);
  }

  close(): void {
    clearTimeout(this.closing);
    this.root.hidden = true;
  }
}
