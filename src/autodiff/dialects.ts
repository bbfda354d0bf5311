/**
 * Where libraries differ from the conventions of mathematics and NumPy that the rules state: ties, kinks and 0 · ∞.
 *
 * At ties of an elementwise maximum or minimum, and at the edges of a clip, a trace follows its dialect. What else
 * differs is said in a note on the step.
 */
import type { Dialect } from '../model';
import type { ScalarOp } from '../symbolic/rules';

/** Primitives of which a dialect may choose another form. */
export const HAS_TIES: ReadonlySet<ScalarOp> = new Set<ScalarOp>(['maximum', 'minimum', 'clip_low', 'clip_high']);

/**
 * The primitive (and order of operands) that has the dialect's derivative at a tie. Mathematics and NumPy: max(x, c) with
 * a constant is the ReLU form, 0 to x; two active operands share evenly. PyTorch and JAX share evenly always; TensorFlow
 * gives all to the first operand. At the edges of a clip, JAX shares between argument and bound.
 */
export function atTies<R>(
  dialect: Dialect,
  op: ScalarOp,
  x: R,
  y: R,
  isActive: (operand: R) => boolean,
): [ScalarOp, R, R] {
  if (dialect === 'jax' && (op === 'clip_low' || op === 'clip_high')) {
    return [op === 'clip_low' ? 'maximum' : 'minimum', x, y];
  }
  if (op !== 'maximum' && op !== 'minimum') return [op, x, y];
  if (dialect === 'torch' || dialect === 'jax') return [op, x, y];
  if (dialect === 'tensorflow') return [op === 'maximum' ? 'clip_low' : 'clip_high', x, y];
  const form = op === 'maximum' ? 'max_const' : 'min_const';
  if (!isActive(y)) return [form, x, y];
  return isActive(x) ? [op, x, y] : [form, y, x];
}

export const DIALECT_NAMES: Readonly<Record<Dialect, string>> = {
  math: 'mathematics',
  numpy: 'NumPy',
  torch: 'PyTorch',
  tensorflow: 'TensorFlow',
  jax: 'JAX',
};

/** What a library's derivative is on a kink, by primitive, where it is another than the rule's. */
export const ON_KINKS: Readonly<Partial<Record<Dialect, Readonly<Record<string, string>>>>> = {
  torch: { hypot: 'NaN' },
  jax: { relu6: '0.5', hardtanh: '1', leaky_relu: '1', norm: 'NaN', std: 'NaN' },
  tensorflow: { norm: 'NaN', std: 'NaN' },
};

/** Libraries that multiply an exact 0 by an infinite partial, and get NaN. */
export const MULTIPLIES_BY_ZERO: ReadonlySet<Dialect> = new Set<Dialect>(['torch', 'tensorflow', 'jax']);
