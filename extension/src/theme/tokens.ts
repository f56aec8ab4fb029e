import type { ThemeParams } from '../protocol';
import { contrast, flatten, mix, parseColor, toHex, type Color } from './color';

export type ThemeKind = 'dark' | 'light' | 'hc-dark' | 'hc-light';

/** A theme's colours by VS Code's ids (`editor.background`), as CSS text. */
export type ThemeColors = Readonly<Record<string, string>>;

/** The ids that figures are drawn from; webviews read these and no others. */
export const colorIds = [
  'editor.background',
  'editorHoverWidget.background',
  'foreground',
  'editorHoverWidget.foreground',
  'tab.activeForeground',
  'descriptionForeground',
  'focusBorder',
  'panel.border',
  'contrastBorder',
  'testing.iconPassed',
  'editorWarning.foreground',
  'editorError.foreground',
  'explainLsp.towards',
  'explainLsp.away',
  'explainLsp.series1',
  'explainLsp.series2',
  'explainLsp.series3',
  'explainLsp.series4',
] as const;

/** What each kind looks like when nothing else is known: VS Code's own themes. */
const defaults: Record<ThemeKind, ThemeColors> = {
  dark: {
    'editor.background': '#1F1F1F',
    'editorHoverWidget.background': '#202020',
    foreground: '#CCCCCC',
    'tab.activeForeground': '#FFFFFF',
    descriptionForeground: '#9D9D9D',
    focusBorder: '#0078D4',
    'panel.border': '#2B2B2B',
  },
  light: {
    'editor.background': '#FFFFFF',
    'editorHoverWidget.background': '#F8F8F8',
    foreground: '#3B3B3B',
    'tab.activeForeground': '#1F1F1F',
    descriptionForeground: '#616161',
    focusBorder: '#005FB8',
    'panel.border': '#E5E5E5',
  },
  'hc-dark': {
    'editor.background': '#000000',
    'editorHoverWidget.background': '#000000',
    foreground: '#FFFFFF',
    'tab.activeForeground': '#FFFFFF',
    descriptionForeground: '#FFFFFF',
    focusBorder: '#F38518',
    contrastBorder: '#6FC3DF',
  },
  'hc-light': {
    'editor.background': '#FFFFFF',
    'editorHoverWidget.background': '#FFFFFF',
    foreground: '#292929',
    'tab.activeForeground': '#000000',
    descriptionForeground: '#292929',
    focusBorder: '#006BBD',
    contrastBorder: '#0F4A85',
  },
};

/** Colours that are the same wherever they stand: sent only when the theme knows them. */
const passedOn: Record<string, string> = {
  ok: 'testing.iconPassed',
  caution: 'editorWarning.foreground',
  stop: 'editorError.foreground',
  towards: 'explainLsp.towards',
  away: 'explainLsp.away',
  series1: 'explainLsp.series1',
  series2: 'explainLsp.series2',
  series3: 'explainLsp.series3',
  series4: 'explainLsp.series4',
};

const axisShare = { dark: 0.45, light: 0.58 };
const highContrastMarks = {
  'hc-dark': { axis: '#FFFFFF', neutral: '#999999', grid: '#333333' },
  'hc-light': { axis: '#292929', neutral: '#7F7F7F', grid: '#E5E5E5' },
};

/** The tokens that figures are drawn with, on the hover's ground and on the panel's. `sources` are asked in order. */
export function resolveTheme(kind: ThemeKind, sources: readonly ThemeColors[]): ThemeParams {
  return {
    kind,
    hover: tokens(kind, sources, 'editorHoverWidget.background', 'editorHoverWidget.foreground'),
    panel: tokens(kind, sources, 'editor.background', 'foreground'),
  };
}

function tokens(
  kind: ThemeKind,
  known: readonly ThemeColors[],
  groundId: string,
  inkId: string,
): Record<string, string> {
  const sources = [...known, defaults[kind]];
  const find = (...ids: string[]): Color | undefined => {
    for (const id of ids) for (const source of sources) if (source[id]) return parseColor(source[id]);
    return undefined;
  };
  const highContrast = kind === 'hc-dark' || kind === 'hc-light';
  const ground = { ...(find(groundId) ?? parseColor('#808080')!), a: 1 };
  const on = (color: Color | undefined, otherwise: Color) => (color ? flatten(color, ground) : otherwise);

  const ink = on(find(inkId, 'foreground'), ground);
  const pole = parseColor(kind === 'dark' || kind === 'hc-dark' ? '#FFFFFF' : '#000000')!;
  const active = find('tab.activeForeground');
  // Some themes paint the active tab's text in an accent that is fainter than plain text: then it is not strong.
  const strong =
    active && contrast(flatten(active, ground), ground) >= contrast(ink, ground)
      ? flatten(active, ground)
      : mix(ink, pole, 0.6);
  const secondary = on(find('descriptionForeground'), ink);
  const between = mix(ground, ink, kind === 'light' ? axisShare.light : axisShare.dark);
  const marks = highContrast
    ? highContrastMarks[kind]
    : { axis: toHex(between), neutral: toHex(between), grid: toHex(mix(ground, ink, 0.12)) };

  const result: Record<string, string> = {
    ground: toHex(ground),
    ink: toHex(ink),
    strong: toHex(strong),
    ink2: toHex(contrast(secondary, ground) >= 4.5 ? secondary : ink),
    ...marks,
    focus: toHex(on(find('focusBorder'), ink)),
    border: toHex(on(find(...(highContrast ? ['contrastBorder'] : ['panel.border'])), between)),
  };
  for (const [token, id] of Object.entries(passedOn)) {
    const color = find(id);
    if (color) result[token] = toHex(flatten(color, ground));
  }
  return result;
}
