import { sampleOf, serverReady, type Command } from './command';

/** "Explain Sample at Cursor", and "Open panel" in a hover. */
export const explainRow: Command = {
  id: 'explainLsp.explainRow',
  async run({ server, panels }, ...args) {
    if (!(await serverReady(server))) return;
    const place = await sampleOf(server, args);
    if (place) panels.open(place);
  },
};
