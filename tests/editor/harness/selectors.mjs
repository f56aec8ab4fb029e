// Markup of the workbench. It is internal to VS Code and may change with any version: every selector of ours stands here.

export const workbench = '.monaco-workbench';
export const explorerRow = '.explorer-folders-view .monaco-list-row';
export const activeTab = '.tabs-container .tab.active';
export const editorLine = '.editor-group-container.active .editor-instance .view-lines .view-line';
export const editorInput =
  '.editor-group-container.active .editor-instance .native-edit-context, .editor-group-container.active .editor-instance textarea.inputarea';

/** The hover that is shown now; hidden ones stay in the document. */
export const hover = '.monaco-hover:not(.hidden) .monaco-hover-content:visible';

export const codeLens = '.codelens-decoration a';
/** The marks under problems: error, warning, information. */
export const squiggle = { error: '.squiggly-error', warning: '.squiggly-warning', info: '.squiggly-info' };

export const quickInput = '.quick-input-widget:visible';
export const quickInputBox = '.quick-input-widget input.input';
export const quickInputRow = '.quick-input-widget .monaco-list-row';

export const suggestRow = '.suggest-widget.visible .monaco-list-row';

export const statusItem = '.statusbar-item';
export const notification = '.notification-toast';
export const notificationButton = '.monaco-button';
export const dialog = '.monaco-dialog-box';

export const problemsRow = '.markers-panel .monaco-list-row';

export const trustBanner = '.part.banner';
export const trustEditor = '.workspace-trust-editor';

/** The inner document of a webview, two frames deep. */
export const webviewDocument = /\/webview\/browser\/pre\/fake\.html/;
