import { tableFile } from '../tables';
import { fileOf, serverReady, type Command } from './command';

/** "Show Model Summary": of an ONNX file, or of the model that explains a table. */
export const showModelSummary: Command = {
  id: 'explainLsp.showModelSummary',
  async run({ server, panels }, uri) {
    if (!(await serverReady(server))) return;
    const file = fileOf(uri, new RegExp(`${tableFile.source}|\\.onnx$`, 'i'));
    if (file) panels.open({ kind: 'model', uri: file });
  },
};
