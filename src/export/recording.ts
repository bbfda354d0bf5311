/** A recorded answer, for the viewer that runs alone in a page: the workshop, and exported HTML files. */
import type {
  CheckView,
  MATRIX_KINDS,
  MatrixView,
  NetworkView,
  TraceAnswer,
  TraceView,
  TrainingView,
  ValueView,
} from '../protocol';

/** Entries of all matrices of a recording together, at most: a page is not to be made of them. */
const MOST_ENTRIES = 20_000;

/** Which matrices the page of a trace will ask for, as far as they are small enough to be recorded with it. */
export function matricesOf(trace: TraceView): { readonly row: number; readonly kind: (typeof MATRIX_KINDS)[number] }[] {
  const size = (value: ValueView) => (typeof value === 'object' ? value.shape.reduce((a, b) => a * b, 1) : 1);
  const outputs = size(trace.output.value);
  const ofArray = typeof trace.output.value === 'object';
  let entries = 0;
  return trace.inputs.flatMap(({ row, value, gradient }) => {
    if (gradient === null || (!ofArray && typeof value !== 'object')) return [];
    const columns = size(value);
    const count = columns * (ofArray ? outputs : columns);
    if (entries + count > MOST_ENTRIES) return [];
    entries += count;
    return [{ row, kind: ofArray ? ('jacobian' as const) : ('hessian' as const) }];
  });
}

export interface Recording {
  readonly name: string;
  readonly uri: string;
  readonly file: string;
  readonly answer: TraceAnswer;
  readonly checks?: readonly CheckView[];
  /** Matrices that were asked for when this was recorded. */
  readonly matrices?: readonly {
    readonly row: number;
    readonly kind: (typeof MATRIX_KINDS)[number];
    readonly matrix: MatrixView;
  }[];
  readonly network?: NetworkView;
  readonly training?: TrainingView;
}
