/**
 * Directive comments, the same in every language: only what marks a comment differs.
 * `wengert: at x1=2, x2=[1, 2]` · `of loss wrt w1, w2` · `given x: float[100, 784] ~ normal(0, 1, seed=0)` ·
 * `given x from batch.npz` · `checks f = df` · `layout numerator` · `ignore`.
 */
import type { Span } from '../../model';
import type { PinValue } from '../frontEnd';
import type { Sampler } from './sampler';

/**
 * Layouts of derivatives of arrays. With y of m and x of n elements, ∂y/∂x is m × n in the numerator layout and n × m in the
 * denominator layout; the gradient of a number is a row in the first and a column in the second. Much is written in a mixture
 * of the two: gradients as columns, Jacobians m × n.
 */
export const LAYOUTS = ['mixed', 'numerator', 'denominator'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** Names are NamePath texts as the document writes them, TeX such as `\hat{y}` or `w_{1,2}` included. */
export type Directive = Span &
  (
    | {
        readonly kind: 'at';
        readonly values: readonly { readonly name: string; readonly value: PinValue }[];
      }
    | { readonly kind: 'of'; readonly output: string; readonly wrt: readonly string[] }
    | { readonly kind: 'given'; readonly name: string; readonly sampler: Sampler }
    | { readonly kind: 'from'; readonly name: string; readonly path: string }
    | { readonly kind: 'checks'; readonly of: string; readonly by: string }
    | { readonly kind: 'layout'; readonly layout: Layout }
    | { readonly kind: 'ignore' }
  );

/** One example of each form, for those who wrote something else. */
export const GRAMMAR =
  '“at x=2, y=[1, 2]”, “of loss wrt w1, w2”, “given x: float[3, 4] ~ normal(0, 1, seed=0)”, “given x from data.npz”, “checks f = df”, “layout numerator” (or denominator, or mixed) or “ignore”';
