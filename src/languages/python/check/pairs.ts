/** Derivatives written by hand in Python. */
import { analyse, type PythonAnalysis } from '../analysis';
import { BudgetStop, NeedsStop } from '../errors';
import { isUnknown, type Span } from '../../../model';
import type { Budget, DerivativePair, PairChecker, PairRequest, Remedy, Workspace } from '../../frontEnd';
import type { Session } from '../points';
import { budgetReason, directivePins } from '../record/record';
import { type Pin, Pins, pinsFrom } from '../record/pins';
import { type CallPair, callPairs } from './candidates';
import { type Callee, parametersOf, qualifiedName } from './callee';
import { checkCalls, derivativeText, type Laboratory } from './checkCalls';
import { type ShotCheck, unknownCheck } from './verdicts';
import { checkLoop, type LoopLaboratory } from './loopGradients';
import { type LoopPair, loopPairs } from './loops';
import { composedPoints } from './composedPoints';
import { corroborated } from './corroborated';
import { checkInline, inlinePairs, type InlinePair } from './inline';
import { tupleText } from '../../../tensor';
import { dialectOf, newRun } from '../record/session';
import { overruled, type Whole } from './overrule';
import { type PointSource, pointsFor, runsWithOneOnly } from './points';
import { skeletons } from './skeleton/skeleton';
import { compositionIn, withComposition } from './throughLoss';
import { stubReason } from './stubs';
import { Workbench } from './workbench';

type Pair = CallPair | InlinePair | LoopPair;

const FOUND = new WeakMap<PythonAnalysis, readonly Pair[]>();

function pairsOf(analysis: PythonAnalysis): readonly Pair[] {
  let found = FOUND.get(analysis);
  if (!found)
    FOUND.set(
      analysis,
      (found = [...meantPairs(analysis), ...inlinePairs(analysis.parsed.module), ...loopsOf(analysis)]),
    );
  return found;
}

/** Where nothing is differentiated, names that only sound like derivatives (`gettext`, `dgettext`) say nothing. */
function meantPairs(analysis: PythonAnalysis): readonly CallPair[] {
  return callPairs(analysis).filter((p) => p.reason !== undefined || analysis.found.length > 0);
}

function loopsOf(analysis: PythonAnalysis): LoopPair[] {
  const dialect = dialectOf(analysis);
  return dialect === 'numpy' || dialect === 'math' ? loopPairs(analysis.parsed.module) : [];
}

export const pythonPairs: PairChecker<PythonAnalysis> = {
  find: (analysis) => pairsOf(analysis).map(viewOf),
  check(analysis, { id }, request, budget, workspace) {
    const pair = pairsOf(analysis).find((p) => p.id === id);
    if (!pair) throw new Error(`there is no pair ${id} in this document`);
    const conditions: Conditions = { analysis, set: request.set ?? {}, budget, workspace };
    try {
      const check = checkOf(pair, conditions);
      const {
        shot,
        failing: _,
        ...judged
      } = pair.kind === 'calls' && check.verdict === 'fail'
        ? overruled(analysis.parsed.module, check, pair.backward.node, wholesAround(conditions), (at) =>
            analysis.line(at),
          )
        : check;
      return request.full && shot ? corroborated(judged, shot, request.progress) : judged;
    } catch (error) {
      if (error instanceof NeedsStop) return { kind: 'needs', uris: error.uris };
      throw error;
    }
  },
};

interface Conditions {
  readonly analysis: PythonAnalysis;
  readonly set: NonNullable<PairRequest['set']>;
  readonly budget: Budget;
  readonly workspace: Workspace;
  /** Takes down the functions that are called. */
  readonly entered?: Set<object>;
}

/** @throws NeedsStop */
function checkOf(pair: Pair, conditions: Conditions): ShotCheck {
  const { budget } = conditions;
  try {
    switch (pair.kind) {
      case 'calls':
        return callCheck(pair, conditions);
      case 'inline':
        return checkInline(pair, runsOf(conditions), (offset) => conditions.analysis.line(offset));
      case 'loop':
        return checkLoop(pair, loopLaboratory(conditions, pair.id));
    }
  } catch (error) {
    if (error instanceof BudgetStop) return unknownCheck(budgetReason(error, budget), 'budget');
    throw error;
  }
}

function callCheck(pair: CallPair, { analysis, set, budget, workspace, entered }: Conditions): ShotCheck {
  const stub = stubReason(pair.backward.node, analysis.document.text);
  if (stub !== undefined) return unknownCheck(`\`${pair.name}\` is not written yet: ${stub}`, 'not-written');
  const found = analysis.found.find((t) => 'node' in t && t.node === pair.forward.node);
  const pins: Pin[] = [
    ...(found ? directivePins(analysis, found) : []),
    ...pinsFrom(set, { kind: 'pinned', why: 'pinned by you' }),
  ];
  const { bench, whole } = prepared(
    analysis,
    pair,
    (a) => new Workbench(a, budget, workspace, new Pins(pins), entered),
  );
  const batches = knowsBatches(whole, analysis.document.text);
  const parts = whole.loss && forwardOf(bench.analysis, pair);
  const sources = parts
    ? composedPoints(bench, { ...whole, forward: parts }, whole.forward, batches)
    : pointsFor(bench, whole.forward, batches);
  if (isUnknown(sources)) return unknownCheck(sources.reason, sources.code, sources.span);
  const check = checkCalls(whole, laboratory(bench, pair.id), sources);
  // A loss takes what does not fit by repeating it: in shapes that were found by trying, an error may be theirs.
  if (parts && check.verdict === 'error' && bench.callsOf(parts.node).length === 0)
    return unknownCheck(`in the shapes that were tried, ${check.message}`, 'guessed-shapes', check.span);
  if (check.verdict !== 'pass' || pair.style !== 'bundle') return check;
  if (!runsWithOneOnly(bench, pair.forward)) return check;
  const message = `\`${pair.name}\` runs with a single example, and raises with several: a product in it may be the wrong way round`;
  return { ...unknownCheck(message, 'raises'), verdict: 'error' };
}

/** The pairs of a document that begin at a loss. */
function wholesAround(conditions: Conditions): Whole[] {
  return pairsOf(conditions.analysis).flatMap((pair): Whole[] => {
    const isWhole =
      pair.kind !== 'calls' || pair.loss !== undefined || pair.style === 'network' || pair.style === 'bundle';
    if (!isWhole) return [];
    const { name, of } = viewOf(pair);
    const body = pair.kind !== 'calls' ? pair.body : pair.backward.node.body;
    return [{ name, of, body, check: (entered) => checkOf(pair, { ...conditions, entered }) }];
  });
}

/** Runs that have not begun. */
function runsOf({ analysis, budget, workspace, entered }: Conditions): () => Session {
  return () => {
    const { rt, scope } = newRun(analysis, budget, workspace);
    rt.entered = entered;
    return { analysis, pins: new Pins([]), dialect: dialectOf(analysis), rt, scope };
  };
}

function loopLaboratory(conditions: Conditions, id: string): LoopLaboratory {
  const { analysis } = conditions;
  return {
    analysis,
    open: runsOf(conditions),
    changed(text) {
      const other = analyse({ ...analysis.document, text }, analysis);
      const pair = loopsOf(other).find((p) => p.id === id);
      return pair && { pair, lab: loopLaboratory({ ...conditions, analysis: other, budget: REPAIR_BUDGET }, id) };
    },
  };
}

function viewOf(pair: Pair): DerivativePair {
  const { id, name, style, span, nameSpan } = pair;
  return {
    id,
    name,
    of: pair.kind !== 'calls' ? pair.loss : qualifiedName(pair.loss ?? pair.forward),
    style,
    span,
    nameSpan,
  };
}

/** Whether the code speaks of several examples at once: axes, sizes of a batch. */
function knowsBatches({ forward, backward }: CallPair, text: string): boolean {
  const source = [forward.owner ?? forward.span, backward.span].map(({ from, to }) => text.slice(from, to)).join('\n');
  return /\baxis\b|keepdims|\.shape\[|batch|\.T\b|\bN\s*,/.test(source);
}

/** A pair as it is run: one that begins at a loss with the loss of its forward pass as a function. */
function prepared(
  analysis: PythonAnalysis,
  pair: CallPair,
  benchOf: (analysis: PythonAnalysis) => Workbench,
): { readonly bench: Workbench; readonly whole: CallPair } {
  const { loss, forward, backward } = pair;
  if (!loss) return { bench: benchOf(analysis), whole: pair };
  const text = withComposition(analysis.document.text, { loss, forward, backward });
  const extended = analyse({ ...analysis.document, text }, analysis);
  const whole = pairIn(extended, pair.id);
  if (!whole) throw new Error(`${pair.id} is lost`);
  return { bench: benchOf(extended), whole };
}

/** The forward pass itself, where a pair begins at the loss behind it. */
function forwardOf(analysis: PythonAnalysis, { id }: CallPair): Callee | undefined {
  return callPairs(analysis).find((p) => p.id === id)?.forward;
}

/** The pair with an id in a text that was changed. */
function pairIn(analysis: PythonAnalysis, id: string): CallPair | undefined {
  const pair = callPairs(analysis).find((p) => p.id === id);
  const composition = pair?.loss && compositionIn(analysis.parsed.module);
  return pair && composition ? { ...pair, forward: composition } : pair;
}

function laboratory(bench: Workbench, id: string): Laboratory {
  const { analysis } = bench;
  return {
    analysis,
    open: () => bench.open(),
    line: (offset) => analysis.line(offset),
    changed(text) {
      const other = analyse({ ...analysis.document, text }, analysis);
      const pair = pairIn(other, id);
      return pair && { pair, lab: laboratory(new Workbench(other, REPAIR_BUDGET, bench.workspace, bench.pins), id) };
    },
  };
}

/** A correction that takes long is none; operations bound it, and the clock only what they do not. */
const REPAIR_BUDGET: Budget = { operations: 300_000, bytes: 64 * 1024 * 1024, depth: 200, milliseconds: 2_000 };

/**
 * What can be written for a pair at a place: the derivative where it is not written yet and the function is elementwise,
 * and a comparison with differences. Both are tried before they are offered.
 * @throws NeedsStop
 */
export function pairRemedies(
  analysis: PythonAnalysis,
  offset: number,
  budget: Budget,
  workspace: Workspace,
): readonly Remedy[] {
  const pair = pairsOf(analysis).find(
    (p): p is CallPair =>
      p.kind === 'calls' &&
      !p.loss &&
      [p.backward.span, p.forward.span].some(({ from, to }) => from <= offset && offset <= to),
  );
  const body = pair && writtenBody(pair.backward);
  const [first] = pair ? parametersOf(pair.backward) : [];
  if (!pair || !body || !first) return [];
  const { text } = analysis.document;
  const conditions: Conditions = { analysis, set: {}, budget, workspace };
  const written = (source: string) => `${text.slice(0, body.from)}return ${source}${text.slice(body.to)}`;
  try {
    const isStub = stubReason(pair.backward.node, text) !== undefined;
    // Something has to be returned for the names that the derivative has at hand to be known.
    const probe = isStub ? analyse({ ...analysis.document, text: written(first.name) }, analysis) : analysis;
    const own = pairIn(probe, pair.id);
    if (!own) return [];
    const bench = new Workbench(probe, budget, workspace, new Pins([]));
    const sources = pointsFor(bench, own.forward, knowsBatches(own, text));
    const found = isUnknown(sources) ? undefined : derivativeText(own, laboratory(bench, pair.id), sources);
    if (found === undefined) {
      // Of what is not written yet nothing tells whether it knows batches: what is written must.
      const batches = isStub ? pointsFor(bench, own.forward, true) : undefined;
      return batches && !isUnknown(batches) ? skeleton(pair, body, conditions, batches) : [];
    }
    if (!isStub) return comparison(pair, text);
    const after = analyse({ ...analysis.document, text: written(found) }, analysis);
    const result = pairIn(after, pair.id);
    if (!result || checkOf(result, { ...conditions, analysis: after }).verdict !== 'pass') return [];
    return [{ title: `Write the derivative: ${found}`, at: body.from, to: body.to, text: `return ${found}` }];
  } catch (error) {
    if (error instanceof BudgetStop) return [];
    throw error;
  }
}

/** A backward pass from the statements of the forward pass, where it passes the check; one with open ends, where none does. */
function skeleton(
  pair: CallPair,
  body: Span,
  { analysis, budget, workspace, ...conditions }: Conditions,
  sources: readonly PointSource[],
): Remedy[] {
  const { text } = analysis.document;
  const open = (a: PythonAnalysis) => new Workbench(a, budget, workspace, new Pins([])).open();
  const indent = /(?:^|\n)([ \t]*)[^\n]*$/.exec(text.slice(0, body.from))?.[1] ?? '';
  const remedy = (title: string, lines: readonly string[]): Remedy => ({
    title,
    at: body.from,
    to: body.to,
    text: lines.join(`\n${indent}`),
  });
  let unfinished: Remedy | undefined;
  let tried = 0;
  for (const { lines, open: ends, shapes } of skeletons(pair, { analysis, sources, open })) {
    // How many axes things have decides what is written: the reader sees what was taken for granted.
    const given = shapes.map(([name, shape]) => `${name} ${tupleText(shape)}`).join(', ');
    if (ends > 0) {
      unfinished ??= remedy(`Write a skeleton of the backward pass for ${given}; ${ends} to be filled in`, lines);
      continue;
    }
    if (++tried > MAX_SKELETONS) break;
    const found = remedy(`Write the backward pass for ${given}`, lines);
    const after = analyse(
      { ...analysis.document, text: text.slice(0, body.from) + found.text + text.slice(body.to) },
      analysis,
    );
    const result = pairIn(after, pair.id);
    if (result && checkOf(result, { ...conditions, analysis: after, budget, workspace }).verdict === 'pass')
      return [found];
  }
  return unfinished ? [unfinished] : [];
}

/** Proposals that are checked before one is offered. */
const MAX_SKELETONS = 6;

/** The statements of a function behind its docstring; undefined of a lambda. */
function writtenBody({ node }: Callee): Span | undefined {
  if (node.kind === 'Lambda') return undefined;
  const [first, ...rest] = node.body;
  const isDocstring = first?.kind === 'Expr' && first.value.kind === 'Constant' && first.value.value.type === 'str';
  const own = isDocstring ? rest : node.body;
  const [begin, end] = [own[0], own.at(-1)];
  return begin && end ? { from: begin.from, to: end.to } : undefined;
}

/** A function that compares a derivative with centre differences, behind it. */
function comparison({ style, forward, backward, by }: CallPair, text: string): Remedy[] {
  const names = parametersOf(forward).map((p) => p.name);
  const own = parametersOf(backward).map((p) => p.name);
  const [x] = by === undefined ? names : [by];
  if (style !== 'function' || x === undefined || !own.every((name) => names.includes(name))) return [];
  const name = `check_grad_${forward.name}`;
  if (new RegExp(`\\b${name}\\b`).test(text)) return [];
  const at = (shift: string) => `${forward.name}(${names.map((n) => (n === x ? `${x} ${shift} h` : n)).join(', ')})`;
  const isNumpy = /^\s*import numpy as np\b/m.test(text);
  const size = isNumpy ? 'np.max(np.abs(numerical - analytic))' : 'abs(numerical - analytic)';
  return [
    {
      title: `Insert a comparison of ${backward.name} with differences`,
      at: backward.span.to,
      text: `


def ${name}(${names.join(', ')}, h=1e-5):
    """The largest difference between ${backward.name} and centre differences of ${forward.name}."""
    numerical = (${at('+')} - ${at('-')}) / (2 * h)
    analytic = ${backward.name}(${own.join(', ')})
    return ${size}`,
    },
  ];
}
