import * as vscode from 'vscode';
import { activeUri, imagePattern, serverReady, type Command } from './command';

/** "Explain Image": one picture opens its panel; several pictures, or folders, open a contact sheet. */
export const explainImage: Command = {
  id: 'explainLsp.explainImage',
  async run({ server, panels }, clicked, selected) {
    if (!(await serverReady(server))) return;
    const uris = chosen(clicked, selected);
    if (uris.length === 0) {
      const uri = await imageAtCursor(server);
      if (uri) panels.open({ kind: 'image', uri });
      else void vscode.window.showInformationMessage('Open a picture, or put the cursor on the path of one.');
      return;
    }
    const [first] = uris;
    if (uris.length === 1 && imagePattern.test(first!.path)) panels.open({ kind: 'image', uri: first!.toString() });
    else panels.open({ kind: 'sheet', uri: first!.toString(), uris: uris.map(String) });
  },
};

/** The explorer gives the file that was clicked and all that are selected; a link gives one as text. */
function chosen(clicked: unknown, selected: unknown): vscode.Uri[] {
  const given = Array.isArray(selected) && selected.length > 0 ? selected : [clicked];
  return given
    .map((each) => (each instanceof vscode.Uri ? each : typeof each === 'string' ? vscode.Uri.parse(each) : undefined))
    .filter((uri) => uri?.scheme === 'file') as vscode.Uri[];
}

/** The picture that is open, or that the text at the cursor names. */
async function imageAtCursor(server: Parameters<Command['run']>[0]['server']): Promise<string | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    const uri = activeUri();
    return uri && imagePattern.test(uri.path) ? uri.toString() : undefined;
  }
  const { line, character } = editor.selection.active;
  const textDocument = { uri: editor.document.uri.toString() };
  const { uri } = await server.request('explain/imageAt', { textDocument, position: { line, character } });
  return uri ?? undefined;
}
