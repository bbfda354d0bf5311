/**
 * Directive comments, the same in every language: only what marks a comment differs.
 * `wengert: at x1=2, x2=[1, 2]` · `of loss wrt w1, w2` · `given x: float[100, 784] ~ normal(0, 1, seed=0)` ·
 * `given x from batch.npz` · `checks f = df` · `ignore`.
 */
import type { Span } from '../../model';
import type { PinValue } from '../frontEnd';
import type { Sampler } from './sampler';

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
    | { readonly kind: 'ignore' }
  );

/** One example of each form, for those who wrote something else. */
export const GRAMMAR =
  '“at x=2, y=[1, 2]”, “of loss wrt w1, w2”, “given x: float[3, 4] ~ normal(0, 1, seed=0)”, “given x from data.npz”, “checks f = df” or “ignore”';
