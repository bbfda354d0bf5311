/** Watching the calls of a run. */
import type { Site } from '../../../model';
import type { Frame } from '../frame';
import type { Runtime } from '../runtime';
import type { Kwargs, PyFunction, PyValue } from '../values/object';

/** Sees calls of functions of the document before their bodies run. */
export interface CallWatch {
  matches(fn: PyFunction): boolean;
  /** The arguments are bound in `frame`. A value ends the call with it; undefined lets it go on. */
  record(rt: Runtime, fn: PyFunction, frame: Frame, args: readonly PyValue[], site: Site): PyValue | undefined;
  /** Something that is not known is called, perhaps a solver that is handed a watched function. */
  unknownCall?(rt: Runtime, args: readonly PyValue[], kwargs: Kwargs, site: Site): void;
}
