// What a person sees while a script works: headings, times, one clear sentence when it cannot go on.

import { isInterrupted } from './processes.mjs';

/** A failure that a reader can act on; printed without a stack. */
export class Plain extends Error {}

const colour = process.stdout.isTTY && !process.env['NO_COLOR'];
const paint = (/** @type {string} */ code) => (/** @type {string} */ text) =>
  colour ? `\x1b[${code}m${text}\x1b[0m` : text;

export const bold = paint('1');
export const red = paint('31');
export const green = paint('32');
export const grey = paint('90');

/** Prints one line of progress. */
export const say = (/** @type {string} */ text) => void process.stdout.write(text + '\n');

/** Prints the heading of a part of the work. */
export const heading = (/** @type {string} */ text) => say('\n' + bold(`── ${text} `));

/** Milliseconds as a person reads them: 0.4 s, 12 s, 2 min 5 s. */
export function duration(/** @type {number} */ ms) {
  const s = ms / 1000;
  if (s < 10) return `${s.toFixed(1)} s`;
  if (s < 120) return `${Math.round(s)} s`;
  return `${Math.floor(s / 60)} min ${Math.round(s % 60)} s`;
}

/** Runs a script's main function; a failure becomes one sentence and exit code 1. */
export async function main(/** @type {() => Promise<number | void>} */ run) {
  try {
    process.exitCode = (await run()) ?? 0;
  } catch (error) {
    // What was interrupted fails in its own way; the user knows why.
    if (isInterrupted()) return;
    process.stderr.write(
      red(error instanceof Plain ? error.message : String(/** @type {Error} */ (error).stack ?? error)) + '\n',
    );
    process.exitCode = 1;
  }
}

/** Refuses a Node that the tools do not run on. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    throw new Plain(`Node ${process.versions.node} is too old: install Node 20.19 or newer.`);
}
