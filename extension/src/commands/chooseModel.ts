import * as vscode from 'vscode';
import { fileOf, samplePattern, serverReady, type Command } from './command';

/** "Choose Model": asks which model explains a table or a picture; the server writes the choice to explain.json. */
export const chooseModel: Command = {
  id: 'explainLsp.chooseModel',
  async run({ server }, uri) {
    if (!(await serverReady(server))) return;
    const file = fileOf(uri, samplePattern);
    if (!file) return;
    const textDocument = { uri: file };
    const models = await server.request('explain/models', { textDocument });
    if (models.length === 0) {
      void vscode.window.showInformationMessage('There is no .onnx model in this workspace. Put one beside the file.');
      return;
    }
    const items = models.map(({ name, description, path, bound, fits }) => ({
      path,
      label: `${bound ? '$(check)' : fits ? '$(beaker)' : '$(circle-slash)'} ${name}`,
      description,
      detail: vscode.workspace.asRelativePath(path),
    }));
    const picked = await vscode.window.showQuickPick(items, {
      placeHolder: 'Model that explains this file. The choice is written to explain.json.',
      matchOnDescription: true,
      matchOnDetail: true,
    });
    if (!picked) return;
    const edited = new Set(dirtyDocuments());
    const { manifestUri } = await server.request('explain/chooseModel', { textDocument, modelPath: picked.path });
    await saveUnlessEdited(vscode.Uri.parse(manifestUri), edited);
  },
};

/** Saves what the server wrote, but never what the user was typing. */
async function saveUnlessEdited(manifest: vscode.Uri, edited: ReadonlySet<string>): Promise<void> {
  if (edited.has(manifest.toString())) {
    await vscode.window.showTextDocument(manifest);
    return;
  }
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === manifest.toString());
  await document?.save();
  vscode.window.setStatusBarMessage('$(check) Wrote explain.json.', 3000);
}

function dirtyDocuments(): string[] {
  return vscode.workspace.textDocuments.filter((open) => open.isDirty).map((open) => open.uri.toString());
}
