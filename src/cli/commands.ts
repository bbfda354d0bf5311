import type { Options } from './arguments';
import { check } from './check';
import { list } from './list';
import { lsp } from './lsp';
import { trace } from './trace';

export interface Command {
  readonly summary: string;
  readonly usage: string;
  readonly options: Options;
  /** Resolves to the exit code. @throws UsageError */
  run(args: readonly string[]): Promise<number>;
}

export const COMMANDS: Readonly<Record<string, Command>> = { list, trace, check, lsp };

/** The command of this name, where there is one. */
export function commandOf(name: string): Command | undefined {
  return Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
}
