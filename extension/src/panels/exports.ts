import * as path from 'node:path';
import * as vscode from 'vscode';
import type { PanelExports } from '../protocol';
import type { ExportFormat } from './messages';

const kinds = { png: 'PNG picture', csv: 'CSV table', json: 'JSON' };

/** Copies as Markdown, or asks for a file and writes it. `uri` is the file that was explained: the dialog starts beside it. */
export async function exportAs(format: ExportFormat, exports: PanelExports, uri: vscode.Uri): Promise<void> {
  if (format === 'markdown') {
    await vscode.env.clipboard.writeText(exports.markdown);
    vscode.window.setStatusBarMessage('$(check) Copied as Markdown.', 3000);
    return;
  }
  // The name comes from the server, made of names in files: only its last part may count.
  const name = `${path.basename(exports.fileName) || 'explanation'}.${format}`;
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(uri, '..', name),
    filters: { [kinds[format]]: [format] },
    title: `Save as ${kinds[format]}`,
  });
  if (!target) return;
  const content = format === 'png' ? Buffer.from(exports.png, 'base64') : Buffer.from(exports[format], 'utf8');
  await vscode.workspace.fs.writeFile(target, content);
  const choice = await vscode.window.showInformationMessage(`Wrote ${path.basename(target.fsPath)}.`, 'Open');
  if (choice === 'Open') await vscode.commands.executeCommand('vscode.open', target);
}
