// Other programs, run as a person would in a terminal.
import { spawn } from 'node:child_process';
import { ROOT } from './paths.mjs';

/** A program that ended badly; `output` holds what it wrote when that was captured. */
export class CommandError extends Error {
  constructor(command, code, output) {
    super(`${command} ended with ${code}${output ? `:\n${output.trimEnd().split('\n').slice(-40).join('\n')}` : ''}`);
    this.code = code;
    this.output = output;
  }
}

/**
 * Runs a program to its end and gives back its exit code and captured output.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string>, show?: boolean, check?: boolean }} options
 *   `show` passes its output through as it comes; `check` (the default) throws when the exit code is not 0.
 */
export function run(command, args, { cwd = ROOT, env = {}, show = false, check = true } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let stdout = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      output += chunk;
      if (show) process.stdout.write(chunk);
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
      if (show) process.stderr.write(chunk);
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      const ended = code ?? signal;
      if (check && ended !== 0) reject(new CommandError([command, ...args].join(' '), ended, show ? '' : output));
      else resolve({ code: ended, stdout, output });
    });
  });
}

const began = Date.now();

/** Says what is being done now, and since when. */
export function step(text) {
  console.log(`── ${text} (${Math.round((Date.now() - began) / 1000)} s)`);
}

/** Runs a script's main function: errors become one readable message and exit code 1. */
export async function main(action) {
  try {
    await action();
  } catch (error) {
    console.error(error instanceof CommandError ? error.message : (error.stack ?? error));
    process.exitCode = 1;
  }
}
