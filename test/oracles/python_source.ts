/**
 * Expressions with their printed Python, as JSON lines for `python_source.py`, which runs them:
 * npx tsx test/oracles/python_source.ts | /usr/bin/python3 test/oracles/python_source.py
 */
import fc from 'fast-check';
import { arityOf, evaluate } from '../../src/symbolic/evaluate';
import { apply, type Expr, size, sym } from '../../src/symbolic/expr';
import { NoPythonFormError, toPython } from '../../src/symbolic/python';
import { SCALAR_OPS } from '../../src/symbolic/rules';
import { expressions, OPERATORS } from '../symbolic/generate';

const POINTS = [
  { x: 0.75, y: 1.25, z: 2 },
  { x: -0.6, y: 0.3, z: 3 },
];

function source(e: Expr, module: 'numpy' | 'math'): string | null {
  try {
    return toPython(e, { module });
  } catch (error) {
    if (error instanceof NoPythonFormError) return null;
    throw error;
  }
}

/** Finite, and not so ill-conditioned that another order of summation would show. */
function isStable(e: Expr, at: Record<string, number>): boolean {
  const v = evaluate(e, (n) => at[n]);
  const near = evaluate(e, (n) => (at[n] as number) * (1 + 1e-12));
  return Number.isFinite(v) && Math.abs(v) < 1e8 && Math.abs(v - near) <= 1e-9 * (1e-3 + Math.abs(v));
}

const sampled = [
  ...SCALAR_OPS.map((op) => apply(op, ...[sym('x'), sym('y')].slice(0, arityOf(op)))),
  ...fc.sample(expressions({ depth: 3 }), { seed: 1, numRuns: 220 }),
  ...fc.sample(expressions({ depth: 4, ops: OPERATORS }), { seed: 2, numRuns: 180 }),
].filter((e) => e.kind === 'apply' && size(e) < 25);

for (const e of sampled) {
  for (const at of POINTS) {
    if (isStable(e, at)) console.log(JSON.stringify({ e, at, numpy: source(e, 'numpy'), math: source(e, 'math') }));
  }
}
