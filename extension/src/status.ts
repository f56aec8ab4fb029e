import * as vscode from 'vscode';
import type { ExplainServer } from './client';
import type { StatusParams } from './protocol';
import { restrictedAdvice, restrictedText } from './restricted';

const ready: StatusParams = { state: 'ready', text: 'Explain', tooltip: 'The explain server is ready.' };

/** The status item and the context key `explainLsp.state`. */
export function activateStatus(server: ExplainServer): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('explainLsp.status', vscode.StatusBarAlignment.Right, 100);
  item.name = 'Explain server';
  let status = ready;

  const show = () => {
    const shown = describe(server.state, status);
    item.text = shown.text;
    item.tooltip = tooltip(shown.tooltip, server.state);
    item.command = shown.command;
    item.accessibilityInformation = { label: `Explain server: ${shown.tooltip}` };
    item.show();
    void vscode.commands.executeCommand('setContext', 'explainLsp.state', server.state);
  };
  show();
  return vscode.Disposable.from(
    item,
    server.onStatus((sent) => {
      status = sent;
      show();
    }),
    server.onDidChangeState(() => {
      status = ready;
      show();
    }),
  );
}

interface Shown {
  text: string;
  tooltip: string;
  command: string;
}

function describe(state: ExplainServer['state'], status: StatusParams): Shown {
  switch (state) {
    case 'restricted':
      return {
        text: '$(lock) Explain: restricted',
        tooltip: `${restrictedText} ${restrictedAdvice}`,
        command: 'workbench.trust.manage',
      };
    case 'starting':
      return {
        text: '$(sync~spin) Explain: starting',
        tooltip: 'The explain server is starting.',
        command: 'explainLsp.showLog',
      };
    case 'stopped':
      return {
        text: '$(beaker) Explain: stopped',
        tooltip: 'The explain server is stopped.',
        command: 'explainLsp.restartServer',
      };
    case 'failed':
      return {
        text: '$(warning) Explain',
        tooltip: 'The explain server could not be started.',
        command: 'explainLsp.showLog',
      };
    case 'running':
      return running(status);
  }
}

function running({ state, text, tooltip: told }: StatusParams): Shown {
  const words = literal(text);
  switch (state) {
    case 'working':
      return { text: `$(sync~spin) ${words}`, tooltip: told, command: 'explainLsp.showLog' };
    case 'problem':
      return { text: '$(warning) Explain', tooltip: told, command: 'explainLsp.showLog' };
    default:
      return {
        text: `$(beaker) ${words}`,
        tooltip: told,
        command: text === ready.text ? 'explainLsp.chooseModel' : 'explainLsp.showModelSummary',
      };
  }
}

/** A model's name comes from a file: it must not draw icons. */
function literal(text: string): string {
  return text.replaceAll('$(', '$\u200B(');
}

function tooltip(text: string, state: ExplainServer['state']): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString().appendText(text);
  const commands = state === 'restricted' ? [] : ['explainLsp.restartServer', 'explainLsp.showLog'];
  markdown.isTrusted = { enabledCommands: commands };
  if (commands.length > 0) {
    markdown.appendMarkdown(
      '\n\n[Restart server](command:explainLsp.restartServer) · [Show log](command:explainLsp.showLog)',
    );
  }
  return markdown;
}
