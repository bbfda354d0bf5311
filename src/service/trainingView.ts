/** A training loop over its turns, with what is wrong with its updates. */
import { linearRule } from '../autodiff/network/linearRule';
import { networkOf } from '../autodiff/network/network';
import { adjoints, type Sweep } from '../autodiff/sweeps';
import type { Ref } from '../autodiff/tape';
import { formatNumber, printNamePath, sameNamePath, texName } from '../format';
import type { Training } from '../languages/frontEnd';
import { isUnknown } from '../model';
import {
  type DiagnosisView,
  toJsonNumber,
  type TraceAddress,
  type TrainingAnswer,
  type TrainingView,
} from '../protocol';
import type { OpenDocument } from './documents';
import type { Evaluation } from './evaluation';

/** Two directions are the same where the cosine between them is closer to ±1 than this. */
const PARALLEL = 1e-6;

/** The training loop of the document that an address is in. */
export async function trainingAnswer(
  document: OpenDocument,
  address: TraceAddress,
  evaluation: Evaluation,
): Promise<TrainingAnswer> {
  const outcome = await evaluation.training(document, {
    ...(address.set ? { set: address.set } : {}),
    ...(address.of === undefined ? {} : { of: address.of }),
  });
  if (!outcome || outcome.kind === 'none') return { state: 'none' };
  if (outcome.kind === 'needs')
    return {
      state: 'unknown',
      unknown: {
        code: 'missing-file',
        reason: `${outcome.uris.join(', ')} cannot be read`,
        range: document.range({ from: 0, to: 0 }),
      },
    };
  if (isUnknown(outcome)) {
    const { code, reason, span } = outcome;
    return { state: 'unknown', unknown: { code, reason, range: document.range(span) } };
  }
  return { state: 'data', training: trainingView(document, outcome) };
}

function trainingView(document: OpenDocument, training: Training): TrainingView {
  const json = (values: readonly number[]) => values.map(toJsonNumber);
  const { loss, accuracy, rate, first } = training;
  const { trace } = first.recorded;
  const adjoint = adjoints(trace.tape, new Map([[trace.output, 1]]));
  const boundary = boundaryOf(training);
  return {
    name: training.name,
    range: document.range(training.span),
    turns: training.turns,
    complete: training.complete,
    ...(training.stopped ? { stopped: training.stopped } : {}),
    parameters: training.parameters.map(({ name, shape, values, ratios, elements }) => ({
      name: printNamePath(name),
      tex: texName(name),
      shape: [...shape],
      values: json(values),
      ratios: json(ratios),
      ...(elements ? { elements: elements.map(json) } : {}),
    })),
    ...(loss ? { loss: { name: printNamePath(loss.name), values: json(loss.values) } } : {}),
    ...(accuracy ? { accuracy: { name: printNamePath(accuracy.name), values: json(accuracy.values) } } : {}),
    ...(rate
      ? { rate: { name: printNamePath(rate.name), value: toJsonNumber(rate.value), settable: rate.settable } }
      : {}),
    ...(boundary ? { boundary } : {}),
    diagnoses: [
      ...withText(document, ofUpdates(document, training, adjoint)),
      ...ofAccumulation(document, training),
      ...ofCourse(document, training),
    ],
    ...(training.traceable === undefined ? {} : { traceable: training.traceable }),
  };
}

/** The line of a rule in two dimensions at the beginning of each turn and after the last. */
function boundaryOf({ first, parameters }: Training): TrainingView['boundary'] | undefined {
  const { trace } = first.recorded;
  const rule = linearRule(trace, new Set(first.updated.map((u) => u.row)));
  if (!rule) return undefined;
  const track = (row: Ref) => {
    const name = trace.inputs.find((i) => i.row === row)?.name;
    return name && parameters.find((p) => sameNamePath(p.name, name));
  };
  const valueAt = (of: { row: Ref; index: number } | undefined, turn: number): number => {
    const found = of && track(of.row);
    if (!of) return 0;
    return found?.elements ? (found.elements[turn]?.[of.index] ?? NaN) : (found?.values[turn] ?? NaN);
  };
  const n = parameters[0]?.values.length ?? 0;
  const lines = Array.from({ length: n }, (_, turn): [number, number, number] => [
    valueAt(rule.weights[0], turn),
    valueAt(rule.weights[1], turn),
    valueAt(rule.bias, turn),
  ]);
  if (lines.some((line) => line.some((x) => Number.isNaN(x)))) return undefined;
  return {
    lines: lines.map(([a, b, c]) => [toJsonNumber(a), toJsonNumber(b), toJsonNumber(c)]),
    points: rule.points.map(({ x, y }, i) => ({ x, y, ...(rule.labels ? { label: rule.labels[i] as number } : {}) })),
  };
}

/** What each update does with the gradient of the loss that the turn computes: told by its numbers. */
function ofUpdates(document: OpenDocument, { first, span }: Training, adjoint: Sweep): DiagnosisView[] {
  if (!first.hasLoss) return [];
  const { trace } = first.recorded;
  const { tape } = trace;
  const range = document.range(span);
  const found: DiagnosisView[] = [];
  for (const { row, name, after } of first.updated) {
    const before = Array.from(tape.ndarray(row).elements() as ArrayLike<number>);
    const gradient = tape.isArray(row)
      ? Array.from((adjoint.arrays.get(row)?.elements() ?? []) as ArrayLike<number>)
      : [adjoint.scalars[row] as number];
    if (gradient.length !== before.length) continue;
    const step = after.map((x, i) => x - (before[i] as number));
    const along = cosine(step, gradient);
    const text = printNamePath(name);
    const several = before.length > 1;
    // From 0, or by a step beyond all measure, the two cannot be told apart.
    const replaced = isParallel(cosine(after, gradient)) && !isParallel(along) && before.some((x) => x !== 0);
    if (several && replaced) {
      found.push({
        ...structural('update-replaces', range, text),
        title: 'The update does not subtract the gradient',
        text: `After the turn ${text} is a multiple of its gradient: what it was before is lost.`,
        advice: `${text} minus the learning rate times the gradient.`,
        numbers: { cosine: toJsonNumber(cosine(after, gradient)) },
      });
    } else if (several && along > 1 - PARALLEL) {
      found.push({
        ...structural('update-adds', range, text),
        title: 'The update adds the gradient',
        text: `The turn moves ${text} along its gradient, not against it: the loss rises.`,
        advice: 'Subtract the gradient.',
        numbers: { cosine: toJsonNumber(along) },
      });
    }
  }
  // Parameters that the loss depends on and that no turn moves.
  const moved = new Set(first.updated.map((u) => u.row));
  const network = networkOf(trace, adjoint, { parameters: moved });
  for (const p of network?.layers.flatMap((l) => l.parameters) ?? []) {
    const rest = network?.layers.some((l) => l.parameters.some((q) => moved.has(q.leaf)));
    if (moved.has(p.leaf) || !rest || !p.gradient || p.gradient.zeros === p.gradient.count) continue;
    const text = printNamePath(p.name);
    found.push({
      ...structural('not-updated', range, text),
      severity: 'information',
      title: 'A parameter is not updated',
      text: `${text} has a gradient, but the turn leaves it as it is.`,
      numbers: { gradient: toJsonNumber(p.gradient.norm) },
    });
  }
  return found;
}

/** What the text of an update says, where its numbers can not: a loss that is computed after it knows nothing of what was before. */
function withText(document: OpenDocument, found: DiagnosisView[]): DiagnosisView[] {
  if (found.some((d) => d.code === 'update-replaces')) return found;
  const faults = document.frontEnd.faults(document.analysis).filter((f) => f.code === 'update-replaces');
  return [
    ...found,
    ...faults.map(({ span, message }) => ({
      code: 'update-replaces',
      severity: 'warning' as const,
      structural: true,
      title: 'The update does not subtract the gradient',
      text: `${message}.`,
      numbers: {},
      range: document.range(span),
    })),
  ];
}

function structural(code: string, range: DiagnosisView['range'], parameter: string) {
  return { code, severity: 'warning' as const, structural: true, parameter, ...(range ? { range } : {}) };
}

function ofAccumulation(document: OpenDocument, { notReset }: Training): DiagnosisView[] {
  return notReset.map(({ name, span }) => ({
    ...structural('gradient-not-reset', document.range(span), name),
    title: 'The gradient is not set back',
    text: `${name} grows in every turn, and nothing in the loop sets it back: each update uses the gradients of all turns so far.`,
    advice: `Set ${name} to 0 before it is added up, unless it is meant to accumulate.`,
    numbers: {},
  }));
}

/** How the loss goes. */
function ofCourse(document: OpenDocument, { loss, first, span, turns }: Training): DiagnosisView[] {
  if (!loss || !first.hasLoss) return [];
  const bad = loss.values.findIndex((x) => !Number.isFinite(x));
  const range = document.range(span);
  const base = { severity: 'warning' as const, structural: false, range };
  if (bad >= 0)
    return [
      {
        ...base,
        code: 'diverges',
        title: 'Training diverges',
        text: `From turn ${bad} on ${printNamePath(loss.name)} is ${Number.isNaN(loss.values[bad]) ? 'no number' : 'infinite'}.`,
        advice: 'A smaller learning rate.',
        numbers: { turn: bad },
      },
    ];
  const [start, end] = [loss.values[0] ?? NaN, loss.values[turns - 1] ?? NaN];
  if (!(end > 2 * Math.abs(start)) || turns < 5) return [];
  return [
    {
      ...base,
      code: 'loss-rises',
      title: 'The loss rises',
      text: `${printNamePath(loss.name)} goes from ${formatNumber(start)} to ${formatNumber(end)} in ${turns} turns.`,
      advice: 'A smaller learning rate, or the other sign of the update.',
      numbers: { first: toJsonNumber(start), last: toJsonNumber(end) },
    },
  ];
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = a.reduce((sum, x, i) => sum + x * (b[i] as number), 0);
  return dot / (Math.hypot(...a) * Math.hypot(...b));
}

function isParallel(cos: number): boolean {
  return Math.abs(cos) > 1 - PARALLEL;
}
