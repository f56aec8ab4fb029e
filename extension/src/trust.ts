import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { tablePattern, type ExplainServer } from './client';
import { restrictedAdvice, restrictedText } from './restricted';

/** Starts the server in a trusted workspace; elsewhere only says that nothing is loaded, until trust is granted. */
export function activateTrust(server: ExplainServer): vscode.Disposable {
  if (vscode.workspace.isTrusted) {
    void server.start();
    return new vscode.Disposable(() => undefined);
  }
  const hover = vscode.languages.registerHoverProvider(
    { scheme: 'file', pattern: tablePattern },
    { provideHover: async (document) => new vscode.Hover(await restrictedHover(document.uri)) },
  );
  const granted = vscode.workspace.onDidGrantWorkspaceTrust(() => {
    hover.dispose();
    void server.start();
  });
  return vscode.Disposable.from(hover, granted);
}

async function restrictedHover(uri: vscode.Uri): Promise<vscode.MarkdownString> {
  const markdown = new vscode.MarkdownString(undefined, true);
  markdown.isTrusted = { enabledCommands: ['workbench.trust.manage'] };
  markdown.appendMarkdown(`$(lock) *${restrictedText}* ${restrictedAdvice}\n\n`);
  markdown.appendMarkdown('[Manage trust](command:workbench.trust.manage)\n\n');
  markdown.appendText(`${path.basename(uri.fsPath)}${await sizeOf(uri.fsPath)}`);
  return markdown;
}

async function sizeOf(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    return size < 1024
      ? ` · ${size} bytes`
      : ` · ${(size / 1024).toLocaleString('en-GB', { maximumFractionDigits: 0 })} KB`;
  } catch {
    return '';
  }
}
