/** The calls that a document makes, with their arguments as they were. */
import type { Site } from '../../../model';
import type { Frame } from '../frame';
import type { Runtime } from '../runtime';
import { type PyFunction, PyUnknown, type PyValue } from '../values/object';
import type { CallWatch } from '../record/watch';
import { snapshot } from './values';

export interface CapturedCall {
  readonly fn: PyFunction;
  /** By parameter; copies, but for objects of the document. */
  readonly values: readonly (PyValue | undefined)[];
  /** Where the call is written. */
  readonly site: Site;
}

/** How many calls of one function are kept. */
const MAX_CALLS = 8;

/** Keeps the first calls of some functions of the document whose arguments are known; the run goes on. */
export class CallCapture implements CallWatch {
  private readonly calls = new Map<object, CapturedCall[]>();

  /** @param nodes the functions that are of interest; all of the document if left out */
  constructor(private readonly nodes?: ReadonlySet<object>) {}

  of(node: object): readonly CapturedCall[] {
    return this.calls.get(node) ?? [];
  }

  matches(fn: PyFunction): boolean {
    return fn.module.home && (this.nodes === undefined || this.nodes.has(fn.code.node));
  }

  record(_rt: Runtime, fn: PyFunction, frame: Frame, _args: readonly PyValue[], site: Site): undefined {
    const kept = this.calls.get(fn.code.node) ?? [];
    if (kept.length >= MAX_CALLS) return;
    const values = fn.code.params.map((_, i) => frame.slots[i]);
    if (values.some((v) => v instanceof PyUnknown)) return;
    kept.push({ fn, values: values.map((v) => (v === undefined ? v : snapshot(v))), site });
    this.calls.set(fn.code.node, kept);
  }
}
