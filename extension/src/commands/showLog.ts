import type { Command } from './command';

/** "Show Server Log". */
export const showLog: Command = {
  id: 'explainLsp.showLog',
  async run({ server }) {
    server.showLog();
  },
};
