/** A colour with alpha, channels from 0 to 1, gamma-encoded sRGB. */
export interface Color {
  r: number;
  g: number;
  b: number;
  a: number;
}

/** Reads `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`, `rgb(…)` and `rgba(…)`; anything else is undefined. */
export function parseColor(text: string | undefined): Color | undefined {
  const value = text?.trim().toLowerCase() ?? '';
  const hex = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/.exec(value)?.[1];
  if (hex !== undefined) {
    const wide = hex.length <= 4 ? [...hex].map((digit) => digit + digit).join('') : hex;
    const channel = (at: number) => parseInt(wide.slice(at, at + 2), 16) / 255;
    return { r: channel(0), g: channel(2), b: channel(4), a: wide.length === 8 ? channel(6) : 1 };
  }
  const numbers = /^rgba?\(([^)]*)\)$/
    .exec(value)?.[1]
    ?.split(/[\s,/]+/)
    .filter(Boolean);
  if (numbers === undefined || (numbers.length !== 3 && numbers.length !== 4)) return undefined;
  const [r, g, b, a] = numbers.map((part, index) =>
    part.endsWith('%') ? Number(part.slice(0, -1)) / 100 : Number(part) / (index < 3 ? 255 : 1),
  );
  const color = { r: r!, g: g!, b: b!, a: a ?? 1 };
  return Object.values(color).every((part) => part >= 0 && part <= 1) ? color : undefined;
}

/** `#RRGGBB`; alpha is dropped. */
export function toHex({ r, g, b }: Color): string {
  const channel = (value: number) =>
    Math.round(value * 255)
      .toString(16)
      .padStart(2, '0');
  return `#${channel(r)}${channel(g)}${channel(b)}`.toUpperCase();
}

/** `from` moved towards `to`: 0 is `from`, 1 is `to`. Mixed as the eye sees the codes, in gamma-encoded sRGB. */
export function mix(from: Color, to: Color, amount: number): Color {
  const part = (a: number, b: number) => a + (b - a) * amount;
  return { r: part(from.r, to.r), g: part(from.g, to.g), b: part(from.b, to.b), a: 1 };
}

/** A colour with alpha as it looks on a ground. */
export function flatten(color: Color, ground: Color): Color {
  return mix(ground, color, color.a);
}

/** WCAG 2 contrast ratio, 1 to 21. */
export function contrast(one: Color, other: Color): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance({ r, g, b }: Color): number {
  const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}
