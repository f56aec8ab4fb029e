import * as vscode from 'vscode';
import { nameOf, sampleOf, serverReady, type Command } from './command';

/** "Explain with Method…": asks for the method, then explains. */
export const explainWithMethod: Command = {
  id: 'explainLsp.explainWithMethod',
  async run({ server, panels }, ...args) {
    if (!(await serverReady(server))) return;
    const place = await sampleOf(server, args);
    if (!place) return;
    const methods = server.request('explain/methods', { textDocument: { uri: place.uri } });
    const items = methods.then((choices) =>
      choices.map(({ id, title, description }) => ({ id, label: title, detail: description })),
    );
    const picked = await vscode.window.showQuickPick(items, {
      placeHolder: `Method to explain ${nameOf(place)} with`,
      matchOnDetail: true,
    });
    if (picked) panels.open({ ...place, method: picked.id });
  },
};
