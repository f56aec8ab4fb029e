// npm run bench: prints what the product costs here. Not part of the tests: machines differ.
import os from 'node:os';
import * as measure from '../tests/benchmarks/measurements.mjs';
import { main } from './lib/processes.mjs';
import { buildServer } from './lib/server.mjs';

await main(async () => {
  await buildServer();
  console.log(`${os.cpus().length} × ${os.cpus()[0].model.trim()}, Node ${process.version}\n`);
  print('measure', 'figure', 'aim');
  print('-'.repeat(52), '-'.repeat(14), '-'.repeat(10));
  for (const measurement of [
    measure.starts,
    measure.hovers,
    measure.memory,
    measure.cancellation,
    measure.kernelShap,
    measure.wholeFiles,
    measure.images,
    measure.imagePanel,
    measure.trees,
    measure.largeTables,
  ])
    for (const row of await measurement()) print(...row);
});

function print(what, figure, aim) {
  console.log(`| ${what.padEnd(52)} | ${figure.padStart(14)} | ${aim.padEnd(10)} |`);
}
