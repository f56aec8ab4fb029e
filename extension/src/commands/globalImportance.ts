import { fileOf, serverReady, type Command } from './command';

/** "Global Feature Importance": what matters over the whole table. */
export const globalImportance: Command = {
  id: 'explainLsp.globalImportance',
  async run({ server, panels }, uri) {
    if (!(await serverReady(server))) return;
    const file = fileOf(uri);
    if (file) panels.open({ kind: 'global', uri: file });
  },
};
