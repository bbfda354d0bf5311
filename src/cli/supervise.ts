/**
 * Work that can be interrupted. An evaluation holds its process until it is done, and hears no signal meanwhile: so on a
 * terminal it runs in a process of its own, which an interrupt ends at once, and this one says so.
 */
import { spawn } from 'node:child_process';

/** Set for the process that does the work. */
const WORKER = 'WENGERT_WORKER';

/** Whether there is somebody at a terminal who may want to interrupt, and this is not the process that works for them. */
export function wantsSupervision(): boolean {
  return process.stderr.isTTY && process.env[WORKER] === undefined;
}

/** The running program again, as the process that does the work. */
export const ownCommand = (): readonly string[] => [process.execPath, ...process.execArgv, ...process.argv.slice(1)];

/**
 * Runs a command on the same terminal.
 * @param say writes to standard error
 * @returns its exit code; 2 where it was interrupted
 */
export function supervised(command: readonly string[], say: (text: string) => void): Promise<number> {
  const [file = '', ...args] = command;
  // The terminal sends an interrupt to both; this one has to outlive the other.
  const stay = () => undefined;
  process.on('SIGINT', stay);
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: 'inherit', env: { ...process.env, [WORKER]: '1' } });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      process.off('SIGINT', stay);
      if (signal !== null) say('\r\u001b[Kwengert: interrupted; not everything was checked\n');
      resolve(code ?? 2);
    });
  });
}
