/** Matrices of derivatives over the elements of arrays, made when they are asked for. */
import * as v from 'valibot';
import { JsonNumberSchema } from './trace';

/** First derivatives of the output's elements by an input's, or second derivatives of a number by an input's elements. */
export const MATRIX_KINDS = ['jacobian', 'hessian'] as const;

export const MatrixView = v.variant('state', [
  v.object({
    state: v.literal('data'),
    rows: v.number(),
    columns: v.number(),
    /** Which sweeps were made: one a column, or one a row. */
    mode: v.picklist(['forward', 'reverse']),
    sweeps: v.number(),
    /** Row-major. */
    entries: v.array(JsonNumberSchema),
  }),
  /** Why there is none: one sentence without a full stop. */
  v.object({ state: v.literal('none'), reason: v.string() }),
]);
export type MatrixView = v.InferOutput<typeof MatrixView>;
