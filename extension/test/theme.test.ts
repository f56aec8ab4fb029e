import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { contrast, flatten, parseColor, toHex } from '../src/theme/color';
import { parseJsonc } from '../src/theme/jsonc';
import { customizationsFor, findTheme, readThemeColors } from '../src/theme/themeFile';
import { resolveTheme, type ThemeKind } from '../src/theme/tokens';

const kinds: ThemeKind[] = ['dark', 'light', 'hc-dark', 'hc-light'];

test('ParseColor_CssSpellings_AreTheSameColour', () => {
  for (const text of ['#FF8000', '#ff8000ff', 'rgb(255, 128, 0)', 'rgba(255 128 0 / 100%)']) {
    assert.equal(toHex(parseColor(text)!), '#FF8000', text);
  }
  assert.equal(toHex(parseColor('#f80')!), '#FF8800');
  assert.equal(parseColor('#FF800080')!.a, 128 / 255);
  for (const text of ['', 'red', '#12', '#12345', 'rgb(1,2)', 'rgb(300, 0, 0)', 'url(x)', undefined]) {
    assert.equal(parseColor(text), undefined, text);
  }
});

test('Flatten_HalfWhiteOnBlack_IsGrey', () => {
  assert.equal(toHex(flatten(parseColor('#FFFFFF80')!, parseColor('#000000')!)), '#808080');
});

test('Contrast_BlackOnWhite_Is21', () => {
  assert.equal(Math.round(contrast(parseColor('#000')!, parseColor('#fff')!)), 21);
});

// The table of the look: VS Code's own themes.
test('ResolveTheme_NothingKnown_IsTheTableOfTheLook', () => {
  const dark = resolveTheme('dark', []);
  assert.equal(dark.hover['ground'], '#202020');
  assert.deepEqual(
    [dark.panel['ground'], dark.panel['ink'], dark.panel['strong'], dark.panel['ink2'], dark.panel['focus']],
    ['#1F1F1F', '#CCCCCC', '#FFFFFF', '#9D9D9D', '#0078D4'],
  );
  assert.deepEqual([dark.panel['axis'], dark.panel['grid'], dark.panel['border']], ['#6D6D6D', '#343434', '#2B2B2B']);
  const light = resolveTheme('light', []);
  assert.deepEqual([light.panel['axis'], light.panel['grid']], ['#8D8D8D', '#E7E7E7']);
  const highContrast = resolveTheme('hc-dark', []);
  assert.deepEqual(
    [highContrast.panel['axis'], highContrast.panel['neutral'], highContrast.panel['border']],
    ['#FFFFFF', '#999999', '#6FC3DF'],
  );
});

test('ResolveTheme_EveryKind_TextHas45AndMarksHave3To1', () => {
  for (const kind of kinds) {
    for (const colors of Object.values(resolveTheme(kind, [])).filter((part) => typeof part === 'object')) {
      const on = (token: string) => contrast(parseColor(colors[token])!, parseColor(colors['ground'])!);
      for (const text of ['ink', 'strong', 'ink2']) assert.ok(on(text) >= 4.5, `${kind} ${text} ${on(text)}`);
      for (const mark of ['axis', 'neutral', 'focus']) assert.ok(on(mark) >= 3, `${kind} ${mark} ${on(mark)}`);
    }
  }
});

test('ResolveTheme_FaintSecondaryText_BecomesInk', () => {
  const { panel } = resolveTheme('dark', [{ descriptionForeground: '#444444', foreground: '#DDDDDD' }]);
  assert.equal(panel['ink2'], '#DDDDDD');
});

test('ResolveTheme_FaintActiveTab_IsNotStrong', () => {
  const { panel } = resolveTheme('dark', [{ 'tab.activeForeground': '#333333' }]);
  assert.ok(contrast(parseColor(panel['strong'])!, parseColor('#1F1F1F')!) > 10);
});

test('ResolveTheme_EarlierSources_Win', () => {
  const { panel } = resolveTheme('dark', [
    { focusBorder: '#111111' },
    { focusBorder: '#222222', foreground: '#EEEEEE80' },
  ]);
  assert.equal(panel['focus'], '#111111');
  assert.match(panel['ink']!, /^#[0-9A-F]{6}$/);
});

const owner = {
  folder: '/themes',
  themes: [
    { id: 'Night', label: '%night%', uiTheme: 'vs-dark', path: './night.json' },
    { label: 'Day', uiTheme: 'vs', path: './day.json' },
  ],
};

test('FindTheme_SettingNamesAThemeOfAnotherKind_TakesThePreferredOne', () => {
  assert.deepEqual(findTheme(['Night', 'Day'], 'light', [owner]), { name: 'Day', file: '/themes/day.json' });
  assert.equal(findTheme(['Night'], 'dark', [owner])?.file, '/themes/night.json');
  assert.equal(findTheme(['Gone'], 'dark', [owner]), undefined);
});

test('ReadThemeColors_Includes_AreBelowTheFilesOwn', async () => {
  const files: Record<string, string> = {
    '/t/a.json': '{ "include": "./b.json", "colors": { "foreground": "#111111" } } // end',
    '/t/b.json': '{ "colors": { "foreground": "#222222", "focusBorder": "#333333", "x": 1, }, }',
    '/t/loop.json': '{ "include": "./loop.json", "colors": { "foreground": "#444444" } }',
    '/t/broken.json': '{ "colors": ',
  };
  const read = (file: string) => (files[file] ? Promise.resolve(files[file]) : Promise.reject(new Error('gone')));
  assert.deepEqual(await readThemeColors('/t/a.json', read), { foreground: '#111111', focusBorder: '#333333' });
  assert.deepEqual(await readThemeColors('/t/loop.json', read), { foreground: '#444444' });
  assert.deepEqual(await readThemeColors('/t/broken.json', read), {});
  assert.deepEqual(await readThemeColors('/t/gone.json', read), {});
});

test('CustomizationsFor_BlocksThatNameTheTheme_AreOnTop', () => {
  const settings = {
    foreground: '#111111',
    '[Night]': { foreground: '#222222' },
    '[Da*]': { foreground: '#333333' },
    '[Other][N?ght]': { foreground: '#444444' },
  };
  assert.deepEqual(customizationsFor('Night', settings), { foreground: '#222222' });
  assert.deepEqual(customizationsFor('Day', settings), { foreground: '#333333' });
  assert.deepEqual(customizationsFor('Else', settings), { foreground: '#111111' });
  assert.deepEqual(customizationsFor('Else', undefined), {});
});

test('ParseJsonc_CommentMarksInStrings_Stay', () => {
  assert.deepEqual(parseJsonc('{ "a": "http://x /* y */", /* z */ "b": [1, 2,], } // end'), {
    a: 'http://x /* y */',
    b: [1, 2],
  });
});

test('Manifest_ContributedColours_HaveAValueForEveryKindAndTheContrastOfTheLook', () => {
  const { contributes } = JSON.parse(readFileSync('package.json', 'utf8'));
  const grounds = { dark: '#1F1F1F', light: '#FFFFFF', highContrast: '#000000', highContrastLight: '#FFFFFF' };
  for (const { id, defaults } of contributes.colors) {
    for (const [kind, ground] of Object.entries(grounds)) {
      const color = parseColor(defaults[kind]);
      assert.ok(color, `${id} ${kind}`);
      const least = kind.startsWith('high') ? 7 : 4.5;
      if (/towards$|away$/.test(id)) assert.ok(contrast(color, parseColor(ground)!) >= least, `${id} ${kind}`);
    }
  }
});
