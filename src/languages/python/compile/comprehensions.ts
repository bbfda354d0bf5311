/** Comprehensions run in the frame of the function around them, generator expressions in one of their own. */
import type { Comp, Comprehension, DictComp, Expr } from '../ast';
import type { Frame } from '../frame';
import { UnknownIteration, iterate, iteratorOf } from '../iteration';
import { addToSet, storeEntry } from '../types/hashed';
import { PyDict, PyGenerator, PyList, PySet, PyUnknown, type PyValue } from '../values/object';
import type { Evaluate } from './code';
import { Compiler, FrameLayout, Variables } from './compiler';
import { compileExpression, compileTest } from './expressions';
import { captureCells, storeTarget } from './targets';
import { spoilExpressions } from './unknownFlow';

export function compileComprehension(
  c: Compiler,
  e: (Comp & { kind: 'ListComp' | 'SetComp' }) | Comp | DictComp,
): Evaluate {
  const scope = c.program.scope(e);
  const variables = new Variables(scope, c.program, c.variables.layout, [], c.variables);
  const inner = c.inside(variables);
  const cells = [...scope.captured].map((name) => variables.cell(name));
  const results = e.kind === 'DictComp' ? [e.key, e.value] : [e.elt];
  const [first, second] = results.map((r) => compileExpression(inner, r)) as [Evaluate, Evaluate?];
  const collect: (f: Frame, into: PyValue) => void =
    e.kind === 'ListComp'
      ? (f, into) => {
          (into as PyList).items.push(first(f));
        }
      : e.kind === 'SetComp'
        ? (f, into) => addToSet(f.rt, into as PySet, first(f))
        : (f, into) => storeEntry(f.rt, into as PyDict, first(f), (second as Evaluate)(f));
  const loops = compileLoops(c, inner, e.generators, collect);
  const make =
    e.kind === 'ListComp' ? () => new PyList([]) : e.kind === 'SetComp' ? () => new PySet() : () => new PyDict();
  const spoil = spoilExpressions(inner, parts(e.generators, results));
  return (f) => {
    for (const cell of cells) f.cells[cell] = { v: undefined };
    const into = make();
    try {
      const stopped = loops(f, into);
      if (stopped) {
        spoil(f, stopped);
        return stopped;
      }
    } catch (error) {
      if (!(error instanceof UnknownIteration)) throw error;
      spoil(f, error.value);
      return error.value;
    }
    return into;
  };
}

function parts(generators: readonly Comprehension[], results: readonly Expr[]): Expr[] {
  return [...results, ...generators.flatMap((g) => [g.iter, ...g.ifs])];
}

/** Nested loops with their conditions; an unknown condition ends them. */
function compileLoops<T>(
  outer: Compiler,
  c: Compiler,
  generators: readonly Comprehension[],
  collect: (f: Frame, into: T) => void,
): (f: Frame, into: T) => PyUnknown | undefined {
  return generators.reduceRight<(f: Frame, into: T) => PyUnknown | undefined>(
    (inner, g, i) => {
      // The first iterable is evaluated outside.
      const iter = compileExpression(i === 0 ? outer : c, g.iter);
      const site = c.site(g.iter);
      const store = storeTarget(c, g.target);
      const conditions = g.ifs.map((x) => compileTest(c, x));
      return (f, into) => {
        const items = iterate(f.rt, iter(f), site);
        next: for (let step = items.next(); !step.done; step = items.next()) {
          f.rt.tick();
          store(f, step.value);
          for (const condition of conditions) {
            const t = condition(f);
            if (t === false) continue next;
            if (t !== true) return t;
          }
          const stopped = inner(f, into);
          if (stopped) return stopped;
        }
        return undefined;
      };
    },
    (f, into) => {
      collect(f, into);
      return undefined;
    },
  );
}

export function compileGeneratorExpression(c: Compiler, e: Comp): Evaluate {
  const scope = c.program.scope(e);
  const free = [...scope.free];
  const layout = new FrameLayout(scope);
  const variables = new Variables(scope, c.program, layout, free);
  const inner = new Compiler(c.program, c.unit, variables, undefined);
  const [firstLoop] = e.generators as [Comprehension];
  const source = compileExpression(c, firstLoop.iter);
  const site = c.site(firstLoop.iter);
  const stores = e.generators.map((g) => storeTarget(inner, g.target));
  const iters = e.generators.map((g, i) => (i === 0 ? undefined : compileExpression(inner, g.iter)));
  const conditions = e.generators.map((g) => g.ifs.map((x) => compileTest(inner, x)));
  const elt = compileExpression(inner, e.elt);
  const capture = captureCells(c, free);
  const last = e.generators.length - 1;
  function* run(f: Frame, items: Iterator<PyValue>, level: number): Generator<PyValue, undefined, PyValue> {
    next: for (let step = items.next(); !step.done; step = items.next()) {
      f.rt.tick();
      (stores[level] as (f: Frame, v: PyValue) => void)(f, step.value);
      for (const condition of conditions[level] as ((f: Frame) => boolean | PyUnknown)[]) {
        const t = condition(f);
        if (t === false) continue next;
        if (t !== true) throw new UnknownIteration(t);
      }
      if (level === last) yield elt(f);
      else yield* run(f, iterate(f.rt, (iters[level + 1] as Evaluate)(f), site), level + 1);
    }
    return undefined;
  }
  function* start(f: Frame, items: Iterator<PyValue>): Generator<PyValue, PyValue, PyValue> {
    yield* run(f, items, 0);
    return null;
  }
  return (f) => {
    const iterator = iteratorOf(f.rt, source(f), site);
    if (iterator instanceof PyUnknown) return iterator;
    const frame = f.spawn(layout.slotCount, layout.ownCells, capture(f));
    return new PyGenerator(start(frame, iterate(f.rt, iterator, site)), '<genexpr>');
  };
}
