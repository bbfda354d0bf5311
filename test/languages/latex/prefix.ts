/** Syntax trees in prefix form, for tests: `(eq L (mul (div 1 2) (pow y 2)))`. */
import type { BinaryNode, IndexRangeNode, Node } from '../../../src/languages/latex/tree';

export type Prefix = string | number | readonly Prefix[];

const BINARY: Readonly<Record<string, string>> = {
  plusminus: 'pm',
  intersection: 'intersect',
  directsum: 'oplus',
  outer: 'otimes',
};

/** Brackets that only group vanish; sums and products in a row are flat. */
export function toPrefix(n: Node): Prefix {
  switch (n.kind) {
    case 'number':
      return n.value;
    case 'symbol':
      return n.name;
    case 'text':
      return ['text', n.text];
    case 'dots':
      return 'dots';
    case 'error':
      return ['error'];
    case 'group':
    case 'annotated':
      return n.kind === 'annotated' && n.command === 'pm' ? ['pm', toPrefix(n.body)] : toPrefix(n.body);
    case 'indexed':
      return n.base.kind === 'indexed'
        ? ['at', ...flatIndices(n)]
        : ['at', toPrefix(n.base), ...n.indices.map(toPrefix)];
    case 'binary':
      return [BINARY[n.op] ?? n.op, ...operands(n)];
    case 'negative':
      return ['neg', toPrefix(n.operand)];
    case 'power':
      return ['pow', toPrefix(n.base), toPrefix(n.exponent)];
    case 'transpose':
    case 'factorial':
    case 'percent':
      return [n.kind, toPrefix(n.operand)];
    case 'prime':
      return n.order > 1 ? ['prime', toPrefix(n.operand), n.order] : ['prime', toPrefix(n.operand)];
    case 'function':
      return n.base ? ['logb', toPrefix(n.base), ...n.args.map(toPrefix)] : [n.name, ...n.args.map(toPrefix)];
    case 'call':
      return ['call', toPrefix(n.callee), ...n.args.map(toPrefix)];
    case 'root':
      return n.index ? ['root', toPrefix(n.radicand), toPrefix(n.index)] : ['sqrt', toPrefix(n.radicand)];
    case 'binomial':
      return ['binom', toPrefix(n.upper), toPrefix(n.lower)];
    case 'derivative':
      return ['D', toPrefix(n.operand), ...n.variables.map(toPrefix)];
    case 'degree':
      return [n.scale ? `degree${n.scale}` : 'degree', toPrefix(n.operand)];
    case 'differential':
      return [n.partial ? 'partial' : 'd', toPrefix(n.operand)];
    case 'gradient':
      return [n.order === 1 ? 'grad' : `grad${n.order}`, toPrefix(n.operand), ...n.variables.map(toPrefix)];
    case 'range':
      return range(n);
    case 'big':
      return [n.op, toPrefix(n.body), ...n.ranges.map(range)];
    case 'limit':
      return ['lim', toPrefix(n.body), ...(n.approach ? [approach(n.approach)] : []), ...(n.side ? [n.side] : [])];
    case 'integral':
      return [
        'integral',
        ...[n.body, ...n.variables, ...(n.lower ? [n.lower] : []), ...(n.upper ? [n.upper] : [])].map(toPrefix),
      ];
    case 'optimum':
      return [n.op.startsWith('arg') ? n.op : `${n.op}over`, toPrefix(n.body), ...n.variables.map(toPrefix)];
    case 'relation': {
      const [first] = n.signs;
      if (first && n.signs.every((s) => s.op === first.op)) return [first.op, ...n.operands.map(toPrefix)];
      return [
        'chain',
        ...n.operands.flatMap((o, i) => (i === 0 ? [toPrefix(o)] : [n.signs[i - 1]?.op ?? '?', toPrefix(o)])),
      ];
    }
    case 'continuation':
      return [
        'cont',
        ...n.operands.flatMap((o, i) =>
          i === 0 || n.signs[i]?.op !== n.signs[0]?.op ? [n.signs[i]?.op ?? '?', toPrefix(o)] : [toPrefix(o)],
        ),
      ];
    case 'update':
      return ['assign', toPrefix(n.target), toPrefix(n.value)];
    case 'arrow':
      return [n.op, ...[n.left, n.right].flatMap((x) => (x ? [toPrefix(x)] : []))];
    case 'list':
    case 'tuple':
    case 'set':
      return [n.kind, ...n.items.map(toPrefix)];
    case 'statements':
      return [n.lines ? 'lines' : 'seq', ...n.items.map(toPrefix)];
    case 'enclosed':
      return [n.op, toPrefix(n.body)];
    case 'norm':
      return ['norm', toPrefix(n.body), ...(n.order ? [toPrefix(n.order)] : [])];
    case 'indicator':
      return ['indicator', toPrefix(n.condition)];
    case 'evaluated':
      if (n.upper) return ['between', toPrefix(n.body), toPrefix(n.at), toPrefix(n.upper)];
      return ['evalat', toPrefix(n.body), toPrefix(n.at)];
    case 'case':
      return [toPrefix(n.value), ...(n.condition ? [toPrefix(n.condition)] : [])];
    case 'cases':
      return ['cases', ...n.branches.map(toPrefix)];
    case 'matrix':
      return ['matrix', ...n.rows.map((row) => row.map(toPrefix))];
    case 'accent':
      return [n.accent, toPrefix(n.body)];
    case 'when':
      return ['when', toPrefix(n.body), toPrefix(n.condition)];
    case 'quantified':
      return [n.quantifier, toPrefix(n.body)];
  }
}

function operands(n: BinaryNode): Prefix[] {
  const flat = (n.op === 'add' || n.op === 'mul') && n.left.kind === 'binary' && n.left.op === n.op;
  return [...(flat ? operands(n.left as BinaryNode) : [toPrefix(n.left)]), toPrefix(n.right)];
}

function flatIndices(n: Node): Prefix[] {
  return n.kind === 'indexed' ? [...flatIndices(n.base), ...n.indices.map(toPrefix)] : [toPrefix(n)];
}

function range(n: IndexRangeNode): Prefix {
  if (n.lower)
    return [
      'range',
      n.variable ? toPrefix(n.variable) : '?',
      toPrefix(n.lower),
      ...(n.upper ? [toPrefix(n.upper)] : []),
      ...(n.condition ? [toPrefix(n.condition)] : []),
    ];
  return ['over', ...(n.variable ? [toPrefix(n.variable)] : []), ...(n.condition ? [toPrefix(n.condition)] : [])];
}

function approach(n: Node): Prefix {
  return n.kind === 'arrow' && n.left && n.right ? ['to', toPrefix(n.left), toPrefix(n.right)] : toPrefix(n);
}

export function show(p: Prefix): string {
  return Array.isArray(p) ? `(${p.map(show).join(' ')})` : String(p);
}
