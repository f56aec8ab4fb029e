import * as vscode from 'vscode';
import type { ExplainServer } from '../client';
import type { RowPlace } from '../protocol';
import { textTableFile } from '../tables';

/** A list of more rows is not read. */
const mostListed = 50;

/** VS Code becomes slow with more carets, and nobody edits that many lines at once. */
const mostSelected = 2000;

/** Selects rows of a table in its editor, which opens beside the panel where it is not seen, and gives back those to list. */
export async function selectRows(server: ExplainServer, uri: string, rows: readonly number[]): Promise<RowPlace[]> {
  const places = await server.request('explain/rows', { textDocument: { uri }, rows: rows.slice(0, mostSelected) });
  const editor = await editorOf(uri, rows.length > 0);
  if (!editor) return places.slice(0, mostListed);
  const selections = places.map(
    ({ startLine, endLine, endCharacter }) => new vscode.Selection(startLine, 0, endLine, endCharacter),
  );
  const [first] = selections;
  if (first) {
    editor.selections = selections;
    editor.revealRange(first, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  } else {
    editor.selection = new vscode.Selection(editor.selection.start, editor.selection.start);
  }
  return places.slice(0, mostListed);
}

async function editorOf(uri: string, open: boolean): Promise<vscode.TextEditor | undefined> {
  const seen = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri);
  if (seen || !open || !textTableFile.test(uri)) return seen;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri));
  return vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
}

/** Opens a text as a new untitled table: what a user's file holds is theirs. */
export async function writeUntitled(uri: string, text: string): Promise<void> {
  const language = /\.tsv$/i.test(uri) ? 'tsv' : 'csv';
  const document = await vscode.workspace.openTextDocument({ language, content: text });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside });
}
