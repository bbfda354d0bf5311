/**
 * Updates such as w ← w − α ∂L/∂w: the value before, the gradient, the value after. Several updates in a row have more
 * than one reading: all at once, at the same point, or one after another, each with what those before it left.
 */
import { adjoints } from '../../autodiff/sweeps';
import type { Ref } from '../../autodiff/tape';
import type { Value } from '../../autodiff/trace';
import { withInputs } from '../../autodiff/update';
import { formatNumber } from '../../format';
import type { Layout } from '../directives';
import type { OrderedUpdate, Outcome, Reading, UpdateValues } from '../frontEnd';
import { LoweringError } from '../latex/lower';
import { nameToText } from '../latex/names';
import { bare, type Node, walk } from '../latex/tree';
import { ArrayEvaluator, type Frame } from './arrays/evaluator';
import type { Quantity } from './arrays/quantity';
import { ArrayRecording } from './arrays/recording';
import { textOf } from './analysis';
import type { ValueDefinition } from './definitions';
import { pathOf } from './recording';
import { spanIn } from './statements';
import { updateIn } from './traceables';
import type { Given } from './values';

interface Evaluated {
  readonly before?: Quantity;
  readonly gradient?: Quantity;
  readonly after: Quantity;
  readonly values: UpdateValues;
}

export class UpdateRecording extends ArrayRecording {
  /** A gradient that is subtracted as it is has the shape of its name, whatever the layout; one that is transposed there has not. */
  protected override get layout(): Layout {
    let isTransposed = false;
    walk(this.statement.node, (n) => {
      if (n.kind === 'transpose') walk(n.operand, (m) => void (isTransposed ||= m.kind === 'derivative'));
    });
    return isTransposed ? super.layout : 'mixed';
  }

  override run(): Outcome {
    const definition = this.traceable.definition as ValueDefinition;
    const frame = this.newFrame(this.recorder);
    const { after, gradient, values } = this.evaluated(definition, frame);
    const name = pathOf(definition.name);
    if (gradient) {
      const node = gradientNode(definition.bodies, definition.name) as Node;
      const text = textOf(this.model.analysis, spanIn(definition.statement, node));
      this.recorder.bind([text], gradient.ref, this.sites.of(definition.statement, node));
    }
    this.recorder.bind(name, after.ref, this.sites.of(definition.statement, definition.nameNode));
    const trace = this.recorder.finish(after.ref, name);
    if (trace.inputs.length === 0) return this.constant(definition);
    const orders = this.orders(definition, values);
    const readings = [...frame.readings, ...this.explained(values, orders)];
    return {
      kind: 'recorded',
      trace,
      complete: true,
      choice: { rule: 'formula', text: `${nameToText(definition.name)} is what the formula updates` },
      formula: this.source(),
      readings: this.readings(readings),
      update: orders.length > 0 ? { ...values, orders } : values,
    };
  }

  /** @throws LoweringError */
  private evaluated(definition: ValueDefinition, frame: Frame): Evaluated {
    const evaluator = new ArrayEvaluator(frame);
    const before = evaluator.named(definition.name);
    const after = evaluator.outputOf(definition);
    const node = gradientNode(definition.bodies, definition.name);
    const gradient = node && evaluator.evaluateIn(definition.statement, node);
    const value = ({ ref, shape }: Quantity): Value =>
      shape.length === 0 ? frame.recorder.value(ref) : frame.recorder.array(ref);
    const values: UpdateValues = {
      name: pathOf(definition.name),
      ...(before ? { before: value(before) } : {}),
      ...(gradient ? { gradient: value(gradient) } : {}),
      after: value(after),
    };
    return { ...(before ? { before } : {}), ...(gradient ? { gradient } : {}), after, values };
  }

  /** The updates of other names before this one in the section. */
  private get earlier(): ReadonlyMap<string, ValueDefinition> {
    const earlier = new Map<string, ValueDefinition>();
    for (const statement of this.model.analysis.statements) {
      if (statement.index >= this.statement.index) break;
      const update = statement.section === this.statement.section ? updateIn(statement) : undefined;
      // Restated in another form, an update is still made once.
      if (update && update.name !== this.traceable.definition.name && !earlier.has(update.name))
        earlier.set(update.name, update);
    }
    return earlier;
  }

  /** The update after those before it, where that makes a difference. */
  private orders(definition: ValueDefinition, atOnce: UpdateValues): OrderedUpdate[] {
    const { earlier } = this;
    if (earlier.size === 0) return [];
    const first = [...earlier.keys()].map(pathOf);
    const chain = [...earlier.values(), definition];
    const orders: OrderedUpdate[] = [];
    for (const [order, run] of [
      ['successive', () => this.successive(chain)],
      ['reevaluated', () => this.reevaluated(chain)],
    ] as const) {
      const values = ifReadable(run);
      if (values && ![atOnce, ...orders].some((known) => same(known.after, values.after)))
        orders.push({ ...values, order, first });
    }
    return orders;
  }

  /** Each update at a new evaluation with those before it. */
  private reevaluated(chain: readonly ValueDefinition[]): UpdateValues | undefined {
    let given: ReadonlyMap<string, Given> = this.given;
    let last: UpdateValues | undefined;
    for (const update of chain) {
      last = this.evaluated(update, this.newFrame(this.newRecorder(), given)).values;
      given = withUpdated(given, update.name, last.after);
    }
    return last;
  }

  /** Each update in the course of one backward pass: of what was evaluated before, only the updated names are new. */
  private successive(chain: readonly ValueDefinition[]): UpdateValues | undefined {
    const frame = this.newFrame(this.newRecorder());
    const evaluator = new ArrayEvaluator(frame);
    const point = new Map<Ref, Value>();
    let given: ReadonlyMap<string, Given> = this.given;
    let last: UpdateValues | undefined;
    for (const update of chain) {
      const node = gradientNode(update.bodies, update.name);
      const of = node && evaluator.evaluateIn(update.statement, operandOf(node));
      const by = evaluator.named(update.name);
      if (!node || !of || !by || of.shape.length > 0 || ![...frame.inputs.values()].includes(by)) return undefined;
      const { tape } = frame.recorder;
      const sweep = adjoints(withInputs(tape, point), new Map([[of.ref, 1]]));
      const gradient: Value | undefined = tape.isArray(by.ref) ? sweep.arrays.get(by.ref) : sweep.scalars[by.ref];
      if (gradient === undefined) return undefined;
      const heldNodes = new Map([[node, gradient]]);
      const { values } = this.evaluated(update, { ...this.newFrame(this.newRecorder(), given), heldNodes });
      last = { ...values, gradient };
      point.set(by.ref, last.after);
      given = withUpdated(given, update.name, last.after);
    }
    return last;
  }

  private explained(atOnce: UpdateValues, orders: readonly OrderedUpdate[]): Reading[] {
    const [name] = atOnce.name;
    const text = (value: Value) =>
      typeof value === 'number' ? formatNumber(value, { digits: 'full' }) : 'another value';
    const others = orders.map(({ order, first, after }) => {
      const names = first.map((n) => String(n[0])).join(', ');
      return order === 'successive'
        ? `in one backward pass that already uses the new ${names} it is ${text(after)}`
        : `evaluated anew with the new ${names} it is ${text(after)}`;
    });
    if (others.length === 0) return [];
    const traced = `all updates are made at once here, which gives ${name} = ${text(atOnce.after)}`;
    return [{ span: spanIn(this.statement, this.statement.node), text: [traced, ...others].join('; ') }];
  }
}

function withUpdated(given: ReadonlyMap<string, Given>, name: string, value: Value): ReadonlyMap<string, Given> {
  const origin = { kind: 'document' as const, why: `after the update of ${nameToText(name)}` };
  return new Map([...given, [name, { value, origin }]]);
}

function ifReadable<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof LoweringError) return undefined;
    throw error;
  }
}

function operandOf(node: Node): Node {
  return node.kind === 'derivative' || node.kind === 'gradient' ? node.operand : node;
}

function same(a: Value, b: Value): boolean {
  if (typeof a === 'number' || typeof b === 'number') return Object.is(a, b);
  const [x, y] = [a.elements(), b.elements()];
  return x.length === y.length && Array.from(x).every((e, i) => Object.is(e, y[i]));
}

/** The one derivative by a name that formulas hold. */
function gradientNode(bodies: readonly Node[], name: string): Node | undefined {
  for (const body of bodies) {
    const found: Node[] = [];
    walk(body, (node) => {
      if (node.kind !== 'derivative' && node.kind !== 'gradient') return true;
      const [variable] = node.variables.map(bare);
      if (node.variables.length === 1 && variable?.kind === 'symbol' && variable.name === name) found.push(node);
      return false;
    });
    if (found.length === 1) return found[0];
  }
  return undefined;
}
