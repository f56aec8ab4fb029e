import * as vscode from 'vscode';
import { serverReady, type Command } from './command';

/** "Restart Server". */
export const restartServer: Command = {
  id: 'explainLsp.restartServer',
  async run({ server }) {
    if (server.state === 'restricted') {
      await serverReady(server);
      return;
    }
    await server.restart();
    if (server.state === 'running') vscode.window.setStatusBarMessage('$(check) The explain server is running.', 3000);
  },
};
