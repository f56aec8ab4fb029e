// Markup of the workbench. It is internal to VS Code and may change with any version: every selector of ours stands here.

export const workbench = '.monaco-workbench';
/** The workbench in each kind of theme. */
export const themed = {
  dark: '.monaco-workbench.vs-dark',
  light: '.monaco-workbench.vs',
  'hc-dark': '.monaco-workbench.hc-black',
  'hc-light': '.monaco-workbench.hc-light',
};
/** The text editor in front, when it shows a file of the workspace. */
export const openEditor = (file) => `.editor-group-container.active .monaco-editor[data-uri$="/${file}"]`;
export const editorLine = '.editor-group-container.active .editor-instance .view-lines .view-line';

/** A text editor of a document that is not saved anywhere. */
export const untitledEditor = '.editor-group-container.active .monaco-editor[data-uri^="untitled:"]';

/** What is selected in the text editor of a file, wherever it is. */
export const selectedText = (file) => `.monaco-editor[data-uri$="/${file}"] .selected-text`;

/** The hover that is shown now; hidden ones stay in the document. */
export const hover = '.monaco-hover:not(.hidden) .monaco-hover-content:visible';

export const codeLens = '.codelens-decoration a';

/** The box in the title bar that opens the quick input. */
export const commandCenter = '.command-center-quick-pick';
export const quickInputBox = '.quick-input-widget input.input';
export const quickInputRow = '.quick-input-widget .monaco-list-row';

export const findWidget = '.find-widget.visible';
export const findBox = '.find-part textarea';
export const replaceBox = '.replace-part textarea';

export const suggestRow = '.suggest-widget.visible .monaco-list-row';

export const statusItem = '.statusbar-item';
export const notification = '.notification-toast';

export const problemsRow = '.markers-panel .monaco-list-row';

/** The channel that the Output view shows: a drop-down. */
export const outputChannel = '.part.panel select option:checked';

/** A tab by its name. */
export const tab = (name) => `.tabs-container .tab[data-resource-name="${name}"]`;

export const trustEditor = '.workspace-trust-editor';

/** The inner document of a webview, two frames deep. */
export const webviewDocument = /\/webview\/browser\/pre\/fake\.html/;
/** The host under which a webview's service worker answers for files. */
export const webviewResource = /\.vscode-resource\.vscode-cdn\.net$/;
