import * as path from 'node:path';
import { parseJsonc } from './jsonc';
import type { ThemeColors, ThemeKind } from './tokens';

/** The part of another extension's manifest that names its themes. */
export interface ThemeOwner {
  folder: string;
  themes: readonly ThemeEntry[];
}

interface ThemeEntry {
  id?: unknown;
  label?: unknown;
  path?: unknown;
  uiTheme?: unknown;
}

const deepestInclude = 8;

/** A theme that an extension contributes. */
export interface FoundTheme {
  name: string;
  file: string;
}

const kinds: Record<string, ThemeKind> = {
  vs: 'light',
  'vs-dark': 'dark',
  'hc-black': 'hc-dark',
  'hc-light': 'hc-light',
};

/** The first of these names, as `workbench.colorTheme` spells them, that is a theme of this kind. */
export function findTheme(
  names: readonly string[],
  kind: ThemeKind,
  owners: readonly ThemeOwner[],
): FoundTheme | undefined {
  for (const name of names) {
    for (const { folder, themes } of owners) {
      const entry = themes.find((theme) => (theme.id ?? theme.label) === name || theme.label === name);
      if (typeof entry?.path === 'string' && kinds[String(entry.uiTheme)] === kind)
        return { name, file: path.join(folder, entry.path) };
    }
  }
  return undefined;
}

/** A theme file's colours, those of the files that it includes below them. A file that cannot be read has none. */
export async function readThemeColors(
  file: string,
  readText: (file: string) => Promise<string>,
  depth = 0,
): Promise<ThemeColors> {
  let theme: { include?: unknown; colors?: unknown } | null;
  try {
    theme = parseJsonc(await readText(file)) as typeof theme;
  } catch {
    return {};
  }
  const include = theme?.include;
  const below =
    typeof include === 'string' && depth < deepestInclude
      ? await readThemeColors(path.join(path.dirname(file), include), readText, depth + 1)
      : {};
  return { ...below, ...onlyText(theme?.colors) };
}

/** `workbench.colorCustomizations` in force for a theme: the general ones, then those of blocks that name it. */
export function customizationsFor(name: string, settings: unknown): ThemeColors {
  if (typeof settings !== 'object' || settings === null) return {};
  let result = onlyText(settings);
  for (const [key, block] of Object.entries(settings)) {
    if (themeNames(key).some((pattern) => matches(pattern, name))) result = { ...result, ...onlyText(block) };
  }
  return result;
}

/** `[Theme One][Theme*]` → its names. */
function themeNames(key: string): string[] {
  return [...key.matchAll(/\[([^\]]+)\]/g)].map((match) => match[1]!);
}

function matches(pattern: string, name: string): boolean {
  const escaped = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`).test(name);
}

function onlyText(colors: unknown): Record<string, string> {
  if (typeof colors !== 'object' || colors === null) return {};
  return Object.fromEntries(
    Object.entries(colors).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
