/**
 * Backward passes written from their forward passes: statement by statement in reverse, in the document's names. What is
 * written is a proposal; whoever offers it checks it first.
 */
import { leafFor } from '../claims';
import type { Shape } from '../../../../tensor';
import type { PythonAnalysis } from '../../analysis';
import type { PyValue } from '../../values/object';
import type { Session } from '../../points';
import { PyFloat } from '../../values/object';
import { PyArray } from '../../numpy/array';
import { isFloat } from '../../../../tensor';
import { type Callee, isBound, parametersOf, returnedExpressions, topFunctions } from '../callee';
import type { CallPair } from '../candidates';
import { isHyperparameter, isTargetName } from '../names';
import type { PointSource } from '../points';
import { assignments } from '../roles';
import { nodesIn } from '../walk';
import { shapesOf, withSteps } from './shapes';
import { NotStraight, type Forward, stepsOf, WITHOUT_SHIFTS } from './steps';
import { backwardLines, type Skeleton, type Wanted } from './write';

export interface Conditions {
  readonly analysis: PythonAnalysis;
  /** Kinds of points, the likeliest first. */
  readonly sources: readonly PointSource[];
  /** A run of the definitions of a document. */
  open(analysis: PythonAnalysis): Session;
}

/** Kinds of points that are tried. */
const MAX_SOURCES = 8;

/** What may be written for a pair, the shortest first. @throws NeedsStop */
export function* skeletons(
  pair: CallPair,
  conditions: Conditions,
): Generator<Skeleton & { readonly shapes: readonly (readonly [leaf: string, shape: Shape])[] }> {
  const { analysis } = conditions;
  const { text } = analysis.document;
  if (!/^\s*import numpy as np\b/m.test(text)) return;
  const seen = new Set<string>();
  for (const { forward, shapes, wanted } of passes(pair, conditions)) {
    for (const assignment of assignments(pair.forward, pair.backward, pair.style)) {
      const line = (offset: number) => analysis.line(offset);
      const found = backwardLines({ forward, shapes, backward: pair.backward, assignment, wanted, line, text });
      const key = found?.lines.join('\n');
      if (!found || key === undefined || seen.has(key)) continue;
      seen.add(key);
      yield { ...found, shapes: wanted.map(({ leaf }) => [leaf, shapes.get(leaf) ?? []]) };
    }
  }
}

/** A forward pass in the shapes of one kind of points. */
interface Pass {
  readonly forward: Forward;
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly wanted: readonly Wanted[];
}

/** Layers multiply matrices and have a number for every feature, where they may: those passes come first. */
function passes(pair: CallPair, conditions: Conditions): readonly Pass[] {
  const { analysis } = conditions;
  const { text } = analysis.document;
  const functions = topFunctions(analysis.parsed.module);
  const found = conditions.sources.slice(0, MAX_SOURCES).flatMap((source): Pass[] => {
    const floats = floatsAt(pair.forward, source, conditions.open(analysis));
    return wantedOf(pair, floats).flatMap((wanted) =>
      [WITHOUT_SHIFTS, undefined].flatMap((inert): Pass[] => {
        const leaves = new Set(wanted.map((w) => w.leaf));
        const forward = straight(() => stepsOf(pair.forward, text, leaves, functions, inert));
        const shapes =
          forward && forward.steps.length > 0 ? shapesAt(pair.forward, forward, source, conditions) : undefined;
        return forward && shapes ? [{ forward, shapes, wanted }] : [];
      }),
    );
  });
  if (pair.style === 'function' || pair.style === 'solver') return found;
  return [...found].sort((a, b) => narrowness(a) - narrowness(b));
}

/** Factors of products that are no matrices, and parameters that are single numbers. */
function narrowness({ forward, shapes, wanted }: Pass): number {
  const factors = forward.steps.flatMap(({ operation }) => (operation?.kind === 'product' ? operation.operands : []));
  const numbers = wanted.filter((w) => shapes.get(w.leaf)?.length === 0);
  return factors.filter((o) => (shapes.get(o.name)?.length ?? 0) < 2).length + numbers.length;
}

function straight(read: () => Forward): Forward | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotStraight) return undefined;
    throw error;
  }
}

function shapesAt(
  forward: Callee,
  pass: Forward,
  source: PointSource,
  { analysis, open }: Conditions,
): ReadonlyMap<string, Shape> | undefined {
  const session = open(withSteps(analysis, forward, pass));
  return shapesOf(session, forward, pass, source.values(session, 0, 'as-is', []));
}

/** Parameters and fields that hold floats at a point, and whether they are arrays. */
function floatsAt(forward: Callee, source: PointSource, session: Session): ReadonlyMap<string, 'array' | 'number'> {
  const found = new Map<string, 'array' | 'number'>();
  const note = (name: string, value: PyValue): void => {
    if (value instanceof PyArray ? isFloat(value.nd.dtype) : value instanceof PyFloat)
      found.set(name, value instanceof PyArray && value.nd.ndim > 0 ? 'array' : 'number');
  };
  for (const [name, value] of source.values(session, 0, 'as-is', [])) {
    if (name !== 'self') note(name, value);
    else if (value !== null && typeof value === 'object' && 'attrs' in value && value.attrs instanceof Map) {
      const read = fieldsIn(forward);
      for (const [field, v] of value.attrs as Map<string, PyValue>) if (read.has(field)) note(`self.${field}`, v);
    }
  }
  return found;
}

/** Fields that a method mentions. */
function fieldsIn({ node }: Callee): ReadonlySet<string> {
  const names = [...nodesIn(node.body)].flatMap((n) =>
    n.kind === 'Attribute' && n.value.kind === 'Name' && n.value.id === 'self' ? [n.attr] : [],
  );
  return new Set(names);
}

/** What the gradients may be wanted by, and how they are called: as the unfinished `return` says, or as is usual. */
function wantedOf(
  { forward, backward, style, by }: CallPair,
  floats: ReadonlyMap<string, 'array' | 'number'>,
): readonly (readonly Wanted[])[] {
  const params = parametersOf(forward).filter((p) => floats.has(p.name));
  const leaves = params.map((p) => ({ path: [p.name], name: p.name, row: 0 }));
  const taken = new Set(parametersOf(backward).map((p) => p.name));
  const gradient = (name: string) => (taken.has(`d${name}`) ? `grad_${name}` : `d${name}`);
  const own = (name: string): Wanted => ({ leaf: name, gradient: gradient(name) });

  const written = returnedExpressions(backward).at(-1);
  const names = (written?.kind === 'Tuple' ? written.elts : written ? [written] : []).map((e) =>
    e.kind === 'Name' && !taken.has(e.id) ? e.id : undefined,
  );
  const asWritten = names.map((name) => {
    const leaf = name === undefined ? undefined : leafFor(name, leaves);
    return leaf && name !== undefined ? { leaf: leaf.name, gradient: name } : undefined;
  });
  const fields =
    isBound(forward) && isBound(backward)
      ? [...floats].flatMap(([name, kind]): Wanted[] =>
          name.startsWith('self.') && kind === 'array'
            ? [{ leaf: name, gradient: `self.d${name.slice('self.'.length)}` }]
            : [],
        )
      : [];
  const isComplete = asWritten.length > 0 && asWritten.every((w) => w !== undefined);
  if (isComplete) return [[...asWritten, ...fields]];
  if (by !== undefined && floats.has(by)) return [[own(by)]];
  const learned = params
    .filter((p) => !isTargetName(p.name) && !(isHyperparameter(p.name) && p.default))
    .map((p) => own(p.name));
  const [first] = learned;
  const all = [...learned, ...fields];
  return style === 'function' && first && learned.length > 1 ? [[first], all] : [all];
}
