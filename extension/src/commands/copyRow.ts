import * as vscode from 'vscode';
import { rowOf, serverReady, type Command } from './command';

/** "Copy" in a hover: a row's explanation as Markdown. */
export const copyRow: Command = {
  id: 'explainLsp.copyRow',
  async run({ server }, ...args) {
    if (!(await serverReady(server))) return;
    const place = await rowOf(server, args);
    if (!place) return;
    const { uri, row } = place;
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: `Explaining row ${row}` },
      async () => {
        const { exports } = await server.request('explain/row', { textDocument: { uri }, row });
        await vscode.env.clipboard.writeText(exports.markdown);
      },
    );
    vscode.window.setStatusBarMessage(`$(check) Copied row ${row} as Markdown.`, 3000);
  },
};
