import type { PanelFigure, PanelRegion } from '../protocol';
import { element } from './dom';

const svg = 'http://www.w3.org/2000/svg';

/** A pointer that moved less than this has clicked, CSS pixels. */
const clickWithin = 4;

/** Marks larger than this are framed by a rectangle, smaller ones by a ring. */
const largestDot = 16;

/**
 * A layer over a figure whose marks stand for rows of the file. Dragging takes all marks within a rectangle; arrows walk the marks, Enter
 * takes one, Shift adds to what is taken, Escape lets go.
 */
export class Brush {
  readonly root: HTMLElement;
  /** The mark under the pointer or the focus, in words. */
  readonly readout = element('p', { class: 'readout-line', attributes: { 'aria-live': 'polite' } });
  private readonly regions: PanelRegion[];
  private readonly rings = shape('path', 'chosen');
  private readonly cursor = shape('path', 'current');
  private readonly area = shape('rect', 'area');
  private readonly option = element('div', { class: 'unseen', attributes: { role: 'option', id: 'mark-at' } });
  private rows: Set<number>;
  private at = -1;
  private from: { x: number; y: number } | undefined;

  constructor(
    title: string,
    private readonly figure: PanelFigure,
    /** Rows were chosen, or let go. */
    private readonly chosen: (rows: number[]) => void,
    /** Rows that are chosen already: in the same figure at another size, or in another figure of the file. */
    rows: readonly number[] = [],
  ) {
    this.rows = new Set(rows);
    this.regions = figure.regions.filter(({ rows }) => rows && rows.length > 0);
    const drawing = document.createElementNS(svg, 'svg');
    drawing.setAttribute('viewBox', `0 0 ${figure.width} ${figure.height}`);
    drawing.setAttribute('preserveAspectRatio', 'none');
    drawing.setAttribute('aria-hidden', 'true');
    drawing.append(this.area, this.rings, this.cursor);
    this.root = element(
      'div',
      {
        class: 'brush',
        attributes: {
          role: 'listbox',
          tabindex: 0,
          'aria-label': `${title}: drag over marks to choose their rows`,
          'aria-multiselectable': true,
          'aria-activedescendant': 'mark-at',
        },
        on: {
          pointerdown: (event) => this.begin(event),
          pointermove: (event) => this.move(event),
          pointerup: (event) => this.end(event),
          pointercancel: () => this.drop(),
          keydown: (event) => this.key(event),
          focus: () => this.at < 0 && this.regions.length > 0 && this.goTo(0),
          blur: () => this.cursor.setAttribute('d', ''),
        },
      },
      [drawing, this.option],
    );
    this.ring();
  }

  private begin(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.from = this.place(event);
    this.root.setPointerCapture?.(event.pointerId);
  }

  private move(event: PointerEvent): void {
    const to = this.place(event);
    if (this.from) this.show(this.area, rectangle(this.from, to));
    else this.readout.textContent = this.regions[this.hit(to)]?.label ?? '';
  }

  private end(event: PointerEvent): void {
    const { from } = this;
    if (!from) return;
    const to = this.place(event);
    this.drop();
    const { x, y, width, height } = rectangle(from, to);
    if (Math.max(width, height) < clickWithin) {
      const hit = this.hit(to);
      if (hit >= 0) this.goTo(hit);
      this.take(hit >= 0 ? [this.regions[hit]!] : [], event.shiftKey);
      return;
    }
    const within = this.regions.filter((region) => {
      const centre = centreOf(region);
      return centre.x >= x && centre.x <= x + width && centre.y >= y && centre.y <= y + height;
    });
    this.take(within, event.shiftKey);
  }

  private drop(): void {
    this.from = undefined;
    this.show(this.area, { x: 0, y: 0, width: 0, height: 0 });
  }

  private take(regions: readonly PanelRegion[], add: boolean): void {
    const rows = regions.flatMap((region) => region.rows ?? []);
    this.rows = new Set(add ? [...this.rows, ...rows] : rows);
    this.ring();
    this.describe();
    this.chosen([...this.rows].sort((one, other) => one - other));
  }

  private ring(): void {
    const taken = this.regions.filter((region) => region.rows!.some((row) => this.rows.has(row)));
    this.rings.setAttribute('d', taken.map(outline).join(''));
  }

  private key(event: KeyboardEvent): void {
    const last = this.regions.length - 1;
    const moves: Record<string, () => number> = {
      ArrowLeft: () => Math.max(0, this.at - 1),
      ArrowRight: () => Math.min(last, this.at + 1),
      ArrowUp: () => this.beyond(-1),
      ArrowDown: () => this.beyond(1),
      Home: () => 0,
      End: () => last,
    };
    const to = moves[event.key];
    if (to && last >= 0) {
      if (event.shiftKey && this.at >= 0) this.take([this.regions[this.at]!], true);
      this.goTo(to());
      if (event.shiftKey) this.take([this.regions[this.at]!], true);
    } else if (event.key === 'Enter' || event.key === ' ') {
      if (this.at >= 0) this.take([this.regions[this.at]!], event.shiftKey);
    } else if (event.key === 'Escape' && this.rows.size > 0) {
      this.take([], false);
      event.stopPropagation();
    } else return;
    event.preventDefault();
  }

  /** The nearest mark above (−1) or below (1); the present one where there is none. */
  private beyond(direction: number): number {
    const from = centreOf(this.regions[this.at]!);
    let [best, least] = [this.at, Number.POSITIVE_INFINITY];
    this.regions.forEach((region, i) => {
      const { x, y } = centreOf(region);
      const down = direction * (y - from.y);
      const distance = down + 2 * Math.abs(x - from.x);
      if (down > 1 && distance < least) [best, least] = [i, distance];
    });
    return best;
  }

  private goTo(index: number): void {
    this.at = index;
    this.cursor.setAttribute('d', outline(this.regions[index]!));
    this.describe();
  }

  private describe(): void {
    const region = this.regions[this.at];
    if (!region) return;
    this.readout.textContent = region.label;
    this.option.setAttribute('aria-label', region.label);
    this.option.setAttribute('aria-selected', String(region.rows!.some((row) => this.rows.has(row))));
  }

  private hit({ x, y }: { x: number; y: number }): number {
    const covers = (region: PanelRegion, margin: number) =>
      x >= region.x - margin &&
      x <= region.x + region.width + margin &&
      y >= region.y - margin &&
      y <= region.y + region.height + margin;
    const exact = this.regions.findLastIndex((region) => covers(region, 0));
    return exact >= 0 ? exact : this.regions.findLastIndex((region) => covers(region, 2));
  }

  /** Where a pointer is, in the figure's own pixels. */
  private place({ clientX, clientY }: PointerEvent): { x: number; y: number } {
    const box = this.root.getBoundingClientRect();
    return {
      x: ((clientX - box.left) * this.figure.width) / (box.width || 1),
      y: ((clientY - box.top) * this.figure.height) / (box.height || 1),
    };
  }

  private show(node: SVGElement, box: Record<string, number>): void {
    for (const [name, value] of Object.entries(box)) node.setAttribute(name, String(value));
  }
}

function shape(tag: 'path' | 'rect', name: string): SVGElement {
  const node = document.createElementNS(svg, tag);
  node.setAttribute('class', name);
  return node;
}

function rectangle(from: { x: number; y: number }, to: { x: number; y: number }) {
  return {
    x: Math.min(from.x, to.x),
    y: Math.min(from.y, to.y),
    width: Math.abs(to.x - from.x),
    height: Math.abs(to.y - from.y),
  };
}

function centreOf({ x, y, width, height }: PanelRegion): { x: number; y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}

function outline(region: PanelRegion): string {
  const { x, y } = centreOf(region);
  const { width, height } = region;
  if (Math.max(width, height) > largestDot) return `M${region.x} ${region.y}h${width}v${height}h${-width}z`;
  const r = Math.max(width, height) / 2 + 1.6;
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
}
