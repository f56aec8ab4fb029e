import { colorIds } from '../theme/tokens';

/** Tells the theme's colours as this page sees them, the only place where VS Code tells them, now and whenever they change. */
export function tellColors(tell: (theme: string, colors: Record<string, string>) => void): void {
  const look = () => {
    const theme = document.body.dataset['vscodeThemeId'];
    if (!theme) return;
    const style = getComputedStyle(document.documentElement);
    const entries = colorIds.map((id) => [id, style.getPropertyValue(`--vscode-${id.replaceAll('.', '-')}`).trim()]);
    tell(theme, Object.fromEntries(entries.filter(([, value]) => value)));
  };
  // VS Code writes the new theme's variables first and its name and kind on the body last.
  new MutationObserver(look).observe(document.body, { attributeFilter: ['class', 'data-vscode-theme-id'] });
  look();
}
