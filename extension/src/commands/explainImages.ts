import * as path from 'node:path';
import * as vscode from 'vscode';
import { activeUri, imagePattern, serverReady, type Command } from './command';

/** "Explain Images in Folder": a contact sheet of a folder, of the list of pictures in front, or of the folder that is chosen. */
export const explainImages: Command = {
  id: 'explainLsp.explainImages',
  async run({ server, panels }, given) {
    if (!(await serverReady(server))) return;
    const uri = toUri(given) ?? (await place());
    if (uri) panels.open({ kind: 'sheet', uri: uri.toString(), uris: [uri.toString()] });
  },
};

function toUri(given: unknown): vscode.Uri | undefined {
  const uri = given instanceof vscode.Uri ? given : typeof given === 'string' ? vscode.Uri.parse(given) : undefined;
  return uri?.scheme === 'file' ? uri : undefined;
}

/** The folder of the picture in front, else one that the user chooses. */
async function place(): Promise<vscode.Uri | undefined> {
  const front = activeUri();
  if (front?.scheme === 'file' && imagePattern.test(front.path)) return vscode.Uri.file(path.dirname(front.fsPath));
  const [folder] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: vscode.workspace.workspaceFolders?.[0]?.uri,
      openLabel: 'Explain pictures',
      title: 'Folder of pictures to explain',
    })) ?? [];
  return folder;
}
