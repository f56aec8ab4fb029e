import * as vscode from 'vscode';
import { nameOf, sampleOf, serverReady, type Command } from './command';

/** "Copy" in a hover: a sample's explanation as Markdown. */
export const copyRow: Command = {
  id: 'explainLsp.copyRow',
  async run({ server }, ...args) {
    if (!(await serverReady(server))) return;
    const place = await sampleOf(server, args);
    if (!place) return;
    const textDocument = { uri: place.uri };
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: `Explaining ${nameOf(place)}` },
      async () => {
        const { exports } =
          place.kind === 'row'
            ? await server.request('explain/row', { textDocument, row: place.row })
            : await server.request('explain/image', { textDocument });
        await vscode.env.clipboard.writeText(exports.markdown);
      },
    );
    vscode.window.setStatusBarMessage(`$(check) Copied ${nameOf(place)} as Markdown.`, 3000);
  },
};
