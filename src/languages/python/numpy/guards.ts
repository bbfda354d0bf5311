/**
 * Where a program takes plain numbers out of traced arrays, it leaves a guard: replay at another point finds out whether
 * the program would have gone the same way.
 */
import type { Guard } from '../../../autodiff/trace';
import type { Site } from '../../../model';
import type { IndexItem, NdArray } from '../../../tensor';
import type { Runtime } from '../runtime';
import type { Operand } from './array';

function rowOf(rt: Runtime, x: Operand): number {
  const recorder = rt.recorder as NonNullable<typeof rt.recorder>;
  return x.row ?? recorder.constant(x.nd.ndim === 0 ? x.nd.item() : x.nd);
}

/** The outcome of a test, element by element. */
export function look(rt: Runtime, test: Guard['test'], x: Operand, y: Operand | undefined, site: Site): void {
  if (!rt.recorder || (x.row === undefined && y?.row === undefined)) return;
  const at = rt.visible(site);
  if (y === undefined) rt.recorder.look(test, at, rowOf(rt, x));
  else rt.recorder.look(test, at, rowOf(rt, x), rowOf(rt, y));
}

/** The numbers themselves. */
export function lookAtValues(rt: Runtime, x: Operand, site: Site): void {
  look(rt, 'value', x, undefined, site);
}

/** Where the largest (smallest) elements lie along an axis, or of all. */
export function lookAtExtremes(rt: Runtime, op: 'max' | 'min', x: Operand, axis: number | undefined, site: Site): void {
  if (!rt.recorder || x.row === undefined) return;
  const attributes = axis === undefined ? { keepdims: true } : { axis, keepdims: true };
  const best = rt.recorder.tensor(op, [x.row], attributes, rt.visible(site));
  rt.recorder.look('eq', rt.visible(site), x.row, best);
}

/** The order of the elements along the last axis of a picked, sorted array. */
export function lookAtOrder(rt: Runtime, x: Operand, positions: NdArray, axis: number, site: Site): void {
  const { recorder } = rt;
  if (!recorder || x.row === undefined || positions.size < 2) return;
  const at = rt.visible(site);
  const sorted = recorder.tensor('pick', [x.row], { positions }, at);
  const place = axis < 0 ? axis + positions.ndim : axis;
  const part = (start: number | undefined, stop: number | undefined): readonly IndexItem[] => [
    ...Array.from({ length: place }, (): IndexItem => ({ kind: 'slice' })),
    { kind: 'slice', start, stop },
  ];
  const before = recorder.tensor('index', [sorted], { items: part(undefined, -1) }, at);
  recorder.look('le', at, before, recorder.tensor('index', [sorted], { items: part(1, undefined) }, at));
}
