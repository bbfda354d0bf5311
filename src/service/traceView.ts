/** Opening a trace: which one is meant, what is shown of it, and what is shown where it cannot be had. */
import { primalSymbol } from '../autodiff/formulas';
import { encodeColumns } from '../autodiff/replay';
import { OP_INPUT } from '../autodiff/tape';
import { momentOf, type Scope } from '../autodiff/trace';
import { isAnyPart, printNamePath, texName } from '../format';
import type { Recorded, RecordRequest, Traceable, UpdateValues } from '../languages/frontEnd';
import { isUnknown, type Span, type Unknown } from '../model';
import type {
  InputView,
  ScopeView,
  TraceableView,
  TraceAddress,
  TraceAnswer,
  TraceView,
  UpdateView,
} from '../protocol';
import { toLatex } from '../symbolic/latex';
import { valueView } from './arrayView';
import { recordChosen } from './chosenOutput';
import type { OpenDocument } from './documents';
import type { Evaluation } from './evaluation';
import { traceableNear, nearest } from './locate';
import { networkIn } from './networkView';
import { stepViews, type SweptTrace } from './stepView';
import { RequestError, sweep } from './sweep';
import { outputExpression, symbolicDerivative } from './symbolicGradient';

/** Rows that travel with the answer; the others follow by page. */
export const FIRST_PAGE = 200;

export interface Leased {
  readonly swept: SweptTrace;
  readonly traceable: Traceable;
  readonly view: Omit<TraceView, 'lease'>;
}

export function traceableView(document: OpenDocument, traceable: Traceable): TraceableView {
  const { id, name, kind, language, span } = traceable;
  return { id, name, kind, language, range: document.range(span) };
}

export function requestOf(address: TraceAddress): RecordRequest {
  const { set, of, wrt, moment } = address;
  return {
    ...(set ? { set } : {}),
    ...(of === undefined ? {} : { of }),
    ...(wrt ? { wrt } : {}),
    ...(moment ? { moment } : {}),
  };
}

/** What an address means now. `lease` is called with what the caller may ask more of. */
export async function openTrace(
  document: OpenDocument,
  address: TraceAddress,
  evaluation: Evaluation,
  lease: (leased: Leased) => string,
): Promise<TraceAnswer> {
  const offset = address.position && document.offset(address.position);
  const traceables = document.traceables;
  const traceable =
    address.traceable !== undefined
      ? document.everything.find((t) => t.id === address.traceable)
      : offset === undefined
        ? traceables[0]
        : traceableNear(document, offset);

  let absence: Unknown | undefined;
  if (traceable) {
    const outcome = await recordChosen(document, traceable, requestOf(address), evaluation);
    if (!isUnknown(outcome)) return dataAnswer(document, traceable, outcome, address, lease);
    absence = outcome;
  }

  // Half-typed text: the last good trace stays, and says how old it is.
  const old = traceable
    ? evaluation.lastGoodOf(document.source.uri, traceable.id)
    : oldTrace(document, address, evaluation, offset);
  if (old && (!traceable || absence?.code === 'syntax')) {
    return dataAnswer(old.document, old.traceable, old.recorded, address, lease, {
      editsBehind: Math.max(1, document.source.version - old.document.source.version),
      staleReason: absence?.reason ?? 'the text cannot be read at the moment',
    });
  }
  if (absence && traceable) {
    return {
      state: 'unknown',
      unknown: { code: absence.code, reason: absence.reason, range: document.range(absence.span) },
      excerpt: excerptOf(document, absence.span),
      traceable: traceableView(document, traceable),
    };
  }
  return { state: 'nothing', traceables: traceables.map((t) => traceableView(document, t)) };
}

/** More lines than this say less. */
const EXCERPT_LINES = 4;

/** The lines that hold a span. */
function excerptOf(document: OpenDocument, { from, to }: Span): { line: number; lines: string[] } {
  const { text } = document.source;
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const next = text.indexOf('\n', Math.max(from, to - 1));
  const lines = text.slice(start, next < 0 ? text.length : next).split(/\r?\n/);
  return { line: document.range({ from: start, to: start }).start.line, lines: lines.slice(0, EXCERPT_LINES) };
}

function oldTrace(document: OpenDocument, address: TraceAddress, evaluation: Evaluation, offset: number | undefined) {
  const all = evaluation.lastGoodIn(document.source.uri);
  if (address.traceable !== undefined) return all.find((r) => r.traceable.id === address.traceable);
  return nearest(all, (r) => r.traceable.span, offset ?? 0);
}

function dataAnswer(
  document: OpenDocument,
  traceable: Traceable,
  recorded: Recorded,
  address: TraceAddress,
  lease: (leased: Leased) => string,
  stale: Partial<TraceView> = {},
): TraceAnswer {
  let swept: SweptTrace;
  try {
    swept = sweep(document, recorded.trace, {
      tangent: address.tangent ?? (address.wrt ?? recorded.wrt)?.[0],
      upstream: address.upstream,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const code = error instanceof RequestError ? 'request' : 'no-rule';
    return {
      state: 'unknown',
      unknown: { code, reason, range: document.range(traceable.span) },
      traceable: traceableView(document, traceable),
    };
  }
  const view = { ...describe(swept, traceable, recorded, address), ...stale };
  return { state: 'data', trace: { ...view, lease: lease({ swept, traceable, view }) } };
}

/** The head of a trace and its first page of rows. */
function describe(
  swept: SweptTrace,
  traceable: Traceable,
  recorded: Recorded,
  address: TraceAddress,
): Omit<TraceView, 'lease'> {
  const { document, trace, numbering } = swept;
  const { tape, output, outputName } = trace;
  const direction = trace.inputs.find((i) => i.row === swept.direction);
  return {
    address: { ...address, traceable: traceable.id },
    version: document.source.version,
    editsBehind: 0,
    id: traceable.id,
    title: traceable.name,
    kind: traceable.kind,
    language: traceable.language,
    dialect: trace.dialect,
    range: document.range(traceable.span),
    ...(recorded.formula === undefined ? {} : { formula: recorded.formula }),
    source: document.text(traceable.span),
    inputs: inputViews(swept, address.wrt ?? recorded.wrt),
    output: {
      row: output,
      name: printNamePath(outputName),
      tex: texName(outputName),
      value: valueView(tape.isArray(output) ? tape.array(output) : (tape.value[output] as number)),
    },
    ...(direction ? { tangent: printNamePath(direction.name) } : {}),
    choice: recorded.choice.text,
    complete: recorded.complete,
    ...(recorded.stopped === undefined ? {} : { stopped: recorded.stopped }),
    readings: (recorded.readings ?? []).map(({ span, text }) => ({
      range: document.range(span),
      text,
    })),
    ...(recorded.update ? { update: updateView(recorded.update) } : {}),
    scopes: scopeViews(swept),
    guards: trace.guards.map(({ test, x, y, outcome, site }) => {
      const span = trace.spans(site)[0];
      return {
        test,
        x,
        ...(y === undefined ? {} : { y }),
        outcome,
        ...(span ? { range: document.range(span) } : {}),
      };
    }),
    steps: numbering.rows.length,
    ...(!traceable.derivative && networkIn(swept) ? { network: true } : {}),
    ...(document.frontEnd.mayTrain?.(document.analysis) ? { training: true } : {}),
    rows: stepViews(swept, 0, FIRST_PAGE),
    ...(tape.scalarOnly ? { columns: encodeColumns(tape, numbering.rows) } : {}),
  };
}

function updateView({ name, orders = [], ...atOnce }: NonNullable<Recorded['update']>): UpdateView {
  const values = ({ before, gradient, after }: Omit<UpdateValues, 'name'>) => ({
    ...(before === undefined ? {} : { before: valueView(before) }),
    ...(gradient === undefined ? {} : { gradient: valueView(gradient) }),
    after: valueView(after),
  });
  return {
    tex: texName(name),
    ...values(atOnce),
    orders: orders.map(({ order, first, ...one }) => ({ order, first: first.map((n) => texName(n)), ...values(one) })),
  };
}

function scopeViews({ document, trace, numbering }: SweptTrace): ScopeView[] {
  const { tape, scopes } = trace;
  const from = new Int32Array(scopes.length).fill(-1);
  const to = new Int32Array(scopes.length);
  numbering.rows.forEach((row, position) => {
    // Inputs come first whatever scope they were made in: they belong to no group.
    if (tape.code(row) === OP_INPUT) return;
    for (let s = tape.scope(row); s >= 0; s = (scopes[s] as Scope).parent) {
      if ((from[s] as number) < 0) from[s] = position;
      to[s] = position + 1;
    }
  });
  return scopes.map(({ parent, kind, name, site, turn }, s) => {
    const span = site < 0 ? undefined : trace.spans(site)[0];
    const extent = (from[s] as number) < 0 ? { from: 0, to: 0 } : { from: from[s] as number, to: to[s] as number };
    return {
      parent,
      kind,
      name,
      turn,
      ...extent,
      ...(span ? { range: document.range(span) } : {}),
    };
  });
}

function inputViews(swept: SweptTrace, wrt: readonly string[] | undefined): InputView[] {
  const { document, trace, adjoint, connected } = swept;
  const { tape } = trace;
  const expression = outputExpression(trace);
  const symbol = (name: string) => {
    const input = trace.inputs.find((i) => primalSymbol(i.row) === name);
    return input && texName(input.name);
  };
  return trace.inputs
    .filter((input) => !wrt || isAnyPart(wrt, input.name))
    .map((input) => {
      const { row, name, origin } = input;
      const isArray = tape.isArray(row);
      const gradient = isArray ? adjoint.arrays.get(row) : adjoint.scalars[row];
      const span = trace.spans(tape.site(row))[0];
      const derivative = expression && connected.has(row) ? symbolicDerivative(expression, row) : undefined;
      return {
        row,
        name: printNamePath(name),
        tex: texName(name),
        value: valueView(isArray ? tape.array(row) : (tape.value[row] as number)),
        gradient: connected.has(row) ? valueView(gradient ?? 0) : null,
        ...(derivative ? { gradientTex: toLatex(derivative, { symbol, fractions: 'stacked' }) } : {}),
        origin: {
          kind: origin.kind,
          ...(origin.why === undefined ? {} : { why: origin.why }),
          ...(origin.span ? { range: document.range(origin.span) } : {}),
        },
        ...(span ? { range: document.range(span) } : {}),
      };
    });
}

/** The row whose source is the smallest around an offset, or around a selected piece; of several moments the first. */
export function rowAtOffset(swept: SweptTrace, offset: number, end = offset): number | undefined {
  const { trace, numbering } = swept;
  let best: number | undefined;
  let bestSize = Infinity;
  for (const row of numbering.rows) {
    if (momentOf(trace, row).some((turn) => turn > 0)) continue;
    for (const { from, to } of trace.spans(trace.tape.site(row))) {
      // An expression may take several steps: its value is what the last of them gives.
      if (from <= offset && end <= to && (to - from < bestSize || (to - from === bestSize && offset < end))) {
        best = row;
        bestSize = to - from;
      }
    }
  }
  return best;
}
