import { fileOf, serverReady, type Command } from './command';

/** "Explain All Rows": every row explained, and their mean contributions shown. */
export const explainAll: Command = {
  id: 'explainLsp.explainAll',
  async run({ server, panels }, uri) {
    if (!(await serverReady(server))) return;
    const file = fileOf(uri);
    if (file) panels.open({ kind: 'global', uri: file, method: 'mean-abs-shap' });
  },
};
