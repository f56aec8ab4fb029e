import * as vscode from 'vscode';
import { chooseModel } from './chooseModel';
import type { Command, Services } from './command';
import { copyRow } from './copyRow';
import { explainAll } from './explainAll';
import { explainImage } from './explainImage';
import { explainImages } from './explainImages';
import { explainRow } from './explainRow';
import { explainWithMethod } from './explainWithMethod';
import { globalImportance } from './globalImportance';
import { openWalkthrough } from './openWalkthrough';
import { restartServer } from './restartServer';
import { showLog } from './showLog';
import { showModelSummary } from './showModelSummary';
import { whatIf } from './whatIf';

const commands: Command[] = [
  explainRow,
  explainImage,
  explainImages,
  explainWithMethod,
  whatIf,
  copyRow,
  globalImportance,
  explainAll,
  chooseModel,
  showModelSummary,
  openWalkthrough,
  restartServer,
  showLog,
];

/** Registers the palette's commands. They work in every state of the server: a stopped one is offered to be restarted. */
export function activateCommands(services: Services): vscode.Disposable {
  return vscode.Disposable.from(
    ...commands.map((command) =>
      vscode.commands.registerCommand(command.id, async (...args: unknown[]) => {
        try {
          await command.run(services, ...args);
        } catch (error) {
          services.server.log(`${command.id}: ${String(error)}`);
          const choice = await vscode.window.showErrorMessage((error as Error).message, 'Show log');
          if (choice) services.server.showLog();
        }
      }),
    ),
  );
}
