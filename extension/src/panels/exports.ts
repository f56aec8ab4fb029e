import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ExplainServer } from '../client';
import type { PanelExports, PanelFile } from '../protocol';
import type { ExportFormat } from './messages';

const kinds: Record<string, string> = {
  png: 'PNG picture',
  svg: 'SVG picture',
  csv: 'CSV table',
  json: 'JSON',
  parquet: 'Parquet table',
};

/** Copies as Markdown, or asks for a file and writes it. `uri` is the file that was explained: the dialog starts beside it. */
export async function exportAs(format: ExportFormat, exports: PanelExports, uri: vscode.Uri): Promise<void> {
  if (format === 'markdown') {
    await vscode.env.clipboard.writeText(exports.markdown);
    vscode.window.setStatusBarMessage('$(check) Copied as Markdown.', 3000);
    return;
  }
  const content = format === 'png' ? Buffer.from(exports.png, 'base64') : Buffer.from(exports[format], 'utf8');
  await save(`${exports.fileName || 'explanation'}.${format}`, uri, async () => content);
}

/** Asks for a file and writes what the server makes for it. */
export async function saveFile(server: ExplainServer, file: PanelFile, uri: vscode.Uri): Promise<void> {
  await save(file.name, uri, async () =>
    Buffer.from((await server.request('explain/export', { id: file.id })).content, 'base64'),
  );
}

async function save(suggested: string, uri: vscode.Uri, content: () => Promise<Uint8Array>): Promise<void> {
  // The name comes from the server, made of names in files: only its last part may count.
  const name = path.basename(suggested);
  const extension = path.extname(name).slice(1);
  const kind = kinds[extension] ?? extension.toUpperCase();
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(uri, '..', name),
    filters: { [kind]: [extension] },
    title: `Save as ${kind}`,
  });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, await content());
  const choice = await vscode.window.showInformationMessage(`Wrote ${path.basename(target.fsPath)}.`, 'Open');
  if (choice === 'Open') await vscode.commands.executeCommand('vscode.open', target);
}
