/** Reads the text of a formula into a syntax tree. */
import type { Span } from '../../model';
import { type Declarations, NO_DECLARATIONS, type Reading } from './conventions';
import { expandMacros, type Macros } from './macros';
import { Parser } from './parser';
import { joinRows } from './rows';
import { parseStatements } from './statements';
import { tokenize } from './tokens';
import type { ErrorNode, Node } from './tree';

export interface ParseOptions {
  /** The ranges of the document that hold the formula; all of the text by default. */
  readonly ranges?: readonly Span[];
  readonly declarations?: Declarations;
  readonly macros?: Macros;
}

export interface Formula {
  readonly root: Node;
  /** In order of appearance; each is also a node of the tree where something stands in for it. */
  readonly errors: readonly ErrorNode[];
  /** The conventions that were applied, and where. */
  readonly readings: readonly Reading[];
}

/** Tokens beyond this many are not read: what is as long as this is no formula, and trees must not exhaust the stack. */
const MAX_TOKENS = 4_000;

/** Never throws: what cannot be read becomes an error node with its range. */
export function parseFormula(text: string, options: ParseOptions = {}): Formula {
  const ranges = options.ranges ?? [{ from: 0, to: text.length }];
  const region = { from: ranges[0]?.from ?? 0, to: ranges[ranges.length - 1]?.to ?? 0 };
  const tokens = tokenize(text, ranges);
  const expanded = options.macros && options.macros.size > 0 ? expandMacros(tokens, options.macros) : tokens;
  const rows = joinRows(expanded);
  const p = new Parser(rows.slice(0, MAX_TOKENS), options.declarations ?? NO_DECLARATIONS, region);
  const root = parseStatements(p);
  const rest = rows[MAX_TOKENS];
  if (rest)
    p.error('too-long', `only the first ${MAX_TOKENS} symbols are read`, {
      from: rest.from,
      to: region.to,
    });
  return { root, errors: p.errors, readings: p.readings };
}
