import type * as vscode from 'vscode';
import { ExplainServer } from './client';
import { activateCommands } from './commands';
import { activatePanels } from './panels';
import { activateStatus } from './status';
import { ThemeSource } from './theme';
import { activateTrust } from './trust';

let server: ExplainServer | undefined;

export function activate(context: vscode.ExtensionContext): void {
  server = new ExplainServer(context);
  const theme = new ThemeSource(server, context.globalState);
  const panels = activatePanels(context, server, theme);
  context.subscriptions.push(
    server,
    theme,
    panels,
    activateStatus(server),
    activateCommands({ server, panels }),
    activateTrust(server),
  );
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
