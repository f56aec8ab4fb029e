import { colorIds } from '../theme/tokens';
import type { HostMessage, SavedState } from '../panels/messages';
import { PanelApp } from './app';

/** A window's edge that is being dragged asks for one figure, not for hundreds. */
const settleAfter = 250;

const vscode = acquireVsCodeApi<SavedState>();
const app = new PanelApp(
  document.getElementById('panel')!,
  { post: (message) => vscode.postMessage(message), save: (state) => vscode.setState(state) },
  vscode.getState(),
);
window.addEventListener('message', (event: MessageEvent<HostMessage>) => app.receive(event.data));

/** The theme's colours as this page sees them: the only place where VS Code tells them. */
function tellColors(): void {
  const theme = document.body.dataset['vscodeThemeId'];
  if (!theme) return;
  const style = getComputedStyle(document.documentElement);
  const entries = colorIds.map((id) => [id, style.getPropertyValue(`--vscode-${id.replaceAll('.', '-')}`).trim()]);
  vscode.postMessage({ type: 'colors', theme, colors: Object.fromEntries(entries.filter(([, value]) => value)) });
}

new ResizeObserver(() => app.layOut()).observe(document.getElementById('panel')!);

let timer: ReturnType<typeof setTimeout> | undefined;
let told = app.width;
new ResizeObserver(() => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (app.width === told || app.width === 0) return;
    told = app.width;
    vscode.postMessage({ type: 'width', width: told });
  }, settleAfter);
}).observe(app.column);

// VS Code writes the new theme's variables first and its name and kind on the body last.
new MutationObserver(tellColors).observe(document.body, { attributeFilter: ['class', 'data-vscode-theme-id'] });
tellColors();
vscode.postMessage({ type: 'ready', width: told });
