import * as vscode from 'vscode';
import type { Command } from './command';

/** "Open Walkthrough". */
export const openWalkthrough: Command = {
  id: 'explainLsp.openWalkthrough',
  async run() {
    await vscode.commands.executeCommand('workbench.action.openWalkthrough', 'explainlsp.explainlsp#start', false);
  },
};
