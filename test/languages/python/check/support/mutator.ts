/**
 * Damages the derivatives of a Python text, one place at a time. What can be damaged is found in the syntax tree; which
 * damages are taken is drawn from a seed, not chosen by hand.
 */
import type { Expr, FunctionDef, Lambda, Module, Stmt } from '../../../../../src/languages/python/ast';
import { parseModule } from '../../../../../src/languages/python/parse';
import { nodesIn } from '../../../../../src/languages/python/check/walk';

export type DamageKind =
  | 'sign'
  | 'factor'
  | 'term dropped'
  | 'term sign'
  | 'factor dropped'
  | 'transpose'
  | 'sum dropped'
  | 'wrong axis'
  | 'mean for sum'
  | 'swapped'
  | 'comparison'
  | 'constant'
  | 'forward axis';

export interface Damage {
  readonly kind: DamageKind;
  /** What was replaced by what, for messages. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly replacement: string;
}

/**
 * Every damage that can be done to a function of a text.
 * @param gradientsOnly only what is given to gradients: the function computes its loss as well
 */
export function damagesOf(
  text: string,
  target: { readonly from: number; readonly to: number },
  gradientsOnly = false,
): Damage[] {
  const { module } = parseModule(text);
  const node = functionAt(module, target);
  const found: Damage[] = [];
  const add = (kind: DamageKind, e: { readonly from: number; readonly to: number }, replacement: string): void => {
    const was = text.slice(e.from, e.to);
    if (was !== replacement) found.push({ kind, from: e.from, to: e.to, replacement, text: `${was} → ${replacement}` });
  };
  const source = (e: Expr) => text.slice(e.from, e.to);
  const bracketed = (e: Expr) =>
    e.kind === 'Name' || e.kind === 'Call' || e.kind === 'Attribute' || e.kind === 'Constant'
      ? source(e)
      : `(${source(e)})`;

  const whole = (e: Expr): void => {
    if (e.kind === 'Tuple') {
      const [a, b] = e.elts;
      if (a && b && e.elts.length === 2) add('swapped', e, `${source(b)}, ${source(a)}`);
      e.elts.forEach(whole);
      return;
    }
    if (e.kind === 'Constant' && e.value.type === 'None') return;
    if (!isNumeric(e)) return;
    add('sign', e, `-(${source(e)})`);
    add('factor', e, `2 * (${source(e)})`);
    add('factor', e, `(${source(e)}) / 2`);
  };
  if (node?.kind === 'Lambda') whole(node.body);
  else if (node && !gradientsOnly)
    for (const s of node.body) for (const n of nodesIn(s)) if (n.kind === 'Return' && n.value) whole(n.value);

  const inside = node?.body ?? module.body.filter((s) => s.to > target.from && s.from < target.to);
  const roots =
    gradientsOnly || !node
      ? [...nodesIn(inside)].filter(
          (n) => n.kind === 'Assign' && n.targets[0] !== undefined && isGradientTarget(n.targets[0]),
        )
      : inside;
  for (const n of nodesIn(roots)) {
    if (isStatement(n)) {
      if (n.kind === 'Assign' && n.targets[0] && isGradientTarget(n.targets[0]) && isNumeric(n.value)) whole(n.value);
      continue;
    }
    if (n.kind === 'BinOp') {
      const [l, r] = [bracketed(n.left), bracketed(n.right)];
      if (n.op === '+' || n.op === '-') {
        add('term sign', n, `${l} ${n.op === '+' ? '-' : '+'} ${r}`);
        if (isArithmetic(n.left) && isArithmetic(n.right)) add('term dropped', n, l);
        if (n.op === '+') add('term dropped', n, r);
      } else if (n.op === '*') {
        add('factor dropped', n, l);
        add('factor dropped', n, r);
      } else if (n.op === '/') add('factor dropped', n, l);
      else if (n.op === '**' && n.right.kind === 'Constant') add('constant', n.right, '3');
    } else if (n.kind === 'Attribute' && n.attr === 'T') add('transpose', n, source(n.value));
    else if (n.kind === 'Call' && n.func.kind === 'Attribute' && n.func.attr === 'sum') {
      const axis = n.keywords.find((k) => k.arg === 'axis');
      const argument = n.func.value.kind === 'Name' && n.func.value.id === 'np' ? n.args[0] : n.func.value;
      if (argument && axis) {
        add('sum dropped', n, bracketed(argument));
        if (axis.value.kind === 'Constant') add('wrong axis', axis.value, source(axis.value) === '0' ? '1' : '0');
        add('mean for sum', { from: n.func.to - 3, to: n.func.to }, 'mean');
      }
    } else if (n.kind === 'Compare' && n.ops.length === 1) {
      const flipped: Readonly<Record<string, string>> = { '>': '<', '<': '>', '>=': '<', '<=': '>' };
      const op = flipped[n.ops[0] as string];
      if (op && n.comparators[0]) add('comparison', n, `${source(n.left)} ${op} ${source(n.comparators[0])}`);
    }
  }
  return found;
}

/** Takes the axis from sums, maxima and means of a forward pass. */
export function forwardDamages(text: string, target: { readonly from: number; readonly to: number }): Damage[] {
  const found: Damage[] = [];
  for (const match of text.slice(target.from, target.to).matchAll(/, axis=-?\d(?:, keepdims=True)?/g)) {
    const from = target.from + match.index;
    found.push({
      kind: 'forward axis',
      from,
      to: from + match[0].length,
      replacement: '',
      text: `${match[0]} → (nothing)`,
    });
  }
  return found;
}

export function damaged(text: string, { from, to, replacement }: Damage): string {
  return text.slice(0, from) + replacement + text.slice(to);
}

/** A few damages of different kinds, drawn from a seed. */
export function drawn(damages: readonly Damage[], count: number, seed: number): Damage[] {
  const random = mulberry(seed);
  const left = [...damages];
  const taken: Damage[] = [];
  while (taken.length < count && left.length > 0) {
    const kinds = [...new Set(left.map((d) => d.kind))].filter((k) => !taken.some((t) => t.kind === k));
    const kind = kinds[Math.floor(random() * kinds.length)];
    const pool = kind === undefined ? left : left.filter((d) => d.kind === kind);
    const chosen = pool[Math.floor(random() * pool.length)] as Damage;
    taken.push(chosen);
    left.splice(left.indexOf(chosen), 1);
  }
  return taken;
}

function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function functionAt(
  module: Module,
  { from, to }: { readonly from: number; readonly to: number },
): FunctionDef | Lambda | undefined {
  for (const n of nodesIn(module.body)) {
    if (n.kind === 'FunctionDef' && n.from === from) return n;
    if (n.kind === 'Lambda' && n.from >= from && n.to <= to) return n;
  }
  return undefined;
}

function isStatement(n: Expr | Stmt): n is Stmt {
  return ['Assign', 'AugAssign', 'Return', 'Expr', 'If', 'For', 'While'].includes(n.kind);
}

function isGradientTarget(e: Expr): boolean {
  if (e.kind === 'Subscript') return isGradientTarget(e.value);
  const name = e.kind === 'Name' ? e.id : e.kind === 'Attribute' ? e.attr : '';
  return /^d(?!ef|oes|ata)|grad|_error|slope/.test(name);
}

/** Expressions that give numbers, as far as their form tells. */
function isNumeric(e: Expr): boolean {
  return (
    ['BinOp', 'UnaryOp', 'Call', 'Name', 'Subscript', 'Attribute'].includes(e.kind) &&
    !(e.kind === 'Call' && /copy|zeros|ones/.test(JSON.stringify(e.func)))
  );
}

/** Not a part of an index or a shape. */
function isArithmetic(e: Expr): boolean {
  return e.kind !== 'Constant';
}
