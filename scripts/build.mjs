// npm run build: the command at out/server/explainlsp and the extension's bundles.
import { buildExtension } from './lib/extension.mjs';
import { main } from './lib/processes.mjs';
import { buildServer } from './lib/server.mjs';

await main(async () => {
  await buildServer();
  await buildExtension();
});
