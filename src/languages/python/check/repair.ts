/**
 * Small corrections of a derivative's text that make it right: one edit, tried at the points where it failed and accepted
 * only if it also holds at fresh ones. What the edit is tells what is wrong, and where.
 */
import type { Span } from '../../../model';
import type { CheckCause, Fix } from '../../frontEnd';
import type { Expr, Module, Stmt } from '../ast';
import { type Callee, parametersOf } from './callee';
import { countRepairs } from './countRepairs';
import { gradientTarget } from './names';
import { reachable } from './reach';
import { type Node, nodesIn, ownStatements } from './walk';

/** One edit, and what it would mean if it mends. */
export interface Repair {
  readonly span: Span;
  readonly replacement: string;
  readonly code: string;
  readonly text: string;
}

/**
 * Corrections of a body that are worth trying, the likeliest first. Lines count from 1.
 * @param names of numbers that the body has at hand
 */
export function* repairs(
  source: string,
  body: readonly Stmt[] | Expr,
  names: readonly string[],
  line: (offset: number) => string,
): Generator<Repair> {
  const nodes = [...nodesIn(body)];
  const text = (n: Span) => source.slice(n.from, n.to);
  const at = (n: Span) => `in ${line(n.from)}`;
  const short = (n: Span) => {
    const t = text(n).replace(/\s+/g, ' ');
    return `\`${t.length > 40 ? `${t.slice(0, 37)}…` : t}\``;
  };

  // A sum that should be a difference, and the other way round.
  for (const n of nodes) {
    if (n.kind !== 'BinOp' || (n.op !== '+' && n.op !== '-')) continue;
    yield {
      span: n,
      replacement: `${text(n.left)} ${n.op === '+' ? '-' : '+'} ${n.op === '+' ? bracketed(n.right, text) : text(n.right)}`,
      code: 'sign',
      text: `the sign of ${short(n.right)} ${at(n)} is wrong`,
    };
  }
  for (const n of nodes) {
    if (n.kind !== 'Compare' || n.ops.length !== 1 || !n.comparators[0]) continue;
    const op = FLIPPED[n.ops[0] as string];
    if (!op) continue;
    yield {
      span: n,
      replacement: `${text(n.left)} ${op} ${text(n.comparators[0])}`,
      code: 'comparison',
      text: `the comparison ${short(n)} ${at(n)} points the wrong way`,
    };
  }
  yield* axisRepairs(nodes, text, at, short);
  // Transposes, missing or one too many.
  for (const n of operandsOfProducts(nodes)) {
    const isTurned = n.kind === 'Attribute' && n.attr === 'T';
    yield {
      span: n,
      replacement: isTurned ? text(n.value) : `${bracketed(n, text)}.T`,
      code: 'transpose',
      text: `${short(n)} ${at(n)} ${isTurned ? 'must not be transposed' : 'must be transposed'}`,
    };
  }
  const values = valuesOf(body);
  for (const e of values) {
    yield {
      span: e,
      replacement: `-(${text(e)})`,
      code: 'sign',
      text: `the sign of ${short(e)} ${at(e)} is wrong`,
    };
  }
  yield* countRepairs(source, values, at, short);
  // A gradient that still has an entry for each example.
  for (const e of values) {
    for (const [axis, over] of [
      ['axis=0', 'axis 0'],
      ['axis=0, keepdims=True', 'axis 0'],
      ['axis=1, keepdims=True', 'axis 1'],
    ] as const) {
      yield {
        span: e,
        replacement: `${bracketed(e, text)}.sum(${axis})`,
        code: 'missing-axis',
        text: `${short(e)} ${at(e)} must be summed over ${over}`,
      };
    }
  }
  for (const e of values) {
    for (const [replacement, what] of [
      [`(${text(e)}) / 2`, 'twice what it should be'],
      [`2 * (${text(e)})`, 'half of what it should be'],
    ] as const) {
      yield { span: e, replacement, code: 'constant-factor', text: `${short(e)} ${at(e)} is ${what}` };
    }
  }
  // Numbers.
  for (const n of nodes) {
    if (n.kind !== 'Constant' || (n.value.type !== 'int' && n.value.type !== 'float')) continue;
    const value = Number(n.value.value);
    if (!Number.isFinite(value)) continue;
    for (const other of new Set([value + 1, value - 1, 2 * value, value / 2])) {
      if (other === value) continue;
      yield {
        span: n,
        replacement: String(other),
        code: 'wrong-number',
        text: `the number ${text(n)} ${at(n)} should be ${other}`,
      };
    }
  }
  // A square too few or too many.
  for (const n of nodes) {
    if (n.kind === 'BinOp' && n.op === '**' && n.right.kind === 'Constant') {
      yield {
        span: n,
        replacement: text(n.left),
        code: 'wrong-number',
        text: `${short(n)} ${at(n)} should be ${short(n.left)}`,
      };
    } else if (n.kind === 'BinOp' && (n.op === '-' || n.op === '+') && isNamed(n.right)) {
      yield {
        span: n.right,
        replacement: `${text(n.right)}**2`,
        code: 'wrong-number',
        text: `${short(n.right)} ${at(n)} should be squared`,
      };
    }
  }
  yield* factorRepairs(values, names, text, at, short);
  // One name for another, where it is used.
  const targets = new Set<Node>(
    nodes
      .flatMap((n) => (n.kind === 'Assign' ? n.targets : n.kind === 'AugAssign' ? [n.target] : []))
      .flatMap((t) => [...nodesIn(t)]),
  );
  for (const n of nodes) {
    if (targets.has(n)) continue;
    if (n.kind !== 'Name' && !(n.kind === 'Attribute' && n.value.kind === 'Name' && n.value.id === 'self')) continue;
    const own = text(n);
    if (!names.includes(own)) continue;
    for (const other of names) {
      if (other === own) continue;
      yield {
        span: n,
        replacement: other,
        code: 'wrong-variable',
        text: `\`${own}\` ${at(n)} should be \`${other}\``,
      };
    }
  }
}

const isNamed = (e: Expr) => e.kind === 'Name' || e.kind === 'Attribute';

const FLIPPED: Readonly<Record<string, string>> = { '>': '<=', '<': '>=', '>=': '<', '<=': '>' };

function* axisRepairs(
  nodes: readonly Node[],
  text: (n: Span) => string,
  at: (n: Span) => string,
  short: (n: Span) => string,
): Generator<Repair> {
  for (const n of nodes) {
    if (n.kind !== 'Call' || n.func.kind !== 'Attribute' || !/^(?:sum|mean)$/.test(n.func.attr)) continue;
    const axis = n.keywords.find((k) => k.arg === 'axis');
    if (axis?.value.kind === 'Constant') {
      for (const other of ['0', '1', '-1']) {
        if (other === text(axis.value)) continue;
        yield {
          span: axis.value,
          replacement: other,
          code: 'wrong-axis',
          text: `${short(n)} ${at(n)} goes over axis ${text(axis.value)}, and should go over axis ${other}`,
        };
      }
    } else if (!axis) {
      for (const [replacement, over] of [
        ['axis=0', 'axis 0'],
        ['axis=1', 'axis 1'],
        ['axis=0, keepdims=True', 'axis 0'],
        ['axis=1, keepdims=True', 'axis 1'],
        ['axis=-1, keepdims=True', 'the last axis'],
      ] as const) {
        const empty = n.args.length + n.keywords.length === 0;
        yield {
          span: { from: n.to - 1, to: n.to - 1 },
          replacement: `${empty ? '' : ', '}${replacement}`,
          code: 'missing-axis',
          text: `${short(n)} ${at(n)} goes over all elements, and should go over ${over}`,
        };
      }
    }
    const { attr } = n.func;
    yield {
      span: { from: n.func.to - attr.length, to: n.func.to },
      replacement: attr === 'sum' ? 'mean' : 'sum',
      code: 'constant-factor',
      text: `${short(n)} ${at(n)} is a ${attr === 'sum' ? 'sum' : 'mean'}, and should be a ${attr === 'sum' ? 'mean' : 'sum'}`,
    };
  }
}

/** Sums and maxima of a forward pass, and of the functions that it calls, that go over everything. */
export function* forwardAxisRepairs(
  module: Module,
  source: string,
  forward: Callee,
  line: (offset: number) => string,
): Generator<Repair> {
  const text = (n: Span) => source.slice(n.from, n.to);
  for (const body of reachable(module, forward.node.body)) {
    for (const n of nodesIn(body)) {
      if (n.kind !== 'Call' || n.func.kind !== 'Attribute' || !/^(?:sum|max|mean|amax)$/.test(n.func.attr)) continue;
      if (n.keywords.some((k) => k.arg === 'axis')) continue;
      for (const axis of ['-1', '0']) {
        const empty = n.args.length + n.keywords.length === 0;
        yield {
          span: { from: n.to - 1, to: n.to - 1 },
          replacement: `${empty ? '' : ', '}axis=${axis}, keepdims=True`,
          code: 'missing-axis',
          text: `\`${text(n).replace(/\s+/g, ' ')}\` in ${line(n.from)} goes over all examples at once: the axis is missing in the forward pass`,
        };
      }
    }
  }
}

/** Tiny numbers in a forward pass that keep a logarithm or a quotient from blowing up, which gradients by hand leave out. */
export function epsilonsIn(module: Module, forward: Callee): { readonly span: Span; readonly value: number }[] {
  return [...reachable(module, forward.node.body)].flatMap((body) =>
    [...nodesIn(body)].flatMap((n) => {
      if (n.kind !== 'Constant' || n.value.type !== 'float') return [];
      const { value } = n.value;
      return value > 0 && value <= LARGEST_EPSILON ? [{ span: { from: n.from, to: n.to }, value }] : [];
    }),
  );
}

const LARGEST_EPSILON = 1e-5;

function* operandsOfProducts(nodes: readonly Node[]): Generator<Expr> {
  for (const n of nodes) {
    if (n.kind === 'BinOp' && n.op === '@') {
      yield n.left;
      yield n.right;
    } else if (n.kind === 'Call' && n.func.kind === 'Attribute' && /^(?:dot|matmul)$/.test(n.func.attr)) {
      if (!(n.func.value.kind === 'Name' && n.func.value.id === 'np')) yield n.func.value;
      yield* n.args;
    }
  }
}

/** What is returned or given to gradients, whole: sums of products taken apart into their terms as well. */
function valuesOf(body: readonly Stmt[] | Expr): Expr[] {
  const values: Expr[] = [];
  const take = (e: Expr): void => {
    if (e.kind === 'Tuple' || e.kind === 'List') e.elts.forEach(take);
    else if (e.kind === 'Dict') e.items.forEach((i) => take(i.value));
    else if (!(e.kind === 'Constant' && e.value.type === 'None')) values.push(e);
  };
  if (!Array.isArray(body)) {
    take(body as Expr);
    return values;
  }
  for (const s of ownStatements(body as readonly Stmt[])) {
    if (s.kind === 'Return' && s.value) take(s.value);
    else if (s.kind === 'Assign' && s.targets.length === 1 && isGradient(s.targets[0] as Expr)) take(s.value);
    else if (s.kind === 'AugAssign' && isGradient(s.target)) take(s.value);
  }
  return values.filter((e) => !(e.kind === 'Name' && values.length > 6));
}

function isGradient(e: Expr): boolean {
  if (e.kind === 'Name') return gradientTarget(e.id) !== undefined || /grad|delta/.test(e.id);
  if (e.kind === 'Attribute') return gradientTarget(e.attr) !== undefined;
  if (e.kind === 'Subscript')
    return isGradient(e.value) || (e.slice.kind === 'Constant' && e.slice.value.type === 'str');
  return false;
}

function* factorRepairs(
  values: readonly Expr[],
  names: readonly string[],
  text: (n: Span) => string,
  at: (n: Span) => string,
  short: (n: Span) => string,
): Generator<Repair> {
  for (const e of values) {
    for (const name of names) {
      for (const factor of [name, `${name} * (1 - ${name})`, `(1 - ${name})`, `(1 - ${name}**2)`, `(${name} > 0)`]) {
        yield {
          span: e,
          replacement: `(${text(e)}) * ${factor}`,
          code: 'missing-factor',
          text: `the factor \`${factor}\` is missing in ${short(e)} ${at(e)}`,
        };
      }
    }
  }
}

/** Names of numbers that a derivative has at hand: its parameters, its variables, fields of the object. */
export function namesAtHand(forward: Callee, backward: Callee): string[] {
  const names = new Set([...parametersOf(backward).map((p) => p.name), ...assignedIn(backward.node.body)]);
  for (const n of nodesIn(backward.node.body)) {
    if (n.kind === 'Attribute' && n.value.kind === 'Name' && n.value.id === 'self') names.add(`self.${n.attr}`);
  }
  if (backward.owner) {
    for (const n of nodesIn(forward.node.body)) {
      if (n.kind === 'Attribute' && n.value.kind === 'Name' && n.value.id === 'self') names.add(`self.${n.attr}`);
    }
  }
  return [...names].slice(0, MOST_NAMES);
}

/** Names that corrections put in the place of others, at most. */
const MOST_NAMES = 12;

/** Names that a body gives values to. */
export function assignedIn(body: unknown): string[] {
  const names = new Set<string>();
  for (const n of nodesIn(body)) {
    if (n.kind !== 'Assign') continue;
    for (const t of n.targets) {
      for (const x of t.kind === 'Tuple' ? t.elts : [t]) if (x.kind === 'Name') names.add(x.id);
    }
  }
  return [...names];
}

function bracketed(e: Expr, text: (n: Span) => string): string {
  return ['Name', 'Attribute', 'Subscript', 'Call', 'Constant'].includes(e.kind) ? text(e) : `(${text(e)})`;
}

export function causeOf(repair: Repair): CheckCause {
  return { code: repair.code, text: repair.text, span: repair.span };
}

export function fixOf(repair: Repair, source: string): Fix {
  const was = source.slice(repair.span.from, repair.span.to).replace(/\s+/g, ' ');
  const title = was === '' ? `Insert \`${repair.replacement}\`` : `Replace \`${was}\` by \`${repair.replacement}\``;
  return { title, edits: [{ span: repair.span, text: repair.replacement }] };
}
