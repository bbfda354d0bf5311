import type { Dialect, NamePath, Origin, Site, Span } from '../model';
import { SCALAR_OPS, type ScalarOp } from '../symbolic/rules';
import {
  assign,
  type Binary,
  type DType,
  type IndexItem,
  isFloat,
  map,
  type NdArray,
  type Unary,
  type UndoRecord,
  weakFloat,
  zip,
} from '../tensor';
import { valueFunction } from './arrayAlgebra';
import { atTies, HAS_TIES } from './dialects';
import { elementwiseType } from './elementwiseType';
import { applyScalar, appendStep, areConstants, valueRow } from './generated/sweeps';
import type { Attributes } from './multilinear';
import { conventionNotes } from './notes';
import { guardOutcome } from './reevaluation';
import {
  ARRAY,
  arity,
  FLOAT32,
  OP_CONSTANT,
  OP_INPUT,
  OP_SCALAR,
  OverwrittenError,
  type Ref,
  scalarCode,
  Tape,
  type TensorCall,
} from './tape';
import { applyTensor } from './tensorRules';
import type { Binding, Guard, Scope, Sighting, StepNote, Trace, TraceInput } from './trace';

export interface RecorderOptions {
  readonly dialect: Dialect;
  /** Equal sub-expressions become one step with several spans. For formulas; code never shares. */
  readonly share?: boolean;
  /** The source of a site. */
  readonly spans: (site: Site) => readonly Span[];
  readonly capacity?: number;
}

/** So many rows later a leaf counts as used. */
const FAR = 2000;

const ROOT: Scope = { parent: -1, kind: 'root', name: '', site: -1, turn: 0 };
const ROOT_ALONE: readonly Scope[] = [ROOT];
const NONE: readonly never[] = [];

/** The list with one more: the same list, but for one that all recorders share. */
function longer<T>(list: readonly T[], item: T): readonly T[] {
  if (list === NONE || list === ROOT_ALONE) return [...list, item];
  (list as T[]).push(item);
  return list;
}

/**
 * Writes a trace while a front end evaluates. It computes the value of every step itself, from the rule
 * table, so that what is shown is what was recorded.
 *
 * An operation on constants alone is no step: fold it before, or record it and get a constant.
 */
export class Recorder {
  readonly tape: Tape;
  readonly dialect: Dialect;
  private readonly inputs: TraceInput[] = [];
  // Made when they are first needed: many traces have none of these.
  bindings: readonly Binding[] = NONE;
  private guards: readonly Guard[] = NONE;
  private notes: readonly StepNote[] = NONE;
  private sightings: readonly Sighting[] = NONE;
  private scopes: readonly Scope[] = ROOT_ALONE;
  private turns: Map<string, number> | undefined;
  private constants: Map<number, Ref> | undefined;
  private readonly shared: Map<string, Ref> | undefined;
  private extraSpans: Map<Site, Span[]> | undefined;
  private scope = 0;

  constructor(
    private readonly options: RecorderOptions,
    tape: Tape = new Tape(options.capacity),
  ) {
    this.tape = tape;
    this.dialect = options.dialect;
    this.shared = options.share ? new Map() : undefined;
  }

  /** A recorder that goes on where a trace ended, on a copy of its tape: the trace itself stays as it is. */
  static extending(trace: Trace): Recorder {
    const recorder = new Recorder({ dialect: trace.dialect, spans: (site) => trace.spans(site) }, trace.tape.clone());
    recorder.inputs.push(...trace.inputs);
    recorder.guards = [...trace.guards];
    recorder.scopes = [...trace.scopes];
    return recorder;
  }

  /**
   * Begins a new trace in the memory of this recorder's last one, which is void from now on: what records many traces
   * in turn, and keeps none, saves the allocation.
   */
  restart(): void {
    const { inputs } = this;
    this.tape.clear();
    // Popped, because setting the length gives the memory back.
    while (inputs.length > 0) inputs.pop();
    this.scope = 0;
    this.scopes = ROOT_ALONE;
    this.bindings = this.guards = this.notes = this.sightings = NONE;
    this.turns = undefined;
    this.constants?.clear();
    this.extraSpans = undefined;
    this.shared?.clear();
  }

  /** A fresh leaf. */
  input(name: NamePath, value: number | NdArray, origin: Origin, site: Site): Ref {
    const row = this.leaf(OP_INPUT, value, site);
    this.inputs.push({ row, name, origin });
    return row;
  }

  /** A value that no input can reach. Equal numbers share a row. */
  constant(value: number | NdArray, site: Site = -1): Ref {
    if (typeof value !== 'number') return this.leaf(OP_CONSTANT, value, site);
    // −0 and 0 differ: 1 / x tells them apart.
    const known = Object.is(value, -0) ? undefined : this.constants?.get(value);
    if (known !== undefined) return known;
    const row = this.leaf(OP_CONSTANT, value, site);
    if (!Object.is(value, -0)) (this.constants ??= new Map()).set(value, row);
    return row;
  }

  private leaf(code: number, value: number | NdArray, site: Site): Ref {
    const { tape } = this;
    if (typeof value === 'number') return tape.push(code, 0, 0, site, this.scope, value);
    if (value.ndim === 0) return tape.push(code, 0, 0, site, this.scope, value.item());
    return tape.push(code | ARRAY, 0, 0, site, this.scope, tape.keep(value));
  }

  /**
   * A fresh variable with the value of a row: what an inner derivative differentiates by, so that it sees only what
   * goes through the variable, while outer derivatives see through it. In d/dx (x · d/dy (x + y) at y = x), y is one.
   */
  variable(row: Ref, site: Site = -1): Ref {
    // x − 0 is x to the last bit, also for −0.
    const { shared } = this;
    if (!this.isActive(row)) {
      const { tape } = this;
      return tape.isArray(row)
        ? this.leaf(OP_INPUT, tape.array(row), site)
        : tape.push(OP_INPUT, 0, 0, site, this.scope, this.value(row));
    }
    const zero = this.constant(0);
    if (!shared) return this.elementwise('sub', site, row, zero);
    const code = scalarCode('sub');
    if (this.tape.isArray(row)) {
      const value = this.tape.array(row);
      return this.tape.push(code | ARRAY, row, zero, site, this.scope, this.tape.keep(value));
    }
    return this.tape.push(code, row, zero, site, this.scope, this.value(row));
  }

  /** Whether an input reaches this row. */
  isActive(row: Ref): boolean {
    return this.tape.code(row) !== OP_CONSTANT;
  }

  /** Number of a scalar row. */
  value(row: Ref): number {
    const { values, start } = this.tape;
    return values[start + row] as number;
  }

  /** Value of any row as an array; a scalar row's has no axes. */
  array(row: Ref): NdArray {
    return this.tape.isArray(row) ? this.tape.array(row) : weakFloat(this.value(row));
  }

  /**
   * A scalar primitive of scalar rows. `y` is absent for unary primitives.
   * @param float32 round the result to float32
   */
  scalar(op: ScalarOp, site: Site, x: Ref, y: Ref = x, float32 = false): Ref {
    return this.step(scalarCode(op), site, x, y, float32);
  }

  /**
   * {@link scalar} by the operation code of the primitive (see {@link scalarCode}): for what records the same operation
   * many times, and looks it up once. `y` of a unary primitive repeats `x`.
   */
  step(code: number, site: Site, x: Ref, y: Ref, float32 = false): Ref {
    if (float32 || this.shared !== undefined) return this.anyStep(code, site, x, y, float32);
    const row = appendStep(this.tape, code, x, y, site, this.scope);
    return row < 0 ? this.anyStep(code, site, x, y, float32) : row;
  }

  private anyStep(code: number, site: Site, x: Ref, y: Ref, float32: boolean): Ref {
    const { tape } = this;
    const { rows, start } = tape;
    if (areConstants(rows, start + x, start + y)) {
      const value = applyScalar(code, this.value(x), this.value(y));
      return this.constant(float32 ? Math.fround(value) : value, site);
    }
    const op = SCALAR_OPS[code - OP_SCALAR] as ScalarOp;
    if (HAS_TIES.has(op)) {
      let form: ScalarOp;
      [form, x, y] = this.withConvention(op, x, y);
      code = scalarCode(form);
    }
    if (this.shared !== undefined) {
      const key = `${code} ${x} ${y}`;
      const known = this.shared.get(key);
      if (known !== undefined) {
        this.addSpans(tape.site(known), site);
        return known;
      }
      this.shared.set(key, tape.length);
    }
    const row = tape.push(float32 ? code | FLOAT32 : code, x, y, site, this.scope, 0);
    // Asked for again: the row may have moved them.
    const { values, start: at } = tape;
    valueRow(code, row, x, y, values, at);
    if (float32) values[at + row] = Math.fround(values[at + row] as number);
    return row;
  }

  /** The primitive that has the dialect's derivative at a tie. */
  private withConvention(op: ScalarOp, x: Ref, y: Ref): [ScalarOp, Ref, Ref] {
    return atTies(this.dialect, op, x, y, (row) => this.isActive(row));
  }

  /**
   * A scalar primitive of operands of any shape, lifted elementwise with broadcasting. Of scalar rows it is
   * {@link scalar}.
   * @param dtype of the result; by default NumPy's promotion of the operands, and for a function of integers float64
   * @throws TensorError where the shapes do not broadcast
   */
  elementwise(op: ScalarOp, site: Site, x: Ref, y: Ref = x, dtype?: DType): Ref {
    const { tape } = this;
    if (!tape.isArray(x) && !tape.isArray(y)) return this.scalar(op, site, x, y, dtype === 'float32');
    if (!this.isActive(x) && !this.isActive(y)) return this.constant(this.lifted(op, x, y, dtype), site);
    [op, x, y] = this.withConvention(op, x, y);
    const code = scalarCode(op);
    const key = this.shared ? `${code} ${x} ${y}` : '';
    const known = this.shared?.get(key);
    if (known !== undefined) {
      this.addSpans(tape.site(known), site);
      return known;
    }
    const value = this.lifted(op, x, y, dtype);
    const flags = value.dtype === 'float32' ? ARRAY | FLOAT32 : ARRAY;
    const row = tape.push(code | flags, x, y, site, this.scope, tape.keep(value));
    this.shared?.set(key, row);
    return row;
  }

  private lifted(op: ScalarOp, x: Ref, y: Ref, dtype: DType | undefined): NdArray {
    const a = this.array(x);
    const f = valueFunction(op);
    if (arity(scalarCode(op)) === 1) return map(f as Unary, a, dtype ?? elementwiseType(op, a));
    const b = this.array(y);
    return zip(f as Binary, a, b, dtype ?? elementwiseType(op, a, b), op);
  }

  /**
   * A tensor primitive (see `./tensorRules` for the names; the rule of each says what its attributes are).
   * @throws TensorError with the operation and the shapes; NoRuleError for a name that is none
   */
  tensor(op: string, operands: readonly Ref[], attributes: Attributes = {}, site: Site = -1): Ref {
    const arrays = operands.map((row) => this.array(row));
    const value = applyTensor(op, arrays, attributes);
    if (!operands.some((row) => this.isActive(row)))
      return this.constant(value.ndim === 0 ? value.item() : value, site);
    return this.call({ op, operands, attributes }, value, site);
  }

  private call(call: TensorCall, value: NdArray, site: Site): Ref {
    const { tape } = this;
    const float32 = value.dtype === 'float32' ? FLOAT32 : 0;
    if (value.ndim === 0) return tape.pushCall(float32, call, site, this.scope, value.item());
    return tape.pushCall(ARRAY | float32, call, site, this.scope, tape.keep(value));
  }

  /**
   * The statement `base[items] = value`: writes in place, and gives the row that stands for the array from now on.
   * Earlier rows keep the content they had. `base` must be the row of the array's present content.
   * @throws TensorError, with nothing written; OverwrittenError where `base` is an older content
   */
  write(base: Ref, items: readonly IndexItem[], value: Ref, site: Site): Ref {
    const { tape } = this;
    const target = tape.isArray(base) ? tape.writable(base) : undefined;
    if (!target) throw new OverwrittenError(base);
    const source = this.array(value);
    const record = assign(target, items, source);
    tape.wrote(record);
    if (!this.isActive(base) && !this.isActive(value)) {
      return tape.push(OP_CONSTANT | ARRAY, 0, 0, site, this.scope, tape.keep(target));
    }
    // A float that is written into integers loses its fraction, and its derivative with it.
    const truncated = isFloat(source.dtype) && !isFloat(target.dtype) && this.isActive(value);
    const attributes = truncated ? { items, truncated } : { items };
    return this.call({ op: 'set_index', operands: [base, value], attributes }, target, site);
  }

  /**
   * Fills in an array of the document that nothing has used since it became a leaf: after `b = np.zeros(9)`, `b[3:6] = 1`
   * makes the b that is differentiated by. `target` is that array or a view of it.
   * @returns false, with nothing written, where it is no such leaf
   * @throws TensorError
   */
  fill(row: Ref, target: NdArray, items: readonly IndexItem[], value: NdArray): boolean {
    const { tape } = this;
    const isOfDocument = this.inputs.some((input) => input.row === row && input.origin.kind === 'document');
    if (!isOfDocument || tape.writable(row) === undefined || this.isUsed(row)) return false;
    assign(target, items, value);
    tape.renew(row);
    return true;
  }

  /** Whether a step or a guard reads a row; of one that lies far back it is taken for granted. */
  private isUsed(row: Ref): boolean {
    const { tape } = this;
    if (tape.length - row > FAR || this.guards.some(({ x, y }) => x === row || y === row)) return true;
    for (let user = row + 1; user < tape.length; user++) if (tape.operands(user).includes(row)) return true;
    return false;
  }

  /** A write that the program made to an array that rows may refer to, and that is no step itself. */
  wrote(record: UndoRecord): void {
    this.tape.wrote(record);
  }

  /** The program looked at a traced value and went one way. */
  guard(guard: Guard): void {
    this.guards = longer(this.guards, guard);
  }

  note(note: StepNote): void {
    this.notes = longer(this.notes, note);
  }

  /** The value of a row came up at a place that did not produce it: a name, a call, an element. */
  see(site: Site, row: Ref): void {
    if (this.tape.site(row) !== site) {
      this.sightings = longer(this.sightings, { site, row, scope: this.scope });
    }
  }

  /** The value of a row was given a name. */
  bind(name: NamePath, row: Ref, site: Site): void {
    this.bindings = longer(this.bindings, { row, name, site, scope: this.scope });
  }

  /** Opens a call, a loop turn, a layer. The turn is counted per site and parent. */
  enter(kind: Exclude<Scope['kind'], 'root'>, name: string, site: Site): void {
    const key = `${this.scope} ${kind} ${site}`;
    const turns = (this.turns ??= new Map<string, number>());
    const turn = turns.get(key) ?? 0;
    turns.set(key, turn + 1);
    this.scopes = longer(this.scopes, { parent: this.scope, kind, name, site, turn });
    this.scope = this.scopes.length - 1;
  }

  /** The innermost open scope, for {@link leaveTo}. */
  get depth(): number {
    return this.scope;
  }

  /** Closes all scopes inside the one that was innermost at that depth: an exception left them. */
  leaveTo(depth: number): void {
    this.scope = depth;
  }

  /** Closes the innermost open scope. */
  leave(): void {
    const scope = this.scopes[this.scope] as Scope;
    if (scope.kind === 'root') throw new Error('leave without enter');
    this.scope = scope.parent;
  }

  private addSpans(site: Site, other: Site): void {
    if (site === other) return;
    const extra = (this.extraSpans ??= new Map<Site, Span[]>());
    const known = extra.get(site) ?? [];
    for (const span of this.options.spans(other)) {
      if (!known.some((s) => s.from === span.from && s.to === span.to)) known.push(span);
    }
    extra.set(site, known);
  }

  /** A guard on the present outcome of a test of rows of any shape. */
  look(test: Guard['test'], site: Site, x: Ref, y?: Ref): void {
    const of = y === undefined ? { test, x } : { test, x, y };
    this.guards = longer(this.guards, { ...of, site, outcome: guardOutcome(this.tape, of) });
  }

  /** Ends the recording. */
  finish(output: Ref, outputName: NamePath): Trace {
    const { extraSpans, options, tape, dialect } = this;
    tape.trim();
    const own = this.notes;
    let notes: readonly StepNote[] | undefined;
    return {
      tape: this.tape,
      dialect: this.dialect,
      inputs: this.inputs,
      output,
      outputName,
      scopes: this.scopes,
      bindings: this.bindings,
      guards: this.guards,
      // Looked for when they are first asked for.
      get notes() {
        return (notes ??= [...own, ...conventionNotes(tape, dialect)]);
      },
      sightings: this.sightings,
      spans: (site) => {
        const extra = extraSpans?.get(site);
        return extra ? [...options.spans(site), ...extra] : options.spans(site);
      },
    };
  }
}
