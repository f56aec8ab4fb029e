import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { ExplainServer } from './client';
import type { ThemeParams } from './protocol';
import { customizationsFor, findTheme, readThemeColors, type ThemeOwner } from './theme/themeFile';
import { resolveTheme, type ThemeColors, type ThemeKind } from './theme/tokens';

const rememberedKey = 'theme.colors';
const mostRemembered = 20;

/**
 * Tells the server the editor's colours. The extension host cannot ask for them, so they are put together from what our webviews read,
 * the theme's file, and its kind.
 */
export class ThemeSource implements vscode.Disposable {
  private readonly sent = new vscode.EventEmitter<void>();
  private readonly disposables: vscode.Disposable[] = [this.sent];
  private last = '';
  private pending: Promise<void> = Promise.resolve();

  /** The server has been told new colours: figures are out of date. */
  readonly onDidChange = this.sent.event;

  constructor(
    private readonly server: ExplainServer,
    private readonly memory: vscode.Memento,
  ) {
    this.disposables.push(
      vscode.window.onDidChangeActiveColorTheme(() => this.update()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (!change.affectsConfiguration('workbench.colorCustomizations')) return;
        // What a webview read before no longer holds; open webviews read again by themselves.
        void this.memory.update(rememberedKey, undefined);
        this.update();
      }),
      server.onDidChangeState((state) => {
        if (state !== 'running') return;
        this.last = '';
        this.update();
      }),
    );
  }

  /** Keeps what a webview read with `getComputedStyle`. */
  remember(themeName: string, colors: ThemeColors): void {
    const kept = Object.entries(this.remembered()).filter(([name]) => name !== themeName);
    void this.memory.update(rememberedKey, Object.fromEntries([...kept, [themeName, colors]].slice(-mostRemembered)));
    this.update();
  }

  /** Resolves when the server has been told the colours in force. */
  settled(): Promise<void> {
    return this.pending;
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }

  private update(): void {
    this.pending = this.pending.then(async () => {
      const theme = await this.resolve();
      const text = JSON.stringify(theme);
      if (text === this.last || this.server.state !== 'running') return;
      const first = this.last === '';
      this.last = text;
      await this.server.notify('explain/theme', theme);
      if (!first) this.sent.fire();
    });
    this.pending = this.pending.catch((error: unknown) =>
      this.server.log(`The theme could not be sent: ${String(error)}`),
    );
  }

  private async resolve(): Promise<ThemeParams> {
    const kind = kindOf(vscode.window.activeColorTheme.kind);
    const names = candidateNames(kind);
    const found = findTheme(names, kind, themeOwners());
    const name = found?.name ?? names[0]!;
    const customizations = customizationsFor(
      name,
      vscode.workspace.getConfiguration('workbench').get('colorCustomizations'),
    );
    const fromFile = found ? await readThemeColors(found.file, (path) => readFile(path, 'utf8')) : {};
    return resolveTheme(kind, [this.remembered()[name] ?? {}, customizations, fromFile]);
  }

  private remembered(): Record<string, ThemeColors> {
    return this.memory.get<Record<string, ThemeColors>>(rememberedKey, {});
  }
}

function kindOf(kind: vscode.ColorThemeKind): ThemeKind {
  switch (kind) {
    case vscode.ColorThemeKind.Light:
      return 'light';
    case vscode.ColorThemeKind.HighContrast:
      return 'hc-dark';
    case vscode.ColorThemeKind.HighContrastLight:
      return 'hc-light';
    default:
      return 'dark';
  }
}

/** What the active theme may be called, likeliest first: VS Code does not say which of its settings is in force. */
function candidateNames(kind: ThemeKind): string[] {
  const workbench = vscode.workspace.getConfiguration('workbench');
  const preferredSetting: Record<ThemeKind, string> = {
    dark: 'preferredDarkColorTheme',
    light: 'preferredLightColorTheme',
    'hc-dark': 'preferredHighContrastColorTheme',
    'hc-light': 'preferredHighContrastLightColorTheme',
  };
  const chosen = workbench.get<string>('colorTheme', '');
  const preferred = workbench.get<string>(preferredSetting[kind], '');
  const followsSystem = vscode.workspace.getConfiguration('window').get<boolean>('autoDetectColorScheme', false);
  return followsSystem ? [preferred, chosen] : [chosen, preferred];
}

function themeOwners(): ThemeOwner[] {
  return vscode.extensions.all.map(({ extensionPath, packageJSON }) => {
    const themes = (packageJSON as { contributes?: { themes?: unknown } }).contributes?.themes;
    return { folder: extensionPath, themes: Array.isArray(themes) ? (themes as ThemeOwner['themes']) : [] };
  });
}
