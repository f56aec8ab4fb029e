import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ExplainServer } from '../client';
import type { Panels } from '../panels';
import { isRow } from '../panels/question';
import { tableFile } from '../tables';
import { restrictedAdvice, restrictedText } from '../restricted';

/** What commands work with. */
export interface Services {
  server: ExplainServer;
  panels: Panels;
}

/** One palette command. Arguments come from links too: nothing about them is taken for granted. */
export interface Command {
  id: string;
  run(services: Services, ...args: unknown[]): Promise<void>;
}

/** Pictures, by their names. */
export const imagePattern = /\.(png|jpe?g|bmp|webp|gif)$/i;

/** Tables and pictures, by their names. */
export const samplePattern = new RegExp(`${tableFile.source}|${imagePattern.source}`, 'i');

/** What a command explains: a row of a table, or a picture. */
export type SamplePlace = { kind: 'row'; uri: string; row: number } | { kind: 'image'; uri: string };

/** What it is called while it is explained. */
export function nameOf(place: SamplePlace): string {
  return place.kind === 'row' ? `row ${place.row}` : path.basename(vscode.Uri.parse(place.uri).fsPath);
}

/** The file that a command means: its first argument, else the one in front. Undefined after saying why. */
export function fileOf(argument: unknown, pattern = tableFile): string | undefined {
  const given = argument instanceof vscode.Uri ? argument : typeof argument === 'string' ? parse(argument) : undefined;
  const uri = given ?? activeUri();
  if (uri?.scheme === 'file' && pattern.test(uri.path)) return uri.toString();
  void vscode.window.showInformationMessage(
    pattern.test('model.onnx')
      ? 'Open a table or an ONNX model first.'
      : 'Open a table first: CSV, TSV, JSON lines, Parquet or Arrow.',
  );
  return undefined;
}

/**
 * The sample that a command means: its arguments, else the row at the cursor; in a list of pictures the picture of that row. Undefined
 * after saying why.
 */
export async function sampleOf(server: ExplainServer, args: readonly unknown[]): Promise<SamplePlace | undefined> {
  const given = typeof args[0] === 'string' ? parse(args[0]) : args[0] instanceof vscode.Uri ? args[0] : activeUri();
  if (given?.scheme === 'file' && imagePattern.test(given.path)) return { kind: 'image', uri: given.toString() };
  const uri = fileOf(args[0]);
  if (!uri) return undefined;
  if (isRow(args[1])) return { kind: 'row', uri, row: args[1] };
  const editor = vscode.window.visibleTextEditors.find((visible) => visible.document.uri.toString() === uri);
  const line = editor?.selection.active.line ?? 0;
  const { row, image } = await server.request('explain/rowAt', { textDocument: { uri }, line });
  if (image) return { kind: 'image', uri: image };
  if (isRow(row)) return { kind: 'row', uri, row };
  const name = path.basename(vscode.Uri.parse(uri).fsPath);
  void vscode.window.showInformationMessage(`Line ${line + 1} of ${name} holds no row. Put the cursor on a row.`);
  return undefined;
}

/** True when the server answers; else says what to do about it. */
export async function serverReady(server: ExplainServer): Promise<boolean> {
  if (await server.ready()) return true;
  if (server.state === 'restricted') {
    const choice = await vscode.window.showInformationMessage(`${restrictedText} ${restrictedAdvice}`, 'Manage trust');
    if (choice) await vscode.commands.executeCommand('workbench.trust.manage');
    return false;
  }
  const choice = await vscode.window.showWarningMessage('The explain server is stopped.', 'Restart server', 'Show log');
  if (choice === 'Show log') server.showLog();
  if (choice !== 'Restart server') return false;
  await server.restart();
  return server.ready();
}

function parse(text: string): vscode.Uri | undefined {
  try {
    return vscode.Uri.parse(text, true);
  } catch {
    return undefined;
  }
}

/** The file in front, in a text editor or not: a picture, a model. */
export function activeUri(): vscode.Uri | undefined {
  if (vscode.window.activeTextEditor) return vscode.window.activeTextEditor.document.uri;
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? input.uri : undefined;
}
