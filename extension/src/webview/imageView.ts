import type { MapLook } from '../panels/messages';
import type { PanelColourMap, PanelImage, PanelMap } from '../protocol';
import { element } from './dom';
import { legend } from './legend';
import { lookControls } from './look';
import {
  cutoff,
  edges,
  enlarged,
  isShown,
  mapPixels,
  numberText,
  overlayPixels,
  scaleFor,
  sizeText,
  valuesOf,
  type Size,
} from './maps';

/** Space between pictures. */
const gap = 32;
/** A picture is no narrower than this: rows wrap instead. */
const narrowest = 200;
const widest = 320;
/** Of a picture under a map: how much of its contrast stays. */
const dimmed = 0.55;

const hint = 'Point at a picture, or walk over it with the arrow keys, to read a pixel.';

/** A picture, its maps, the map on the picture: drawn here from the map's values, so that sliders answer at once. */
export class ImageView {
  readonly root: HTMLElement;
  private readonly views: View[] = [];
  private readonly overlay: View;
  private readonly figures: HTMLElement;
  private readonly legends = element('div', { class: 'legends' });
  private readonly readout = element('p', { class: 'readout', text: hint, attributes: { 'aria-live': 'off' } });
  private readonly values: Float32Array[];
  private readonly picture = new Image();
  private levels: Uint8ClampedArray | undefined;
  private at: { x: number; y: number } | undefined;
  private column = 0;

  constructor(
    private readonly image: PanelImage,
    private look: MapLook,
    changed: (look: MapLook) => void,
    /** The numbers of the maps, beside the legend. */
    table: HTMLElement | undefined,
  ) {
    this.values = image.maps.map(valuesOf);
    const [first, second] = image.maps;
    if (image.png) this.views.push(this.view('Picture', `${image.name}, as the model was shown it`));
    if (first) this.views.push(this.view(first.title, first.alt));
    this.overlay = this.view('On the picture', first ? `${first.alt} Drawn on the picture.` : '');
    if (first) this.views.push(this.overlay);
    if (second) this.views.push(this.view(second.title, second.alt));
    this.figures = element(
      'div',
      {
        class: 'maps',
        attributes: {
          role: 'application',
          tabindex: 0,
          'aria-roledescription': 'maps',
          'aria-label': 'Picture and maps. Arrow keys read pixels, with Shift ten at a time.',
        },
        on: {
          keydown: (event) => this.key(event),
          focus: () => this.readout.setAttribute('aria-live', 'polite'),
          blur: () => this.readout.setAttribute('aria-live', 'off'),
          mouseleave: () => this.read(undefined),
        },
      },
      this.views.map(({ root }) => root),
    );
    const controls = lookControls(
      look,
      image.colourMaps,
      image.maps.some(({ twoSided }) => twoSided),
      (change) => {
        this.look = { ...this.look, ...change };
        changed(this.look);
        this.paint();
      },
    );
    this.root = element('section', { class: 'image' }, [
      this.figures,
      this.readout,
      element('div', { class: 'below' }, [controls, this.legends, table]),
    ]);
    this.picture.onload = () => {
      this.levels = levelsOf(this.picture, image);
      this.paint();
    };
    if (image.png) this.picture.src = `data:image/png;base64,${image.png}`;
    this.paint();
  }

  /** Lays the pictures out for a width, CSS pixels. */
  layOut(width: number): void {
    const count = this.views.length;
    const perRow = Math.max(1, Math.min(count, Math.floor((width + gap) / (narrowest + gap))));
    const column = Math.min(widest, Math.floor((width - gap * (perRow - 1)) / perRow));
    if (column === this.column || column <= 0) return;
    this.column = column;
    this.paint();
  }

  private get colours(): PanelColourMap {
    return this.image.colourMaps.find(({ id }) => id === this.look.colourMap) ?? this.image.colourMaps[0]!;
  }

  private get highContrast(): boolean {
    return document.body.classList.contains('vscode-high-contrast');
  }

  private view(title: string, alt: string): View {
    const canvas = element('canvas', { attributes: { role: 'img', 'aria-label': alt } });
    const top = element('canvas', { class: 'over', attributes: { 'aria-hidden': true } });
    const cursor = element('div', { class: 'pixel', attributes: { hidden: true } });
    const frame = element('div', { class: 'frame' }, [canvas, top, cursor]);
    frame.addEventListener('mousemove', (event) => {
      const box = frame.getBoundingClientRect();
      this.read({
        x: Math.floor(((event.clientX - box.left) / box.width) * this.image.width),
        y: Math.floor(((event.clientY - box.top) / box.height) * this.image.height),
      });
    });
    const sub = element('p', { class: 'ink2' });
    const root = element('figure', {}, [element('h2', { text: title }), sub, frame]);
    return { root, sub, frame, canvas, top, cursor };
  }

  private paint(): void {
    const { image, look } = this;
    const scale = scaleFor(image, this.column || narrowest);
    const size = { width: Math.round(image.width * scale), height: Math.round(image.height * scale) };
    for (const { root, frame } of this.views) {
      frame.style.width = `${size.width}px`;
      frame.style.height = `${size.height}px`;
      root.style.width = `${Math.max(size.width, Math.min(this.column, widest))}px`;
    }
    const [first, second] = image.maps;
    let next = 0;
    if (image.png) {
      const view = this.views[next++]!;
      view.sub.textContent = sizeText(image, scale);
      this.drawPicture(view.canvas, 1, scale);
    }
    if (first) {
      this.drawMap(this.views[next++]!, first, this.values[0]!, size);
      this.overlay.sub.textContent = `strongest ${look.top} % of ${first.smooth ? 'the map' : 'pixels'}`;
      this.drawPicture(this.overlay.canvas, dimmed, scale);
      this.drawOverlay(first, this.values[0]!, size);
      next++;
    }
    if (second) this.drawMap(this.views[next]!, second, this.values[1]!, size);
    // The difference of two classes shares the first map's limit and unit; another method's map has its own.
    const apart = second !== undefined && (second.limit !== first!.limit || second.decimals !== first!.decimals);
    this.legends.replaceChildren(...image.maps.slice(0, apart ? 2 : 1).map((map) => legend(map, this.colours, apart)));
    this.read(this.at);
  }

  private drawPicture(canvas: HTMLCanvasElement, contrast: number, scale: number): void {
    const context = contextOf(canvas, this.image);
    canvas.classList.toggle('smooth', scale < 1);
    if (!context || !this.picture.complete || this.picture.naturalWidth === 0) return;
    context.fillStyle = this.image.ground;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.globalAlpha = contrast;
    context.drawImage(this.picture, 0, 0);
  }

  private drawMap(view: View, map: PanelMap, values: Float32Array, size: Size): void {
    view.sub.textContent = map.smooth
      ? [map.subLine, `enlarged from ${map.height} × ${map.width}`].filter(Boolean).join(' · ')
      : map.subLine;
    const shown = this.sized(map, values, size);
    const context = contextOf(view.canvas, shown);
    const pixels = mapPixels(shown.values, map, this.colours, this.look.evidence);
    context?.putImageData(new ImageData(pixels as ImageDataArray, shown.width, shown.height), 0, 0);
  }

  private drawOverlay(map: PanelMap, values: Float32Array, size: Size): void {
    const { top } = this.overlay;
    const shown = this.sized(map, values, size);
    const least = cutoff(shown.values, this.look.top, this.look.evidence);
    const context = contextOf(top, shown);
    const pixels = overlayPixels(shown.values, map, this.image, this.colours, this.look, least);
    top.style.opacity = String(this.look.opacity / 100);
    if (!context) return;
    context.putImageData(new ImageData(pixels as ImageDataArray, shown.width, shown.height), 0, 0);
    if (this.highContrast) this.outline(shown, least, size);
  }

  /** In high contrast a line runs around what is shown. It is drawn at the size of the screen, on the picture's own canvas. */
  private outline(shown: Size & { values: Float32Array }, least: number, size: Size): void {
    const { canvas } = this.overlay;
    const copy = element('canvas');
    const source = contextOf(copy, canvas);
    source?.drawImage(canvas, 0, 0);
    const context = contextOf(canvas, size);
    if (!context) return;
    context.imageSmoothingEnabled = false;
    context.drawImage(copy, 0, 0, size.width, size.height);
    context.strokeStyle = getComputedStyle(document.body).color;
    const [across, down] = [size.width / shown.width, size.height / shown.height];
    context.beginPath();
    const inside = (value: number) => Math.abs(value) >= least && isShown(value, this.look.evidence);
    for (const [x, y, toX, toY] of edges(shown.values, shown, inside)) {
      context.moveTo(x * across, y * down);
      context.lineTo(toX * across, toY * down);
    }
    context.stroke();
  }

  /** A layer's map is enlarged smoothly to what is shown; every other one keeps its own pixels. */
  private sized(map: PanelMap, values: Float32Array, size: Size): Size & { values: Float32Array } {
    const own = { width: map.width, height: map.height };
    return map.smooth ? { ...size, values: enlarged(values, own, size) } : { ...own, values };
  }

  private key(event: KeyboardEvent): void {
    const step = event.shiftKey ? 10 : 1;
    const { x, y } = this.at ?? { x: Math.floor(this.image.width / 2), y: Math.floor(this.image.height / 2) };
    const moves: Record<string, { x: number; y: number }> = {
      ArrowLeft: { x: x - step, y },
      ArrowRight: { x: x + step, y },
      ArrowUp: { x, y: y - step },
      ArrowDown: { x, y: y + step },
      Home: { x: 0, y: event.ctrlKey ? 0 : y },
      End: { x: this.image.width - 1, y: event.ctrlKey ? this.image.height - 1 : y },
    };
    const to = this.at ? moves[event.key] : moves[event.key] && { x, y };
    if (!to) return;
    event.preventDefault();
    this.read(to);
  }

  /** Says what is at a pixel, and marks it in every picture. */
  private read(at: { x: number; y: number } | undefined): void {
    const { width, height, maps } = this.image;
    this.at = at && { x: Math.min(Math.max(at.x, 0), width - 1), y: Math.min(Math.max(at.y, 0), height - 1) };
    for (const { cursor } of this.views) {
      cursor.hidden = !this.at;
      if (!this.at) continue;
      cursor.style.left = `${(100 * this.at.x) / width}%`;
      cursor.style.top = `${(100 * this.at.y) / height}%`;
      cursor.style.width = `${100 / width}%`;
      cursor.style.height = `${100 / height}%`;
    }
    if (!this.at) {
      this.readout.textContent = hint;
      return;
    }
    const { x, y } = this.at;
    const level = this.levels?.subarray((y * width + x) * 4, (y * width + x) * 4 + 3);
    const grey = level && level[0] === level[1] && level[1] === level[2];
    this.readout.textContent = [
      `x ${x}, y ${y}`,
      ...maps.map(
        (map, i) => `${map.caption} ${numberText(this.valueAt(map, this.values[i]!), map.decimals, map.twoSided)}`,
      ),
      level && (grey ? `grey ${level[0]}` : `red ${level[0]}, green ${level[1]}, blue ${level[2]}`),
    ]
      .filter(Boolean)
      .join(' · ');
  }

  private valueAt(map: PanelMap, values: Float32Array): number {
    const column = Math.min(Math.floor((this.at!.x * map.width) / this.image.width), map.width - 1);
    const row = Math.min(Math.floor((this.at!.y * map.height) / this.image.height), map.height - 1);
    return values[row * map.width + column]!;
  }
}

interface View {
  root: HTMLElement;
  sub: HTMLElement;
  frame: HTMLElement;
  canvas: HTMLCanvasElement;
  top: HTMLCanvasElement;
  cursor: HTMLElement;
}

/** A canvas of this size, cleared; undefined where there is nothing to draw on. */
function contextOf(canvas: HTMLCanvasElement, { width, height }: Size): CanvasRenderingContext2D | undefined {
  canvas.width = width;
  canvas.height = height;
  return canvas.getContext('2d') ?? undefined;
}

function levelsOf(picture: HTMLImageElement, size: Size): Uint8ClampedArray | undefined {
  const context = contextOf(element('canvas'), size);
  context?.drawImage(picture, 0, 0);
  return context?.getImageData(0, 0, size.width, size.height).data;
}
