import { parseArgs, type ParseArgsConfig } from 'node:util';

/** Something that keeps a command from running: one line for standard error, exit code 2. */
export class UsageError extends Error {}

/** Options of a command by name; what `parseArgs` understands, with a line for the help. */
export type Options = Record<string, { type: 'string' | 'boolean'; multiple?: boolean; value?: string; help: string }>;

export interface Parsed {
  readonly positionals: readonly string[];
  string(name: string): string | undefined;
  strings(name: string): readonly string[];
  flag(name: string): boolean;
}

/** @throws UsageError for an unknown option or a missing value */
export function parse(args: readonly string[], options: Options): Parsed {
  const config: ParseArgsConfig['options'] = {};
  for (const [name, { type, multiple }] of Object.entries(options))
    config[name] = { type, ...(multiple ? { multiple } : {}) };
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: config,
      allowPositionals: true,
      strict: true,
    });
    return {
      positionals,
      string: (name) => values[name] as string | undefined,
      strings: (name) => (values[name] as string[] | undefined) ?? [],
      flag: (name) => values[name] === true,
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(message.split('\n')[0]?.replace(/\. To specify.*$/, '') ?? message);
  }
}

/** `NAME=JSON` pairs. @throws UsageError where the value is not JSON */
export function assignments(pairs: readonly string[]): Record<string, unknown> {
  const set = new Map<string, unknown>();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw new UsageError(`--set wants NAME=JSON, not ${JSON.stringify(pair)}`);
    set.set(pair.slice(0, at).trim(), json(pair.slice(at + 1), `--set ${pair.slice(0, at)}`));
  }
  return Object.fromEntries(set);
}

/** @throws UsageError where the text is not JSON */
export function json(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`the value of ${what} is not JSON: ${text}`);
  }
}

/**
 * `LINE[:COL]` from 1, as a position from 0; in a notebook `CELL:LINE[:COL]`, cells counted from 0.
 * @throws UsageError
 */
export function position(text: string, isNotebook = false): { line: number; character: number; cell?: number } {
  const parts = /^\d+(?::\d+){0,2}$/.test(text.trim()) ? text.trim().split(':').map(Number) : [];
  const cell = isNotebook ? parts.shift() : undefined;
  const [line = 0, column = 1] = parts;
  if (parts.length > 2 || line < 1 || column < 1) {
    const form = isNotebook
      ? 'CELL:LINE or CELL:LINE:COLUMN, cells counted from 0 and the others'
      : 'LINE or LINE:COLUMN, counted';
    throw new UsageError(`--at wants ${form} from 1, not ${text}`);
  }
  const at = { line: line - 1, character: column - 1 };
  return cell === undefined ? at : { ...at, cell };
}

/** Names separated by commas that are not inside brackets or quotes: `a,params['W1'],x_{1,2}`. */
export function names(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let part = '';
  for (const c of text) {
    if (quote !== '') quote = c === quote ? '' : quote;
    else if (c === "'" || c === '"') quote = c;
    else if ('[{('.includes(c)) depth++;
    else if (']})'.includes(c)) depth--;
    if (c === ',' && depth === 0 && quote === '') {
      parts.push(part.trim());
      part = '';
    } else part += c;
  }
  return [...parts, part.trim()].filter((name) => name !== '');
}
