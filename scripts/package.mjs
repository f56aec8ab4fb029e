// npm run package: out/explain-lsp-linux-x64.vsix, with the server inside.
import { packageExtension } from './lib/extension.mjs';
import { VSIX } from './lib/paths.mjs';
import { main } from './lib/processes.mjs';

await main(async () => {
  await packageExtension();
  console.log(VSIX);
});
