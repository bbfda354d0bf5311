/**
 * Rows of traces that are written by hand. Where \bar v_7 = 1 says that v_7 is the output, \bar v_k is ∂v_7/∂v_k; where
 * \dot v_1 = 1 and \dot v_2 = 0 say which input moves, \dot v_k is the derivative of v_k by it.
 */
import { add, differentiate, type Expr, mul, num, substitute, sym, symbols } from '../../symbolic';
import { LoweringError } from '../latex/lower';
import { bare, type Node } from '../latex/tree';
import type { View } from './model';
import type { Statement } from './statements';

export interface RowMeaning {
  readonly expected: Expr;
  readonly stated: Expr;
  /** What the row should say, in the names of the other rows. */
  readonly local: Expr;
}

/** What a row should say and says; undefined for a statement that is no such row, or whose names are not all known. */
export function rowMeaning(view: View, statement: Statement, head: Node, body: Node): RowMeaning | undefined {
  const name = bare(head);
  if (name.kind !== 'symbol') return undefined;
  const prefix = name.name.startsWith('bar:') ? 'bar:' : name.name.startsWith('dot:') ? 'dot:' : undefined;
  if (!prefix) return undefined;
  try {
    const seeds = seedsOf(view, prefix, statement);
    if (seeds.length === 0) return undefined;
    const meaning = (n: string) => (prefix === 'bar:' ? adjoint(view, seeds, n) : tangent(view, seeds, n));
    // A seed is given, not claimed.
    if (seeds.some((s) => `${prefix}${s.name}` === name.name)) return undefined;
    const own = name.name.slice(prefix.length);
    const expected = meaning(own);
    if (!expected) return undefined;
    const { expr, disconnected } = view.lower(body, statement);
    if (disconnected) return undefined;
    let known = true;
    const stated = substitute(expr, (n) => {
      if (!n.startsWith(prefix)) return undefined;
      const value = meaning(n.slice(prefix.length));
      known &&= value !== undefined;
      return value;
    });
    if (!known) return undefined;
    const local = (prefix === 'bar:' ? contributions(view, own) : tangentRule(view, own)) ?? expected;
    return { expected: view.expanded(expected), stated: view.expanded(stated), local };
  } catch (error) {
    if (error instanceof LoweringError) return undefined;
    throw error;
  }
}

interface Seed {
  readonly name: string;
  readonly value: number;
}

/** The rows that are plain 0 or 1, as far as they hold at the statement. */
function seedsOf(view: View, prefix: 'bar:' | 'dot:', statement: Statement): Seed[] {
  const seeds: Seed[] = [];
  for (const name of view.namesBefore(prefix)) {
    const constant = view.constant(name);
    if (!constant || constant.definition.statement.section !== statement.section) continue;
    if (!view.isLiteral(constant.definition)) continue;
    if (constant.value === 1 || (prefix === 'dot:' && constant.value === 0))
      seeds.push({ name: name.slice(prefix.length), value: constant.value });
  }
  const ones = seeds.filter((s) => s.value === 1);
  // One output; at least one input that moves, and a row that happens to be 1 is no input.
  if (prefix === 'bar:') return ones.length === 1 ? seeds : [];
  const inputs = seeds.filter((s) => isInput(view, s.name));
  return inputs.some((s) => s.value === 1) ? inputs : [];
}

/** Not made of others: v_1, or v_1 = x_1. */
function isInput(view: View, name: string): boolean {
  const definition = view.definition(name);
  return definition === undefined || definition.kind !== 'apply';
}

/** ∂output/∂name along the definitions; undefined where none leads there. */
function adjoint(view: View, seeds: readonly Seed[], name: string): Expr | undefined {
  const output = (seeds.find((s) => s.value === 1) as Seed).name;
  return derivative(view, output, name);
}

function tangent(view: View, seeds: readonly Seed[], name: string): Expr | undefined {
  const parts = seeds.flatMap(({ name: input, value }) => {
    const by = derivative(view, name, input);
    return by ? [mul(value, by)] : [];
  });
  return parts.length > 0 ? parts.reduce(add) : undefined;
}

/** v̄ is the sum over what is made of v directly: adjoint times local partial. */
function contributions(view: View, name: string): Expr | undefined {
  const terms = view.namesBefore('bar:').flatMap((bar) => {
    const user = bar.slice('bar:'.length);
    const definition = user === name ? undefined : view.definition(user);
    return definition && symbols(definition).has(name) ? [mul(sym(bar), differentiate(definition, name))] : [];
  });
  return terms.length > 0 ? terms.reduce(add) : undefined;
}

/** v̇ is the sum over the operands of v: local partial times tangent. */
function tangentRule(view: View, name: string): Expr | undefined {
  const definition = view.definition(name);
  if (!definition) return undefined;
  const terms = [...symbols(definition)].map((operand) =>
    mul(differentiate(definition, operand), sym(`dot:${operand}`)),
  );
  return terms.length > 0 ? terms.reduce(add) : undefined;
}

function derivative(view: View, of: string, by: string): Expr | undefined {
  if (of === by) return num(1);
  const definition = view.definition(of);
  return definition && alongDefinitions(view, definition, by);
}

/** The derivative of an expression by a name, along all definitions; undefined where none leads there. @throws LoweringError */
export function alongDefinitions(view: View, expr: Expr, by: string): Expr | undefined {
  let current = expr;
  for (let i = 0; i < 64; i++) {
    const next = substitute(current, (n) => (n === by ? undefined : view.definition(n)));
    if (next === current) break;
    current = next;
  }
  return symbols(current).has(by) ? differentiate(current, by) : undefined;
}
