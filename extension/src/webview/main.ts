import type { HostMessage, SavedState } from '../panels/messages';
import { PanelApp } from './app';
import { tellColors } from './colors';

/** A window's edge that is being dragged asks for one figure, not for hundreds. */
const settleAfter = 250;

const vscode = acquireVsCodeApi<SavedState>();
const app = new PanelApp(
  document.getElementById('panel')!,
  { post: (message) => vscode.postMessage(message), save: (state) => vscode.setState(state) },
  vscode.getState(),
);
window.addEventListener('message', (event: MessageEvent<HostMessage>) => app.receive(event.data));

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

tellColors((theme, colors) => vscode.postMessage({ type: 'colors', theme, colors }));
vscode.postMessage({ type: 'ready', width: told });
