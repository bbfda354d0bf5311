/** Derivatives written by hand in Python. */
import { analyse, type PythonAnalysis } from '../analysis';
import { BudgetStop, NeedsStop } from '../errors';
import { isUnknown } from '../../../model';
import type { Budget, DerivativePair, PairChecker, Workspace } from '../../frontEnd';
import type { Session } from '../points';
import { budgetReason, directivePins } from '../record/record';
import { type Pin, Pins, pinsFrom } from '../record/pins';
import { type CallPair, callPairs } from './candidates';
import { qualifiedName } from './callee';
import { checkCalls, type Laboratory } from './checkCalls';
import { unknownCheck } from './verdicts';
import { checkInline, inlinePairs, type InlinePair } from './inline';
import { dialectOf, newRun } from '../record/session';
import { runsWithOneOnly, pointsFor } from './points';
import { stubReason } from './stubs';
import { Workbench } from './workbench';

type Pair = CallPair | InlinePair;

const FOUND = new WeakMap<PythonAnalysis, readonly Pair[]>();

function pairsOf(analysis: PythonAnalysis): readonly Pair[] {
  let found = FOUND.get(analysis);
  if (!found) FOUND.set(analysis, (found = [...callPairs(analysis), ...inlinePairs(analysis.parsed.module)]));
  return found;
}

export const pythonPairs: PairChecker<PythonAnalysis> = {
  find: (analysis) => pairsOf(analysis).map(viewOf),
  check(analysis, { id }, request, budget, workspace) {
    const pair = pairsOf(analysis).find((p) => p.id === id);
    if (!pair) throw new Error(`there is no pair ${id} in this document`);
    if (pair.kind === 'inline') return inlineCheck(analysis, pair, budget, workspace);
    const stub = stubReason(pair.backward.node, analysis.document.text);
    if (stub !== undefined) return unknownCheck(`\`${pair.name}\` is not written yet: ${stub}`, 'not-written');
    const found = analysis.found.find((t) => 'node' in t && t.node === pair.forward.node);
    const pins: Pin[] = [
      ...(found ? directivePins(analysis, found) : []),
      ...pinsFrom(request.set ?? {}, { kind: 'pinned', why: 'pinned by you' }),
    ];
    const bench = new Workbench(analysis, budget, workspace, new Pins(pins));
    try {
      const sources = pointsFor(bench, pair.forward, knowsBatches(pair, analysis.document.text));
      if (isUnknown(sources)) return unknownCheck(sources.reason, sources.code, sources.span);
      const check = checkCalls(pair, laboratory(bench, id), sources);
      if (check.verdict !== 'pass' || pair.style !== 'bundle') return check;
      if (!runsWithOneOnly(bench, pair.forward)) return check;
      const message = `\`${pair.name}\` runs with a single example, and raises with several: a product in it may be the wrong way round`;
      return { ...unknownCheck(message, 'raises'), verdict: 'error' };
    } catch (error) {
      if (error instanceof NeedsStop) return { kind: 'needs', uris: error.uris };
      if (error instanceof BudgetStop) return unknownCheck(budgetReason(error, budget), 'budget');
      throw error;
    }
  },
};

function inlineCheck(
  analysis: PythonAnalysis,
  pair: InlinePair,
  budget: Budget,
  workspace: Workspace,
): ReturnType<PairChecker['check']> {
  const open = (): Session => ({
    analysis,
    pins: new Pins([]),
    dialect: dialectOf(analysis),
    ...newRun(analysis, budget, workspace),
  });
  try {
    return checkInline(pair, open, (offset) => analysis.line(offset));
  } catch (error) {
    if (error instanceof NeedsStop) return { kind: 'needs', uris: error.uris };
    if (error instanceof BudgetStop) return unknownCheck(budgetReason(error, budget), 'budget');
    throw error;
  }
}

function viewOf(pair: Pair): DerivativePair {
  const { id, name, style, span, nameSpan } = pair;
  return { id, name, of: pair.kind === 'inline' ? pair.loss : qualifiedName(pair.forward), style, span, nameSpan };
}

/** Whether the code speaks of several examples at once: axes, sizes of a batch. */
function knowsBatches({ forward, backward }: CallPair, text: string): boolean {
  const source = [forward.owner ?? forward.span, backward.span].map(({ from, to }) => text.slice(from, to)).join('\n');
  return /\baxis\b|keepdims|\.shape\[|batch|\.T\b|\bN\s*,/.test(source);
}

function laboratory(bench: Workbench, id: string): Laboratory {
  const { analysis } = bench;
  return {
    analysis,
    open: () => bench.open(),
    line: (offset) => analysis.line(offset),
    changed(text) {
      const other = analyse({ ...analysis.document, text }, analysis);
      const pair = callPairs(other).find((p) => p.id === id);
      return pair && { pair, lab: laboratory(new Workbench(other, REPAIR_BUDGET, bench.workspace, bench.pins), id) };
    },
  };
}

/** A correction that takes long is none. */
const REPAIR_BUDGET: Budget = { operations: 300_000, bytes: 64 * 1024 * 1024, depth: 200, milliseconds: 400 };
