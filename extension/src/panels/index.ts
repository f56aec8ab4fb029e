import * as vscode from 'vscode';
import type { ExplainServer } from '../client';
import type { SavedState } from './messages';
import type { ThemeSource } from '../theme';
import { ExplainPanel } from './panel';
import { isQuestion, sharesPanel, type Question } from './question';

/** Opens panels. */
export interface Panels extends vscode.Disposable {
  open(question: Question): void;
}

/** Panels by command, and those of before a window reload. One panel answers all rows of a file in turn. */
export function activatePanels(context: vscode.ExtensionContext, server: ExplainServer, theme: ThemeSource): Panels {
  const panels = new Set<ExplainPanel>();

  const adopt = (webview: vscode.WebviewPanel, question: Question) => {
    const panel = new ExplainPanel(webview, context.extensionUri, server, theme, question);
    panels.add(panel);
    webview.onDidDispose(() => {
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

  return {
    open(question) {
      const open = [...panels].find((panel) => sharesPanel(panel.question, question));
      if (open) open.show(question);
      else {
        const column = vscode.window.activeTextEditor?.viewColumn ?? vscode.ViewColumn.Active;
        adopt(vscode.window.createWebviewPanel(ExplainPanel.viewType, 'Explanation', column), question);
      }
    },
    dispose() {
      serializer.dispose();
      for (const panel of panels) panel.dispose();
    },
  };
}
