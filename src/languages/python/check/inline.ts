/**
 * Gradients that a script computes beside its loss, and takes steps along: `dw = …`, `w -= rate * dw`. What is subtracted
 * from a parameter is what it is claimed to be the gradient of.
 */
import { Recorder } from '../../../autodiff/recorder';
import type { Ref } from '../../../autodiff/tape';
import type { NamePath, Site, Span } from '../../../model';
import { unknown } from '../../../model';
import type { Expr, Module, Stmt } from '../ast';
import { isLossName } from '../find/lossNames';
import { assignedNames } from '../find/traceables';
import { redraw, type Session } from '../points';
import { makeLeaves } from '../record/leaves';
import { runModule } from '../run';
import { PyFloat, type PyValue, Traced } from '../values/object';
import { checkBesideLoss, subjectBesideLoss } from './besideLoss';
import type { Claim } from './claims';
import { isLearningRate } from './names';
import { numberArray } from './numbersOf';
import { randomFor } from './randomFor';
import type { CheckedLeaf, Shot, ShotOutcome } from './shot';
import type { ShotCheck } from './verdicts';
import { namesIn } from './walk';

/** A parameter, and what is subtracted from it. */
export interface Step {
  readonly parameter: string;
  readonly gradient: string;
  /** Where the gradient is assigned. */
  readonly span: Span;
}

export interface InlinePair {
  readonly kind: 'inline';
  readonly id: string;
  readonly name: string;
  readonly style: 'inline';
  readonly span: Span;
  readonly nameSpan: Span;
  readonly loss: string;
  /** The block that takes the steps. */
  readonly body: readonly Stmt[];
  readonly steps: readonly Step[];
}

/** The losses of a script with gradients beside them: one for each block that takes steps. */
export function inlinePairs(module: Module): InlinePair[] {
  const pairs: InlinePair[] = [];
  const visit = (body: readonly Stmt[]): void => {
    const pair = pairIn(body, pairs.length);
    if (pair) pairs.push(pair);
    for (const s of body) {
      // Loops are looked at turn by turn.
      if (s.kind === 'With' || s.kind === 'If') visit(s.body);
    }
  };
  visit(module.body);
  return pairs;
}

function pairIn(body: readonly Stmt[], count: number): InlinePair | undefined {
  const places = new Map<string, Span>();
  let loss: { name: string; span: Span } | undefined;
  const steps: Step[] = [];
  for (const s of body) {
    const step = stepOf(s, places);
    if (step) {
      if (!steps.some((t) => t.parameter === step.parameter)) steps.push(step);
      continue;
    }
    if (s.kind !== 'Assign' && s.kind !== 'AugAssign') continue;
    const target = s.kind === 'Assign' ? s.targets[0] : s.target;
    if (target?.kind !== 'Name') continue;
    places.set(target.id, target);
    // A loss behind the step is the loss of the new parameters.
    if (steps.length === 0 && isLossName(target.id)) loss = { name: target.id, span: target };
  }
  const [first] = steps;
  if (!loss || !first) return undefined;
  const name = steps.map((s) => s.gradient).join(', ');
  return {
    kind: 'inline',
    id: `${loss.name}:${first.gradient}${count === 0 ? '' : `#${count + 1}`}`,
    name,
    style: 'inline',
    span: { from: Math.min(loss.span.from, first.span.from), to: (body.at(-1) as Stmt).to },
    nameSpan: first.span,
    loss: loss.name,
    body,
    steps,
  };
}

/** `w -= rate * dw` or `w = w - rate * dw`, where `dw` was assigned before in the same block. */
function stepOf(s: Stmt, places: ReadonlyMap<string, Span>): Step | undefined {
  let parameter: string | undefined;
  let change: Expr | undefined;
  if (s.kind === 'AugAssign' && s.op === '-' && s.target.kind === 'Name') [parameter, change] = [s.target.id, s.value];
  else if (s.kind === 'Assign' && s.targets[0]?.kind === 'Name' && s.value.kind === 'BinOp' && s.value.op === '-') {
    const { left, right } = s.value;
    if (left.kind === 'Name' && left.id === s.targets[0].id) [parameter, change] = [left.id, right];
  }
  if (parameter === undefined || !change || !isScaled(change)) return undefined;
  const names = [...namesIn(change)].filter((n) => places.has(n) && n !== parameter && !isLearningRate(n));
  const [gradient] = names;
  const span = gradient === undefined ? undefined : places.get(gradient);
  return names.length === 1 && gradient !== undefined && span ? { parameter, gradient, span } : undefined;
}

/** A name, or a product of names and numbers: a rate times a gradient. */
function isScaled(e: Expr): boolean {
  if (e.kind === 'Name' || e.kind === 'Constant' || e.kind === 'Attribute') return true;
  return e.kind === 'BinOp' && e.op === '*' && isScaled(e.left) && isScaled(e.right);
}

/** The wanted values have come up: the run ends. */
class Done {}

/** Takes down the first values of the loss and of the gradients before the first step. */
class Watching extends Recorder {
  readonly found = new Map<string, { row: Ref; site: Site }>();

  constructor(
    options: ConstructorParameters<typeof Recorder>[0],
    private readonly pair: InlinePair,
  ) {
    super(options);
  }

  override bind(name: NamePath, row: Ref, site: Site): void {
    const [root] = name;
    if (name.length === 1 && typeof root === 'string') {
      const isStep = this.pair.steps.some((s) => s.parameter === root) && this.isComplete;
      if (isStep) throw new Done();
      const isWanted = root === this.pair.loss || this.pair.steps.some((s) => s.gradient === root);
      if (isWanted) {
        // The next turn has begun.
        if (root === this.pair.loss && this.found.has(root)) throw new Done();
        this.found.set(root, { row, site });
      }
    }
    super.bind(name, row, site);
  }

  private get isComplete(): boolean {
    return this.found.has(this.pair.loss) && this.pair.steps.every((s) => this.found.has(s.gradient));
  }
}

/** Runs the script until its first step, with the parameters as leaves; from the second point on, with other numbers in them. */
function shootScript(pair: InlinePair, session: Session, k: number): ShotOutcome {
  const { rt, scope, analysis } = session;
  const { code, document } = analysis;
  const recorder = new Watching({ dialect: session.dialect, spans: rt.options.spans }, pair);
  const wanted = new Set(pair.steps.map((s) => s.parameter));
  const leaves = new Map<string, CheckedLeaf>();
  rt.recorder = recorder;
  try {
    runModule(rt, code, scope, document, {
      after({ node }) {
        if (recorder.found.size > 0) return;
        for (const name of assignedNames(node)) {
          const value = wanted.has(name) ? scope.get(name) : undefined;
          if (value === undefined) continue;
          const plain = withoutRow(value);
          if (!numberArray(plain)) continue;
          const fresh = k === 0 ? plain : redraw(floated(plain), k % 2 === 1 ? 'unit' : 'mixed', randomFor(name, k));
          const leaf = makeLeaves(recorder, [name], fresh, { kind: 'document' }, -1);
          scope.set(name, leaf);
          const row = rt.tracedRow(leaf);
          if (row !== undefined) leaves.set(name, { path: [name], name, row });
        }
      },
    });
  } catch (error) {
    if (!(error instanceof Done)) throw error;
  } finally {
    rt.recorder = undefined;
  }
  const loss = recorder.found.get(pair.loss);
  if (!loss || recorder.tape.isArray(loss.row)) {
    return (
      scope.failure?.unknown ??
      unknown('no-loss', `\`${pair.loss}\` is not a number that depends on the parameters`, pair.nameSpan)
    );
  }
  const trace = recorder.finish(loss.row, [pair.loss]);
  const claims = pair.steps.flatMap((s): Claim[] => {
    const found = recorder.found.get(s.gradient);
    const leaf = leaves.get(s.parameter);
    // What does not depend on any parameter has no row.
    const present = found ? undefined : scope.get(s.gradient);
    const value = found ? recorder.tape.ndarray(found.row) : present === undefined ? undefined : numberArray(present);
    return value && leaf ? [{ label: s.gradient, value, leaf }] : [];
  });
  const missing = pair.steps.find((s) => !claims.some((c) => c.label === s.gradient));
  if (missing && scope.failure) {
    const { reason, span } = scope.failure.unknown;
    return { kind: 'raised', where: 'backward', exception: '', message: reason, span };
  }
  const line = (row: Ref) => {
    const [span] = trace.spans(trace.tape.site(row));
    return span
      ? `\`${document.text.slice(span.from, span.to).replace(/\s+/g, ' ').slice(0, 60)}\` in ${analysis.line(span.from)}`
      : `step ${row}`;
  };
  const shot: Shot = {
    kind: 'shot',
    trace,
    decisions: trace.guards.length,
    pass: { tape: recorder.tape, seeds: new Map([[loss.row, 1]]), describe: line },
    leaves: [...leaves.values()],
    outputs: [{ row: loss.row, weight: 1 }],
    hasUpstream: false,
    claims,
    backwardFrom: 0,
    point: new Map(),
  };
  return shot;
}

function withoutRow(value: PyValue): PyValue {
  return value instanceof Traced ? (value.plain as PyValue) : value;
}

/** A whole number is a parameter's first value as much as a float is. */
function floated(value: PyValue): PyValue {
  if (typeof value === 'number') return new PyFloat(value);
  return value;
}

/** @param open makes a run that has not begun */
export function checkInline(pair: InlinePair, open: () => Session, line: (offset: number) => string): ShotCheck {
  return checkBesideLoss(
    subjectBesideLoss(pair),
    (k) => shootScript(pair, open(), k),
    line,
    ({ label, place }) => {
      const step = pair.steps.find((s) => s.gradient === label);
      return place.span || !step ? {} : { span: step.span };
    },
  );
}
