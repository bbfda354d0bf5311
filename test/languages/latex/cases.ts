/** Reads the text cases beside this file: `# title`, formula, `==>`, tree in prefix form, one `!` line an error. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Declarations } from '../../../src/languages/latex/conventions';

export interface Case {
  readonly file: string;
  readonly title: string;
  readonly formula: string;
  readonly tree: string;
  /** `from-to code` of each error. */
  readonly errors: readonly string[];
  /** From `@function f g @variable T` in the title. */
  readonly declarations: Declarations;
}

const FOLDER = new URL('./cases/', import.meta.url);

export function readCases(): Case[] {
  return readdirSync(FOLDER)
    .filter((f) => f.endsWith('.txt'))
    .sort()
    .flatMap((file) => {
      const text = readFileSync(new URL(file, FOLDER), 'utf8');
      return text
        .split(/^# /m)
        .slice(1)
        .map((part) => readCase(file, part));
    });
}

function readCase(file: string, part: string): Case {
  const [head, expected] = part.split(/^==>$/m);
  if (head === undefined || expected === undefined)
    throw new Error(`${file}: a case without ==>: ${part.slice(0, 60)}`);
  const newline = head.indexOf('\n');
  const title = head.slice(0, newline).trim();
  const [tree = '', ...errors] = expected.trim().split(/\n! /);
  return {
    file,
    title,
    formula: head.slice(newline + 1).trim(),
    tree: tree.trim(),
    errors: errors.map((e) => e.trim()),
    declarations: declared(title),
  };
}

function declared(title: string): Declarations {
  const roles = new Map<string, 'function' | 'variable'>();
  for (const [, role, names] of title.matchAll(/@(function|variable) ([^@]+)/g))
    for (const name of (names as string).trim().split(/\s+/)) roles.set(name, role as 'function' | 'variable');
  return { role: (name) => roles.get(name) };
}
