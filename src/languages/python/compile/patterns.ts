/** `match` statements. */
import type { Match, Pattern } from '../ast';
import { findAttribute } from '../attributes';
import { isInstance } from '../classes';
import { UnknownStop } from '../errors';
import type { Frame } from '../frame';
import { equals } from '../operators';
import { updateDict } from '../types/hashed';
import { hashKey } from '../values/identity';
import {
  BOOL,
  FLOAT,
  INT,
  PyClass,
  PyDict,
  PyList,
  PyRange,
  PyTuple,
  PyUnknown,
  type PyValue,
  STR,
} from '../values/object';
import { Completion, type Execute } from './code';
import type { Compiler } from './compiler';
import { compileExpression, compileTest } from './expressions';
import { type Store, storeName } from './names';
import { compileBlock } from './statements';

/** Whether a value matches; names of the pattern are assigned on the way. */
type Test = (f: Frame, value: PyValue) => boolean;

export function compileMatch(c: Compiler, s: Match): Execute {
  const subject = compileExpression(c, s.subject);
  const cases = s.cases.map((m) => ({
    test: compilePattern(c, m.pattern),
    guard: m.guard && compileTest(c, m.guard),
    body: compileBlock(c, m.body),
  }));
  return (f) => {
    const value = subject(f);
    if (value instanceof PyUnknown) throw new UnknownStop(f.rt.spread(value) as PyUnknown);
    for (const { test, guard, body } of cases) {
      if (!test(f, value)) continue;
      const t = guard ? guard(f) : true;
      if (t instanceof PyUnknown) throw new UnknownStop(t);
      if (t) return body(f);
    }
    return Completion.Normal;
  };
}

function known(value: boolean | PyUnknown): boolean {
  if (value instanceof PyUnknown) throw new UnknownStop(value);
  return value;
}

function compilePattern(c: Compiler, p: Pattern): Test {
  switch (p.kind) {
    case 'MatchValue': {
      const value = compileExpression(c, p.value);
      const site = c.site(p.value);
      const singleton = p.value.kind === 'Constant' && (p.value.value.type === 'None' || p.value.value.type === 'bool');
      if (singleton) return (f, v) => v === value(f);
      return (f, v) => known(equals(f.rt, v, value(f), site));
    }
    case 'MatchAs': {
      const inner = p.pattern && compilePattern(c, p.pattern);
      const store = p.name && storeName(p.name.id, c.variables.lookup(p.name.id), c.site(p.name, [p.name.id], true));
      return (f, v) => {
        if (inner && !inner(f, v)) return false;
        store?.(f, v);
        return true;
      };
    }
    case 'MatchOr': {
      const parts = p.patterns.map((q) => compilePattern(c, q));
      return (f, v) => parts.some((q) => q(f, v));
    }
    case 'MatchSequence':
      return sequencePattern(c, p.patterns);
    case 'MatchStar':
      return () => true;
    case 'MatchMapping': {
      const items = p.items.map(({ key, pattern }) => ({
        key: compileExpression(c, key),
        test: compilePattern(c, pattern),
      }));
      const rest = p.rest && storeName(p.rest.id, c.variables.lookup(p.rest.id), c.site(p.rest, [p.rest.id], true));
      return (f, v) => {
        if (!(v instanceof PyDict)) return false;
        if (v.unknown) throw new UnknownStop(v.unknown);
        const remaining = new PyDict();
        updateDict(f.rt, remaining, v);
        for (const { key, test } of items) {
          const k = hashKey(f.rt, key(f), v);
          if (k instanceof PyUnknown) throw new UnknownStop(k);
          const entry = v.entries.get(k);
          if (!entry || !test(f, entry.value)) return false;
          remaining.entries.delete(k);
        }
        rest?.(f, remaining);
        return true;
      };
    }
    default:
      return classPattern(c, p);
  }
}

function sequencePattern(c: Compiler, patterns: readonly Pattern[]): Test {
  const star = patterns.findIndex((q) => q.kind === 'MatchStar');
  const starred = patterns[star];
  const store: Store | undefined =
    starred?.kind === 'MatchStar' && starred.name
      ? storeName(starred.name.id, c.variables.lookup(starred.name.id), c.site(starred.name, [starred.name.id], true))
      : undefined;
  const parts = patterns.map((q) => compilePattern(c, q));
  const n = parts.length;
  return (f, v) => {
    if (!(v instanceof PyList || v instanceof PyTuple || v instanceof PyRange)) return false;
    if (!(v instanceof PyRange) && v.unknown) throw new UnknownStop(v.unknown);
    const items = v instanceof PyRange ? Array.from({ length: v.length_ }, (_, i) => v.start + i * v.step) : v.items;
    if (star < 0 ? items.length !== n : items.length < n - 1) return false;
    const after = star < 0 ? 0 : n - star - 1;
    const before = star < 0 ? n : star;
    for (let i = 0; i < before; i++) if (!(parts[i] as Test)(f, items[i] as PyValue)) return false;
    for (let i = 0; i < after; i++) {
      if (!(parts[star + 1 + i] as Test)(f, items[items.length - after + i] as PyValue)) return false;
    }
    store?.(f, new PyList(items.slice(before, items.length - after)));
    return true;
  };
}

/** Built-in classes whose one positional pattern is the value itself. */
const SELF_MATCHING: readonly PyClass[] = [INT, FLOAT, STR, BOOL];

function classPattern(c: Compiler, p: Pattern & { kind: 'MatchClass' }): Test {
  const cls = compileExpression(c, p.cls);
  const site = c.site(p.cls);
  const positional = p.patterns.map((q) => compilePattern(c, q));
  const keywords = p.keywords.map((k) => ({ name: k.name, test: compilePattern(c, k.pattern) }));
  return (f, v) => {
    const type = cls(f);
    if (!known(isInstance(f.rt, v, type, site))) return false;
    if (positional.length === 1 && type instanceof PyClass && SELF_MATCHING.includes(type)) {
      return (positional[0] as Test)(f, v);
    }
    const names = type instanceof PyClass ? type.lookup('__match_args__') : undefined;
    for (let i = 0; i < positional.length; i++) {
      const name = names instanceof PyTuple ? names.items[i] : undefined;
      if (typeof name !== 'string') return false;
      const value = findAttribute(f.rt, v, name, site);
      if (value === undefined || !(positional[i] as Test)(f, value)) return false;
    }
    return keywords.every(({ name, test }) => {
      const value = findAttribute(f.rt, v, name, site);
      return value !== undefined && test(f, value);
    });
  };
}
