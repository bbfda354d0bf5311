/** Reading and writing variables. */
import { bindName } from '../record/bindings';
import { raised } from '../exceptions';
import type { Cell, Frame } from '../frame';
import { lookupGlobal } from '../globals';
import type { Site } from '../../../model';
import type { PyValue } from '../values/object';
import type { Evaluate } from './code';
import type { Location } from './compiler';

export function loadName(name: string, at: Location, site: Site): Evaluate {
  switch (at.kind) {
    case 'slot': {
      const { index } = at;
      return (f) => {
        const value = f.slots[index];
        if (value === undefined) return unbound(f, name, site);
        if (f.rt.recorder) f.rt.notice(value, site);
        return value;
      };
    }
    case 'cell': {
      const { index } = at;
      return (f) => {
        const value = (f.cells[index] as Cell).v;
        if (value === undefined) return index < f.ownCells ? unbound(f, name, site) : unboundOutside(f, name, site);
        if (f.rt.recorder) f.rt.notice(value, site);
        return value;
      };
    }
    case 'global': {
      const { index } = at;
      return (f) => {
        const value = f.module.slots[index];
        if (value === undefined) return lookupGlobal(f.rt, f.module, name, site);
        if (f.rt.recorder) f.rt.notice(value, site);
        return value;
      };
    }
    default: {
      const outside = loadName(name, at.outside, site);
      return (f) => {
        const value = f.names?.get(name);
        if (value === undefined) return outside(f);
        if (f.rt.recorder) f.rt.notice(value, site);
        return value;
      };
    }
  }
}

function unbound(f: Frame, name: string, site: Site): never {
  f.rt.place = site;
  throw raised('UnboundLocalError', `cannot access local variable '${name}' where it is not associated with a value`);
}

function unboundOutside(f: Frame, name: string, site: Site): never {
  f.rt.place = site;
  throw raised(
    'NameError',
    `cannot access free variable '${name}' where it is not associated with a value in enclosing scope`,
  );
}

export type Store = (f: Frame, value: PyValue) => void;

/** Writes a variable; a traced value gets the name. */
export function storeName(name: string, at: Location, site: Site): Store {
  const write = rawStore(at);
  const path = [name];
  return (f, value) => {
    if (f.rt.recorder) bindName(f.rt, path, value, site);
    write(f, value);
  };
}

/** Reads a variable without a word about it; undefined where it has no value. */
export function rawLoad(at: Location): (f: Frame) => PyValue | undefined {
  const { kind } = at;
  switch (kind) {
    case 'slot': {
      const { index } = at;
      return (f) => f.slots[index];
    }
    case 'cell': {
      const { index } = at;
      return (f) => f.cells[index]?.v;
    }
    case 'global': {
      const { index } = at;
      return (f) => f.module.slots[index];
    }
    default: {
      const { name } = at;
      return (f) => f.names?.get(name);
    }
  }
}

/** Writes a variable, or removes it (`undefined`), and says nothing. */
export function rawStore(at: Location): (f: Frame, value: PyValue | undefined) => void {
  const { kind } = at;
  switch (kind) {
    case 'slot': {
      const { index } = at;
      return (f, value) => {
        f.slots[index] = value;
      };
    }
    case 'cell': {
      const { index } = at;
      return (f, value) => {
        (f.cells[index] as Cell).v = value;
      };
    }
    case 'global': {
      const { index } = at;
      return (f, value) => {
        f.module.slots[index] = value;
      };
    }
    default: {
      const { name } = at;
      return (f, value) => {
        if (value === undefined) f.names?.delete(name);
        else f.names?.set(name, value);
      };
    }
  }
}

/** Reads a variable without any notice; undefined where it has no value. */
export function peekName(at: Location): (f: Frame) => PyValue | undefined {
  switch (at.kind) {
    case 'slot': {
      const { index } = at;
      return (f) => f.slots[index];
    }
    case 'cell': {
      const { index } = at;
      return (f) => f.cells[index]?.v;
    }
    case 'global': {
      const { name } = at;
      return (f) => f.module.get(name);
    }
    default: {
      const { name } = at;
      const outside = peekName(at.outside);
      return (f) => f.names?.get(name) ?? outside(f);
    }
  }
}
