// Test suites: each gives back how many tests passed, failed and were skipped.
import fs from 'node:fs';
import path from 'node:path';
import { OUT } from './paths.mjs';
import { run, step } from './processes.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const RESULTS = path.join(OUT, 'tests');
const none = { passed: 0, failed: 0, skipped: 0 };

const sum = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** A suite that ended badly without naming a failed test has crashed, and one that named none at all has not run. */
function honest(name, counts, exitCode) {
  const crashed = exitCode !== 0 && counts.failed === 0;
  const empty = counts.passed + counts.failed + counts.skipped === 0;
  if (!crashed && !empty) return counts;
  console.error(`${name}: ${crashed ? `ended with ${exitCode} though no test failed` : 'no test ran'}`);
  return sum(counts, { ...none, failed: 1 });
}

/** A check without tests of its own counts as one test. */
export async function check(action) {
  await action();
  return { ...none, passed: 1 };
}

/** Runs all .NET test projects of a solution that is already built; every project must report. */
export async function dotnetTests(solution, projects) {
  const folder = path.join(RESULTS, 'dotnet');
  fs.rmSync(folder, { recursive: true, force: true });
  const logger = 'trx;LogFilePrefix=results';
  const flags = ['-c', 'Release', '--no-build', '--nologo', '--logger', logger, '--results-directory', folder];
  const { code } = await run('dotnet', ['test', solution, ...flags], { show: true, check: false });
  const files = fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => name.endsWith('.trx')) : [];
  const counts = files.map((name) => readTrx(fs.readFileSync(path.join(folder, name), 'utf8'))).reduce(sum, none);
  if (files.length < projects) {
    console.error(`${projects - files.length} of ${projects} .NET test projects reported nothing`);
    return sum(counts, { ...none, failed: projects - files.length });
  }
  return honest('.NET tests', counts, code);
}

function readTrx(xml) {
  const counters = /<Counters ([^>]*)\/>/.exec(xml)?.[1] ?? '';
  const count = (name) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(counters)?.[1] ?? 0);
  const total = count('total');
  const passed = count('passed');
  // VSTest leaves skipped tests out of every counter but the total.
  const skipped = total - count('executed');
  return { passed, skipped, failed: total - passed - skipped };
}

/** Runs test files with Node's own runner, one after the other. */
export async function nodeTests(name, files, { cwd, env } = {}) {
  fs.mkdirSync(RESULTS, { recursive: true });
  const tap = path.join(RESULTS, `${name}.tap`);
  fs.rmSync(tap, { force: true });
  const reporters = ['spec', 'stdout', 'tap', tap].map((value, i) =>
    i % 2 ? `--test-reporter-destination=${value}` : `--test-reporter=${value}`,
  );
  const flags = ['--test', '--test-concurrency=1', ...reporters];
  const { code } = await run(process.execPath, [...flags, ...files], { cwd, env, show: true, check: false });
  const text = fs.existsSync(tap) ? fs.readFileSync(tap, 'utf8') : '';
  const count = (what) => Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  const counts = {
    passed: count('pass'),
    failed: count('fail') + count('cancelled'),
    skipped: count('skipped') + count('todo'),
  };
  return honest(name, counts, code);
}

/** Runs suites in order, whatever becomes of each, and gives back the sum. */
export async function runAll(suites) {
  let total = none;
  for (const [name, suite] of suites) {
    step(name);
    let counts;
    try {
      counts = await suite();
    } catch (error) {
      console.error(error.message);
      counts = { ...none, failed: 1 };
    }
    console.log(`${name}: ${describe(counts)}`);
    total = sum(total, counts);
  }
  return total;
}

export const describe = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;
