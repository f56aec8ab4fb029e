import type { MapLook } from '../panels/messages';
import type { PanelColourMap, PanelImage, PanelMap } from '../protocol';

/** A map's numbers, row by row. */
export function valuesOf(map: PanelMap): Float32Array {
  const bytes = Uint8Array.from(atob(map.values), (character) => character.charCodeAt(0));
  return new Float32Array(bytes.buffer, 0, map.width * map.height);
}

export type Rgb = readonly [number, number, number];

export function rgb(hex: string): Rgb {
  const value = parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** The colour at a share of a row of evenly spaced stops, 0 to 1. */
export function colourAt(stops: readonly Rgb[], share: number): Rgb {
  const place = Math.min(Math.max(Number.isNaN(share) ? 0.5 : share, 0), 1) * (stops.length - 1);
  const below = Math.min(Math.floor(place), stops.length - 2);
  const part = place - below;
  const [from, to] = [stops[below]!, stops[below + 1]!];
  return [0, 1, 2].map((i) => Math.round(from[i]! + (to[i]! - from[i]!) * part)) as unknown as Rgb;
}

/** Whether a value is evidence of the kind that is looked at. */
export function isShown(value: number, evidence: MapLook['evidence']): boolean {
  return evidence === 'both' || (evidence === 'for' ? value > 0 : value < 0);
}

/**
 * The least strength that belongs to the strongest `top` per cent of all values; equal ones all belong, zeros never do. Strength is
 * measured among the evidence that is looked at.
 */
export function cutoff(values: Float32Array, top: number, evidence: MapLook['evidence']): number {
  const strengths = Float32Array.from(values, (value) => (isShown(value, evidence) ? Math.abs(value) : 0)).sort();
  const kept = Math.ceil((Math.min(Math.max(top, 0), 100) / 100) * strengths.length);
  if (kept === 0) return Number.POSITIVE_INFINITY;
  return Math.max(strengths[strengths.length - kept]!, Number.MIN_VALUE);
}

/** A map enlarged to a size, its values interpolated between the centres of its cells. */
export function enlarged(values: Float32Array, from: Size, to: Size): Float32Array {
  const out = new Float32Array(to.width * to.height);
  for (let y = 0; y < to.height; y++) {
    const down = place(y, from.height, to.height);
    for (let x = 0; x < to.width; x++) {
      const across = place(x, from.width, to.width);
      const at = (row: number, column: number) => values[row * from.width + column]!;
      const top = at(down.low, across.low) * (1 - across.part) + at(down.low, across.high) * across.part;
      const bottom = at(down.high, across.low) * (1 - across.part) + at(down.high, across.high) * across.part;
      out[y * to.width + x] = top * (1 - down.part) + bottom * down.part;
    }
  }
  return out;
}

function place(index: number, from: number, to: number): { low: number; high: number; part: number } {
  const centre = Math.min(Math.max(((index + 0.5) * from) / to - 0.5, 0), from - 1);
  const low = Math.floor(centre);
  return { low, high: Math.min(low + 1, from - 1), part: centre - low };
}

export interface Size {
  width: number;
  height: number;
}

/** Pixels of a map by itself: opaque, what is not looked at is as zero. */
export function mapPixels(
  values: Float32Array,
  map: PanelMap,
  colours: PanelColourMap,
  evidence: MapLook['evidence'],
): Uint8ClampedArray {
  const stops = stopsOf(map, colours);
  const pixels = new Uint8ClampedArray(values.length * 4);
  values.forEach((value, i) => {
    const [r, g, b] = colourAt(stops, shareOf(isShown(value, evidence) ? value : 0, map));
    pixels.set([r, g, b, 255], i * 4);
  });
  return pixels;
}

/** Pixels of a map on a picture: stronger is more opaque, what is below the cutoff is clear. Opacity comes on top, by style. */
export function overlayPixels(
  values: Float32Array,
  map: PanelMap,
  image: Pick<PanelImage, 'towards' | 'away'>,
  colours: PanelColourMap,
  look: Pick<MapLook, 'evidence'>,
  least: number,
): Uint8ClampedArray {
  const stops = stopsOf(map, colours);
  const [towards, away] = [rgb(image.towards), rgb(image.away)];
  const pixels = new Uint8ClampedArray(values.length * 4);
  values.forEach((value, i) => {
    const strength = Math.abs(value);
    if (!(strength >= least) || !isShown(value, look.evidence)) return;
    const directed = colours.direction && map.twoSided;
    const [r, g, b] = directed ? (value > 0 ? towards : away) : colourAt(stops, shareOf(value, map));
    pixels.set([r, g, b, Math.round(255 * Math.min(1, (1.25 * (strength - map.low)) / (map.limit - map.low)))], i * 4);
  });
  return pixels;
}

/** The stops that a map is coloured with. */
export function stopsOf(map: PanelMap, colours: PanelColourMap): Rgb[] {
  return (map.twoSided ? colours.twoSided : colours.oneSided).map(rgb);
}

function shareOf(value: number, map: PanelMap): number {
  return map.twoSided ? (value / map.limit + 1) / 2 : (value - map.low) / (map.limit - map.low);
}

/** The edges of what is shown, as lines of cells: for high contrast, where colour alone must not say it. */
export function edges(values: Float32Array, { width, height }: Size, shown: (value: number) => boolean): Edge[] {
  const found: Edge[] = [];
  const at = (x: number, y: number) => x >= 0 && y >= 0 && x < width && y < height && shown(values[y * width + x]!);
  for (let y = 0; y <= height; y++) {
    for (let x = 0; x <= width; x++) {
      if (x < width && at(x, y) !== at(x, y - 1)) found.push([x, y, x + 1, y]);
      if (y < height && at(x, y) !== at(x - 1, y)) found.push([x, y, x, y + 1]);
    }
  }
  return found;
}

/** From x, y to x, y. */
export type Edge = readonly [number, number, number, number];

/** +0.45, −0.45, ±0.00, −1.23e−8 (fewer than no decimals): always with a sign, and a real minus. Without one for amounts. */
export function numberText(value: number, decimals: number, signed: boolean): string {
  const size = Math.abs(value);
  const text = decimals >= 0 ? size.toFixed(decimals) : size.toExponential(2).replace('e-', 'e−').replace('e+', 'e');
  if (!signed) return value < 0 ? `−${text}` : text;
  return `${Number(text) === 0 ? '±' : value < 0 ? '−' : '+'}${text}`;
}

/** "28 × 28, shown at 9×", "640 × 480, shown at 0.4×". */
export function sizeText({ width, height }: Size, scale: number): string {
  const times = scale >= 1 ? String(Math.round(scale)) : scale.toFixed(scale < 0.1 ? 2 : 1);
  return scale === 1 ? `${width} × ${height}` : `${width} × ${height}, shown at ${times}×`;
}

/** The largest whole factor at which a picture fits a column; below its own size the share that fits. */
export function scaleFor({ width, height }: Size, column: number): number {
  const fit = column / Math.max(width, height);
  return fit >= 1 ? Math.floor(fit) : fit;
}
