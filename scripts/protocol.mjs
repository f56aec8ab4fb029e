// npm run protocol: writes extension/src/protocol.ts anew from the server's records.
import { inRoot } from './lib/paths.mjs';
import { main, run } from './lib/processes.mjs';

await main(() =>
  run(
    'dotnet',
    ['test', inRoot('tests/Server.Tests'), '--nologo', '--filter', 'FullyQualifiedName~Protocol.TypeScriptTests'],
    {
      env: { EXPLAINLSP_UPDATE: '1' },
      show: true,
    },
  ),
);
