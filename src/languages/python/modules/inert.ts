/**
 * Libraries that look at values and change none of them: plotting, logging.
 * What they return is assumed not to matter; where a number of theirs is used all the same, it is unknown.
 */
import type { Site } from '../../../model';
import { type Library, library } from '../library';
import type { Runtime } from '../runtime';
import type { PyUnknown } from '../values/object';
import { type Kwargs, PyClass, PyObject, type PyValue } from '../values/object';

const INERT = new PyClass('inert', []);

/** Anything that such a library gives: every attribute, element and call is inert again. */
export class InertValue extends PyObject {
  constructor(readonly from: string) {
    super();
  }
  get cls(): PyClass {
    return INERT;
  }
  private unknown(rt: Runtime, site: Site): PyUnknown {
    return rt.unknown('inert', `this comes from \`${this.from}\`, which is not evaluated`, site);
  }
  override getAttr(_rt: Runtime, name: string): PyValue | undefined {
    if (name === '__enter__' || name === '__exit__' || !name.startsWith('__')) return new InertValue(this.from);
    return undefined;
  }
  override setAttr(): boolean {
    return true;
  }
  override getItem(): PyValue {
    return new InertValue(this.from);
  }
  override setItem(): void {
    // Nothing to change.
  }
  override call(_rt: Runtime, _args: readonly PyValue[], _kwargs: Kwargs): PyValue {
    return new InertValue(this.from);
  }
  override binary(rt: Runtime, _op: unknown, _other: PyValue, _reflected: boolean, site: Site): PyValue {
    return this.unknown(rt, site);
  }
  override unary(rt: Runtime, _op: unknown, site: Site): PyValue {
    return this.unknown(rt, site);
  }
  override compare(rt: Runtime, _op: unknown, _other: PyValue, _reflected: boolean, site: Site): PyValue {
    return this.unknown(rt, site);
  }
  override truth(rt: Runtime, site: Site): PyUnknown {
    return this.unknown(rt, site);
  }
  override length(rt: Runtime): PyUnknown {
    return this.unknown(rt, rt.place);
  }
  override repr(rt: Runtime): PyUnknown {
    return this.unknown(rt, rt.place);
  }
}

/** A library of which every attribute is inert. */
function inertLibrary(name: string): Library {
  return { ...library(name, {}), missing: () => new InertValue(name) };
}

const NAMES = (
  'matplotlib matplotlib.pyplot matplotlib.animation matplotlib.cm matplotlib.colors matplotlib.patches matplotlib.ticker ' +
  'mpl_toolkits mpl_toolkits.mplot3d seaborn plotly logging IPython IPython.display pylab graphviz wandb pprint tensorboard'
).split(' ');

export const inertLibraries: readonly Library[] = NAMES.map(inertLibrary);
