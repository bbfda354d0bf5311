// Child processes that never outlive the script which started them.
import { spawn } from 'node:child_process';

const windows = process.platform === 'win32';

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** Ends a child and everything that it started. */
export function end(
  /** @type {import('node:child_process').ChildProcess} */ child,
  /** @type {NodeJS.Signals} */ signal = 'SIGTERM',
) {
  if (child.pid === undefined) return;
  try {
    if (windows) spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended already.
  }
}

let interrupted = false;

/** Whether the user has asked this process to end. */
export const isInterrupted = () => interrupted;

process.on('exit', () => running.forEach((child) => end(child, 'SIGKILL')));
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => {
    interrupted = true;
    running.forEach((child) => end(child));
    // A moment to end in good order; the exit handler ends what is left.
    setTimeout(() => process.exit(130), 300);
  });

/**
 * Starts a program in a process group of its own.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function start(command, args, options = {}) {
  const child = spawn(command, args, { detached: !windows, ...options });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/**
 * Runs a program to its end. Output goes to the terminal, or to `output` line by line.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, output?: (line: string) => void, timeout?: number, shell?: boolean }} [options]
 * @returns {Promise<number>} the exit code; 127 if the program does not exist, 124 after a timeout
 */
export function run(command, args, { output, timeout, ...options } = {}) {
  return new Promise((resolve) => {
    const child = start(command, args, {
      ...options,
      stdio: ['ignore', output ? 'pipe' : 'inherit', output ? 'pipe' : 'inherit'],
    });
    let late = false;
    const timer = timeout && setTimeout(() => ((late = true), end(child, 'SIGKILL')), timeout);
    if (output) for (const stream of [child.stdout, child.stderr]) if (stream) lines(stream, output);
    child.once('error', () => resolve(127));
    child.once('close', (code, signal) => {
      if (timer) clearTimeout(timer);
      resolve(late ? 124 : (code ?? (signal ? 130 : 1)));
    });
  });
}

/**
 * Calls `each` with every whole line of a stream.
 * @param {NodeJS.ReadableStream} stream
 * @param {(line: string) => void} each
 */
export function lines(stream, each) {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk) => {
    const parts = (rest + chunk).split(/\r?\n/);
    rest = parts.pop() ?? '';
    parts.forEach(each);
  });
  stream.on('end', () => rest && each(rest));
}

/**
 * Runs npm: the one that runs this script if there is one, else the one on PATH.
 * @param {string[]} args
 * @param {Parameters<typeof run>[2] & { node?: string }} [options] `node`: the Node that npm itself runs on
 */
export function npm(args, { node = process.execPath, ...options } = {}) {
  const cli = process.env['npm_execpath'];
  if (cli?.endsWith('.js')) return run(node, [cli, ...args], options);
  return run(windows ? 'npm.cmd' : 'npm', args, { ...options, shell: windows });
}
