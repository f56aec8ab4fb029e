import { sampleOf, serverReady, type Command } from './command';

/** "What If…", and the link in a cell's hover: the row's panel with values that can be changed, beginning with the cell. */
export const whatIf: Command = {
  id: 'explainLsp.whatIf',
  async run({ server, panels }, ...args) {
    if (!(await serverReady(server))) return;
    const place = await sampleOf(server, args);
    if (place?.kind !== 'row') return;
    const cell = typeof args[2] === 'string' ? args[2] : undefined;
    panels.open({ ...place, edits: {}, cell });
  },
};
