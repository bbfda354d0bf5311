/** Gradient checks of traceables, and the claims of documents, in one list. */
import { seededWeights } from '../autodiff/gradientEvidence';
import {
  CheckCancelled,
  checkGradient,
  type CheckOptions,
  checkWork,
  type GradientCheck,
  type InputCheck,
} from '../autodiff/gradientCheck';
import { formatCount, formatNumber, printNamePath } from '../format';
import { lineName } from '../languages/lineName';
import type { Claim, RecordRequest, Traceable } from '../languages/frontEnd';
import { isUnknown } from '../model';
import { type CheckView, type ParameterCheck, toJsonNumber } from '../protocol';
import type { Trace, Value } from '../autodiff/trace';
import { claimsIn } from './claims';
import { idleDecisions } from './idleDecisions';
import type { OpenDocument } from './documents';
import type { Evaluation } from './evaluation';

/** Numbers that one check may evaluate: several seconds. */
const MAX_WORK = 1e9;

/** How thoroughly differences are taken, and who is told. */
export type Depth = Pick<CheckOptions, 'mode' | 'progress'>;

/** Checks one traceable at its point: adjoint, tangent and differences. @throws CheckCancelled */
export async function checkTraceable(
  document: OpenDocument,
  traceable: Traceable,
  evaluation: Evaluation,
  request: RecordRequest = {},
  depth: Depth = {},
): Promise<CheckView> {
  const base = {
    uri: document.source.uri,
    id: traceable.id,
    name: traceable.name,
    kind: 'gradient' as const,
    range: document.range(traceable.nameSpan ?? traceable.span),
  };
  const outcome = await evaluation.record(document, traceable, request);
  if (isUnknown(outcome)) {
    return {
      ...base,
      verdict: 'unknown',
      message: outcome.reason,
      code: outcome.code,
      parameters: [],
      point: {},
    };
  }
  const { trace } = outcome;
  const point = pointOf(trace);
  // Who asks for every element has the time; where nobody does, a few directions have to do for what is long.
  const mode = depth.mode ?? (checkWork(trace) > MAX_WORK ? 'fast' : undefined);
  if (mode === 'fast' && checkWork(trace, mode) > MAX_WORK) {
    const message = `differences of ${formatCount(BigInt(trace.tape.length))} steps would take too long; a smaller point, or fewer turns, can be checked`;
    return { ...base, verdict: 'unknown', message, code: 'too-large', parameters: [], point };
  }
  try {
    const weight = weightOf(trace);
    const options = { weight, ...depth, ...(mode ? { mode } : {}) };
    let check = checkGradient(trace, options);
    const onEdge = check.inputs.flatMap(({ input, edges }) => (edges ? [{ input, edges }] : []));
    if (onEdge.length > 0) {
      const idle = await idleDecisions(document, traceable, evaluation, request, trace, onEdge);
      if (idle.length > 0) check = checkGradient(trace, { ...options, idle });
    }
    return {
      ...base,
      verdict: check.verdict,
      ...(check.verdict === 'pass' ? { strength: 'numerical' as const } : {}),
      message: messageOf(check, document, trace),
      parameters: check.inputs.map(parameterOf),
      point,
    };
  } catch (error) {
    if (error instanceof CheckCancelled) throw error;
    const message = error instanceof Error ? error.message : String(error);
    return { ...base, verdict: 'unknown', message, code: 'no-rule', parameters: [], point };
  }
}

/** The claims of a document, decided. */
export async function checkClaims(document: OpenDocument, evaluation: Evaluation): Promise<CheckView[]> {
  return (await claimsIn(document, evaluation)).map((claim) => claimView(document, claim));
}

function claimView(document: OpenDocument, claim: Claim): CheckView {
  return {
    uri: document.source.uri,
    id: claim.id,
    name: claim.name,
    kind: 'claim',
    range: document.range(claim.span),
    verdict: claim.verdict,
    ...(claim.strength === undefined ? {} : { strength: claim.strength }),
    message: claim.message,
    ...(claim.code === undefined ? {} : { code: claim.code }),
    parameters: [],
    point: Object.fromEntries((claim.point ?? []).map((p) => [printNamePath(p.name), toJsonNumber(p.value)])),
    text: claim.text,
    ...(claim.expected === undefined ? {} : { expected: claim.expected }),
  };
}

function parameterOf(check: InputCheck): ParameterCheck {
  const optional = (x: number | undefined) => (x === undefined ? undefined : toJsonNumber(x));
  const relativeError = optional(check.relativeError);
  const forwardDifference = optional(check.forwardDifference);
  const centreDifference = optional(check.centreDifference);
  return {
    name: printNamePath(check.input.name),
    verdict: check.verdict,
    ...(relativeError === undefined ? {} : { relativeError }),
    adjoint: check.adjoint === null ? null : toJsonNumber(check.adjoint),
    tangent: toJsonNumber(check.tangent),
    ...(forwardDifference === undefined ? {} : { forwardDifference }),
    ...(centreDifference === undefined ? {} : { centreDifference }),
  };
}

function messageOf(check: GradientCheck, document: OpenDocument, trace: Trace): string {
  const worst = check.inputs.find((i) => i.verdict === check.verdict);
  const [edge] = worst?.edges ?? [];
  const span = edge && trace.spans(edge.site)[0];
  if (worst && span) {
    const text = document.text(span).replace(/\s+/g, ' ');
    const line = lineName(document.source, span.from);
    return `\`${text}\` in ${line} stands on its edge at this point: the smallest change of ${printNamePath(worst.input.name)} turns it over, so no differences can be taken; another point can be checked`;
  }
  if (check.verdict !== 'pass') {
    return worst ? `by ${printNamePath(worst.input.name)}: ${worst.message}` : 'nothing to check: no inputs';
  }
  const certified = check.inputs.filter((i) => !i.withinRounding);
  if (certified.length === 0 && check.inputs.length > 0) return worst?.message ?? '';
  const largest = Math.max(0, ...certified.map((i) => i.relativeError ?? 0));
  const rest = check.inputs.length - certified.length;
  const note = rest === 0 ? '' : `; by ${rest} more within the rounding of the differences`;
  return `adjoint, tangent and differences agree (largest relative error ${formatNumber(largest, { digits: 2 })}${note})`;
}

/** A weight for an array that no symmetry of the program hides behind: the sum of a softmax has no gradient at all. */
function weightOf({ tape, output }: Trace): Value {
  return tape.isArray(output) ? seededWeights(tape.array(output).shape, 1) : 1;
}

function pointOf(trace: Trace): CheckView['point'] {
  const { tape } = trace;
  return Object.fromEntries(
    trace.inputs.map(({ name, row }) => [
      printNamePath(name),
      tape.isArray(row) ? tape.array(row).toNested() : toJsonNumber(tape.value[row] as number),
    ]),
  );
}
