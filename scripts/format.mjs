// npm run format: C# by dotnet format, the rest by Prettier. With --check nothing is written and a difference is an error.
import { checkFormat, writeFormat } from './lib/formatters.mjs';
import { main } from './lib/processes.mjs';

await main(process.argv.includes('--check') ? checkFormat : writeFormat);
