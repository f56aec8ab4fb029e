// What is measured; every function gives back rows of the table: what, figure, aim.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { inRoot, SAMPLES, SERVER } from '../../scripts/lib/paths.mjs';
import { LanguageClient } from './language-client.mjs';

const start = promisify(execFile);
const TABLE = 'breast-cancer/test.csv';

const quantile = (values, q) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))];
const median = (values) => quantile(values, 0.5);
const p95 = (values) => quantile(values, 0.95);
const ms = (value) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;

async function time(action) {
  const began = performance.now();
  await action();
  return performance.now() - began;
}

/** Process start to `initialize` answered, and the command line's start. */
export async function starts(times = 11) {
  const server = [];
  const commandLine = [];
  for (let i = 0; i < times; i++) {
    const began = performance.now();
    const client = new LanguageClient(SAMPLES);
    server.push((await client.initialize()) - began);
    await client.close();
    commandLine.push(await time(() => start(SERVER, ['--version'])));
  }
  return [
    [`start to initialize answered, median of ${times}`, ms(median(server)), '400 ms'],
    [`command line, --version, median of ${times}`, ms(median(commandLine)), ''],
  ];
}

/** Hovers: the first of a session, then every row once, then rows that were explained before. */
export async function hovers() {
  const client = new LanguageClient(SAMPLES);
  await client.initialize();
  const { uri, lines } = client.open(TABLE);
  const rows = lines.flatMap((text, line) => (line > 0 && text ? [line] : []));
  const first = await time(() => client.hover(uri, rows[0], 0));
  const fresh = [];
  let unfinished = 0;
  for (const line of rows.slice(1)) {
    let hover;
    fresh.push(await time(async () => (hover = await client.hover(uri, line, 0))));
    if (!hover.contents.value.includes('data:image/png')) unfinished++;
  }
  const cached = [];
  for (const line of rows.slice(-20)) cached.push(await time(() => client.hover(uri, line, 0)));
  await client.close();
  return [
    ['first hover of a session', ms(first), ''],
    [`hover on ${fresh.length} new rows, median`, ms(median(fresh)), ''],
    [`hover on ${fresh.length} new rows, 95th percentile`, ms(p95(fresh)), '50 ms'],
    ['hovers among them that had to answer without a figure', String(unfinished), '0'],
    ['hover on a row that was explained, median', ms(median(cached)), ''],
  ];
}

/** Resident memory as hovers go on: rows and cells, all different. */
export async function memory() {
  const client = new LanguageClient(SAMPLES);
  await client.initialize();
  const { uri, lines } = client.open(TABLE);
  const rows = lines.filter((text, line) => line > 0 && text).length;
  const after = {};
  for (let count = 1; count <= 1000; count++) {
    const line = 1 + (count % rows);
    const cells = lines[line].split(',');
    const character = cells.slice(0, Math.floor(count / rows)).join(',').length + 1;
    await client.hover(uri, line, character);
    if (count === 100 || count === 1000) after[count] = client.residentMiB();
  }
  await client.close();
  return [
    ['resident memory after 100 hovers', `${Math.round(after[100])} MiB`, ''],
    ['resident memory after 1,000 hovers', `${Math.round(after[1000])} MiB`, 'flat'],
  ];
}

/** Cancels a long explanation: until it is answered, and until the processor rests. */
export async function cancellation(times = 5) {
  const client = new LanguageClient(SAMPLES);
  await client.initialize();
  const { uri } = client.open(TABLE);
  await client.hover(uri, 1, 0);
  const answered = [];
  const rested = [];
  for (let i = 0; i < times; i++) {
    const request = client.request('explain/row', {
      textDocument: { uri },
      row: i,
      method: 'kernel-shap',
      options: { evaluations: '200000' },
    });
    const outcome = request.catch((error) => error.code);
    await sleep(500);
    const began = performance.now();
    client.notify('$/cancelRequest', { id: request.id });
    if ((await outcome) !== -32800)
      throw new Error(`a cancelled request was answered with ${JSON.stringify(await outcome)}`);
    answered.push(performance.now() - began);
    rested.push(await untilRest(client, began));
  }
  await client.close();
  return [
    [`cancel to answer, longest of ${times}`, ms(Math.max(...answered)), '100 ms'],
    [`cancel to idle processor, longest of ${times}`, `within ${ms(Math.max(...rested))}`, '100 ms'],
  ];
}

/** When the server last took processor time after `began`, to within 20 ms; it must stay quiet for 300 ms. */
async function untilRest(client, began) {
  let last = client.processorMilliseconds();
  let busyUntil = performance.now();
  while (performance.now() - busyUntil < 300) {
    await sleep(20);
    const now = client.processorMilliseconds();
    if (now > last) busyUntil = performance.now();
    last = now;
  }
  return busyUntil - began;
}

/** KernelSHAP beside ONNX Runtime alone. */
export async function kernelShap() {
  const project = inRoot('tests/benchmarks/KernelShap');
  const model = path.join(SAMPLES, 'breast-cancer/breast-cancer-gbm.onnx');
  const tables = [TABLE, 'breast-cancer/background100.csv'].map((file) => path.join(SAMPLES, file));
  const run = ['run', '--project', project, '-c', 'Release', '--', model, ...tables];
  const measured = JSON.parse((await start('dotnet', run)).stdout);
  const overhead = (measured.kernelShap / measured.bareModel - 1) * 100;
  return [
    [`KernelSHAP, 2,048 × 50 (${measured.modelRows.toLocaleString('en')} model rows)`, ms(measured.kernelShap), ''],
    ['the same rows through ONNX Runtime alone', ms(measured.bareModel), ''],
    ['overhead over the bare model', `${overhead.toFixed(1)} %`, 'under 20 %'],
    ...(await errorCurve(project)),
  ];
}

/** Mean absolute error of KernelSHAP against exact values, by coalitions evaluated. */
async function errorCurve(project) {
  const run = ['run', '--project', project, '-c', 'Release', '--', 'curve', inRoot('tests/fixtures')];
  const curves = JSON.parse((await start('dotnet', run)).stdout);
  const small = (value) => value.toExponential(1);
  return Object.entries(curves).flatMap(([name, lines]) =>
    lines.map(({ evaluations, reference, plain, fitted, fewer }) => [
      `KernelSHAP's error, ${name}, ${evaluations.toLocaleString('en')} coalitions`,
      `${small(fitted)}, without control variate ${small(plain)}, as the peers draw ${small(reference)}`,
      fewer ? `${fewer.toFixed(1)} times fewer for the peers' error (aim 10)` : '',
    ]),
  );
}

/** Methods for whole files, beside the same rows through the model alone. */
export async function wholeFiles() {
  const project = inRoot('tests/benchmarks/Global');
  const model = path.join(SAMPLES, 'breast-cancer/breast-cancer-gbm.onnx');
  const run = ['run', '--project', project, '-c', 'Release', '--', model, path.join(SAMPLES, TABLE), 'target'];
  const measured = JSON.parse((await start('dotnet', run)).stdout);
  return ['permutation-importance', 'partial-dependence', 'ale', 'h-statistic'].flatMap((method) => [
    [`${method} (${measured[`${method} rows`].toLocaleString('en')} model rows)`, ms(measured[method]), ''],
    ['the same rows through the model alone', ms(measured[`${method} model`]), ''],
  ]);
}

/** Gradients, methods and memory on images, beside ONNX Runtime alone. */
export async function images() {
  const project = inRoot('tests/benchmarks/Images');
  const [model, picture, preprocessing] = ['fashion-cnn.onnx', 'images/coat-00006.png', 'preprocessor_config.json'].map(
    (file) => path.join(SAMPLES, 'fashion', file),
  );
  const run = ['run', '--project', project, '-c', 'Release', '--', model, picture, preprocessing];
  const m = JSON.parse((await start('dotnet', run)).stdout);
  const times = (part, whole) => `${(part / whole).toFixed(2)} times`;
  const overhead = (part, whole) => `${((part / whole - 1) * 100).toFixed(1)} %`;
  return [
    ['ResNet-18 at 224 × 224, forward pass of 4', ms(m.resnet18Forward), ''],
    ['gradient pass of the same batch', times(m.resnet18Gradient, m.resnet18Forward), '2.5 times'],
    ['fashion-cnn, forward pass of 50', ms(m.smallForward), ''],
    ['gradient pass of the same batch', times(m.smallGradient, m.smallForward), '2.5 times'],
    ...[
      ['ResNet-18', 'resnet18'],
      ['fashion-cnn', 'small'],
    ].flatMap(([name, key]) => [
      [`${name}, forward pass of the upgraded graph`, times(m[`${key}Upgraded`], m[`${key}Exported`]), 'as exported'],
      [`${name}, forward and backward as two sessions`, times(m[`${key}TwoGraphs`], m[`${key}OneGraph`]), 'beside one'],
    ]),
    ['ResNet-18, integrated gradients of 50 steps', ms(m.resnet18IntegratedGradients), ''],
    ['beside 50 bare passes', times(m.resnet18IntegratedGradients, m.resnet18BareFifty), ''],
    ['its first map, coarse', ms(m.firstMap), '300 ms'],
    ['its memory at most, above what was there', `${Math.round(m.peakGrowthMiB)} MiB`, 'bounded'],
    ['fashion-cnn, integrated gradients of 50 steps', ms(m.smallIntegratedGradients), ''],
    ['beside 50 bare passes', times(m.smallIntegratedGradients, m.smallBareFifty), ''],
    [
      `occlusion over the bare model (${m.occlusionRows} rows)`,
      overhead(m.occlusionExplained, m.occlusionBare),
      'under 10 %',
    ],
    [`RISE over the bare model (${m.riseRows} rows)`, overhead(m.riseExplained, m.riseBare), 'under 10 %'],
    ['LIME with 1,000 samples', ms(m.limeExplained), ''],
    ['the same rows through ONNX Runtime alone', ms(m.limeBare), ''],
  ];
}

/** The panel of a picture at 224 × 224, explained by a ResNet-18: when its first map is there, and when the last. */
export async function imagePanel(times = 3) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'explainlsp-benchmark-'));
  try {
    const project = inRoot('tests/benchmarks/Images');
    await start('dotnet', ['run', '--project', project, '-c', 'Release', '--', path.join(folder, 'resnet18.onnx')]);
    const picture = path.join(folder, 'china.png');
    await copyFile(inRoot('tests/fixtures/data/photos/china.png'), picture);
    const client = new LanguageClient(folder);
    await client.initialize();
    const [first, last] = [[], []];
    let began;
    client.hear('explain/partial', () => first.length < last.length + 1 && first.push(performance.now() - began));
    for (let i = 0; i <= times; i++) {
      began = performance.now();
      await client.request('explain/image', {
        textDocument: { uri: pathToFileURL(picture).href },
        method: 'integrated-gradients',
        // Another number of steps each time, so that none is remembered.
        options: { steps: String(50 + i) },
        workDoneToken: `map ${i}`,
      });
      last.push(performance.now() - began);
    }
    await client.close();
    return [
      ['panel of a picture, first map of a session', ms(first[0]), ''],
      [`first map later, median of ${times}`, ms(median(first.slice(1))), '300 ms'],
      [`finished map (50 steps), median of ${times}`, ms(median(last.slice(1))), ''],
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Trees: predictions beside ONNX Runtime, rows that TreeSHAP explains in a second, how that grows. */
export async function trees() {
  const project = inRoot('tests/benchmarks/Trees');
  const [model, table, background] = ['breast-cancer-gbm.onnx', 'test.csv', 'background100.csv'].map((file) =>
    path.join(SAMPLES, 'breast-cancer', file),
  );
  const m = JSON.parse(
    (await start('dotnet', ['run', '--project', project, '-c', 'Release', '--', model, table, background])).stdout,
  );
  const rate = (value) => `${Math.round(value).toLocaleString('en')} rows/s`;
  const rows = [
    ['small', 'breast-cancer-gbm (100 trees, depth 3)'],
    ['large', '500 trees, depth 8'],
    ['deep', '20 trees, depth 20'],
  ].flatMap(([name, what]) => [
    [`predictions, ${what}`, rate(m[`${name}RowsPerSecond`]), 'above ORT'],
    ['the same rows through ONNX Runtime, one thread', rate(m[`${name}BareOneThread`]), ''],
    ['the same rows through ONNX Runtime, all threads', rate(m[`${name}BareAllThreads`]), ''],
    ['TreeSHAP, path-dependent', rate(m[`${name}PathDependent`]), name === 'small' ? '136,000' : ''],
    [
      'TreeSHAP, interventional, 100 background rows',
      rate(m[`${name}Interventional`]),
      name === 'small' ? '33,000' : '',
    ],
    ['TreeSHAP interactions', rate(m[`${name}Interactions`]), name === 'small' ? '55,000' : ''],
  ]);
  const growth = ['Rows', 'Trees', 'Depth', 'Background'].map((what) => [
    `growth of TreeSHAP with ${what.toLowerCase()}, exponent`,
    m[`growthWith${what}`].toFixed(2),
    '',
  ]);
  return [...rows, ...growth];
}

/** Global methods over a file of a million rows, as CSV and as Parquet: time, and memory at most. */
export async function largeTables(rows = 1_000_000) {
  const project = inRoot('tests/benchmarks/LargeTables');
  const folder = await mkdtemp(path.join(os.tmpdir(), 'explainlsp-benchmark-'));
  try {
    const files = ['rows.csv', 'rows.parquet'].map((name) => path.join(folder, name));
    await start('dotnet', [
      'run',
      '--project',
      project,
      '-c',
      'Release',
      '--',
      path.join(SAMPLES, TABLE),
      String(rows),
      ...files,
    ]);
    const model = path.join(SAMPLES, 'breast-cancer/breast-cancer-gbm.onnx');
    const measured = [];
    for (const file of files) {
      for (const [method, ...options] of [
        ['mean-abs-shap', '--space', 'raw'],
        ['permutation-importance', '--option', 'repeats=1'],
      ]) {
        const run = [
          'global',
          model,
          file,
          '--method',
          method,
          '--label-column',
          'target',
          '--format',
          'json',
          ...options,
        ];
        const { seconds, peakMiB } = await timed(SERVER, run);
        const name = `${method}, ${rows.toLocaleString('en')} rows of ${path.extname(file).slice(1)}`;
        measured.push(
          [name, `${seconds.toFixed(1)} s`, ''],
          ['its rows a second', Math.round(rows / seconds).toLocaleString('en'), ''],
          ['its memory at most', `${Math.round(peakMiB)} MiB`, 'bounded'],
        );
      }
    }
    return measured;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Runs a command to its end: seconds, and the largest resident memory that Linux saw. */
async function timed(command, args) {
  const began = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  let peakMiB = 0;
  const watch = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      peakMiB = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024 || peakMiB;
    } catch {
      // It has ended.
    }
  }, 50);
  const [code] = await once(child, 'exit');
  clearInterval(watch);
  if (code !== 0) throw new Error(`${path.basename(command)} ${args.join(' ')} ended with ${code}`);
  return { seconds: (performance.now() - began) / 1000, peakMiB };
}
