import * as vscode from 'vscode';
import type { ExplainServer } from '../client';
import type { SavedState } from './messages';
import type { ThemeSource } from '../theme';
import { ExplainPanel } from './panel';
import { isQuestion, sharesPanel, type Question } from './question';
import { TableEditor } from './tableEditor';

/** "Reopen With…" offers it for pictures. */
const imageEditorType = 'explainLsp.imageEditor';

/** Opens panels. */
export interface Panels extends vscode.Disposable {
  open(question: Question): void;
}

/** Panels by command, those of before a window reload, and pictures opened as editors. One panel answers all rows of a file in turn. */
export function activatePanels(context: vscode.ExtensionContext, server: ExplainServer, theme: ThemeSource): Panels {
  const panels = new Set<ExplainPanel>();
  /** Panels that are editors: each belongs to its file. */
  const own = new Set<ExplainPanel>();

  const open = (question: Question) => {
    const shared = [...panels].find((panel) => sharesPanel(panel.question, question));
    if (shared) shared.show(question);
    else {
      const column = vscode.window.activeTextEditor?.viewColumn ?? vscode.ViewColumn.Active;
      adopt(vscode.window.createWebviewPanel(ExplainPanel.viewType, 'Explanation', column), question);
    }
  };

  const adopt = (webview: vscode.WebviewPanel, question: Question, shared = true) => {
    const panel = new ExplainPanel(webview, context.extensionUri, server, theme, question, open);
    if (shared) panels.add(panel);
    else own.add(panel);
    webview.onDidDispose(() => {
      own.delete(panel);
      panels.delete(panel);
      panel.dispose();
    });
  };

  const serializer = vscode.window.registerWebviewPanelSerializer(ExplainPanel.viewType, {
    async deserializeWebviewPanel(webview, saved: SavedState | undefined) {
      if (isQuestion(saved?.question)) adopt(webview, saved.question);
      else webview.dispose();
    },
  });

  const editor = vscode.window.registerCustomEditorProvider(imageEditorType, {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor: ({ uri }, webview) => adopt(webview, { kind: 'image', uri: uri.toString() }, false),
  } satisfies vscode.CustomReadonlyEditorProvider);

  const tables = vscode.window.registerCustomEditorProvider(TableEditor.viewType, {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor: ({ uri }, webview) => {
      const explain = (row: number) => open({ kind: 'row', uri: uri.toString(), row });
      const table = new TableEditor(uri, webview, context.extensionUri, server, theme, explain);
      webview.onDidDispose(() => table.dispose());
    },
  } satisfies vscode.CustomReadonlyEditorProvider);

  return {
    open,
    dispose() {
      serializer.dispose();
      editor.dispose();
      tables.dispose();
      for (const panel of [...panels, ...own]) panel.dispose();
    },
  };
}
