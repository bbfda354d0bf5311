/** Writes the backward pass of a list of steps: its statements in reverse, in the names of the forward pass. */
import { add, type Expr, num, size, sym, symbols } from '../../../../symbolic/expr';
import { toPython } from '../../../../symbolic/python';
import { simplify } from '../../../../symbolic/simplify';
import { broadcastShapes, type Shape } from '../../../../tensor';
import { type Callee, parametersOf } from '../callee';
import type { Assignment } from '../roles';
import { contributions, type Notebook, NotWritten, repeated } from './adjoints';
import { render, type Source, valuesOf } from './source';
import type { Forward, Result, Step } from './steps';

/** Longer expressions get a name. */
const LONGEST = 60;
const LARGEST = 14;

export interface Wanted {
  /** `x`, `self.W` */
  readonly leaf: string;
  /** What its gradient is called. */
  readonly gradient: string;
}

export interface Skeleton {
  readonly lines: readonly string[];
  /** Steps that no rule is known for, and values that the forward pass does not keep: a reader has to write on. */
  readonly open: number;
}

export interface Task {
  readonly forward: Forward;
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly backward: Callee;
  readonly assignment: Assignment;
  readonly wanted: readonly Wanted[];
  /** The words for the line of an offset. */
  line(offset: number): string;
  readonly text: string;
}

export function backwardLines(task: Task): Skeleton | undefined {
  return new Writer(task).write();
}

class Writer implements Notebook {
  private readonly symbols = new Map<
    string,
    { readonly source: Source; readonly shape: Shape; readonly isAtom: boolean }
  >();
  private readonly lines: Source[] = [];
  private readonly flowing = new Map<string, Expr[]>();
  /** Text of what the backward pass has at hand. */
  private readonly atHand = new Map<string, string>();
  private readonly unpacking: string[] = [];
  private readonly steps: ReadonlyMap<string, Step>;
  private readonly taken: Set<string>;
  private open = 0;

  constructor(private readonly task: Task) {
    const { forward, backward } = task;
    this.steps = new Map(forward.steps.map((s) => [s.name, s]));
    this.taken = new Set([
      ...forward.steps.map((s) => s.name),
      ...parametersOf(backward).map((p) => p.name),
      ...task.wanted.flatMap((w) => [w.leaf, w.gradient]),
    ]);
  }

  write(): Skeleton | undefined {
    const { forward, wanted } = this.task;
    this.takeStock();
    if (!this.begin()) return undefined;
    for (const step of [...forward.steps].reverse()) if (step.isActive) this.back(step);
    for (const { leaf, gradient } of wanted) {
      const total = this.total(leaf);
      const like = (): Source => ['np.zeros_like(', { value: leaf }, ')'];
      const e = total && repeated(total, this.shapeOf(leaf), leaf, this);
      const text = e ? this.text(e) : like();
      if (render(text, (v) => v) !== gradient) this.lines.push([`${gradient} = `, ...text]);
    }
    const returned = wanted.filter((w) => !w.gradient.startsWith('self.')).map((w) => w.gradient);
    if (returned.length > 0) this.lines.push([`return ${returned.join(', ')}`]);
    return this.finish();
  }

  // What the backward pass has.

  private takeStock(): void {
    const { forward, backward, assignment } = this.task;
    const flowsInto = new Set(assignment.roles.flatMap((r) => (r.kind === 'upstream' ? [r.index] : [])));
    parametersOf(backward).forEach((p, i) => {
      const role = assignment.roles[i];
      if (role?.kind === 'argument') this.atHand.set(role.name, p.name);
      if (role?.kind === 'output') {
        const result = forward.results[role.index ?? 0];
        if (result) this.unpack(result, p.name);
      }
      if (role?.kind === 'cache') {
        const rest = forward.results.filter((_, k) => !flowsInto.has(k));
        const [only] = rest;
        if (rest.length === 1 && only?.kind === 'value' && !only.name.startsWith('self.') && only.name !== p.name) {
          this.atHand.set(only.name, only.name);
          this.unpacking.push(`${only.name} = ${p.name}`);
        } else this.unpack(rest.length === 1 ? (only as Result) : { kind: 'tuple', items: rest }, p.name);
      }
    });
    const isBound = backward.owner !== undefined;
    if (!isBound) return;
    for (const [field, value] of forward.fields) if (!this.atHand.has(value)) this.atHand.set(value, field);
    for (const value of this.task.shapes.keys()) {
      if (value.startsWith('self.') && !forward.fields.has(value)) this.atHand.set(value, value);
    }
  }

  private unpack(result: Result, from: string): void {
    if (result.kind === 'value' && !this.atHand.has(result.name)) this.atHand.set(result.name, from);
    else if (result.kind === 'dict') for (const [key, item] of result.items) this.unpack(item, `${from}['${key}']`);
    else if (result.kind === 'tuple') {
      const names = result.items.map((item) => {
        if (item.kind !== 'value' || this.atHand.has(item.name)) return '_';
        const isField = item.name.startsWith('self.');
        const name = isField || this.isParameter(item.name) ? this.free(item.name.replace('self.', '')) : item.name;
        this.atHand.set(item.name, name);
        return name;
      });
      if (names.length > 0) this.unpacking.push(`${names.join(', ')}${names.length === 1 ? ',' : ''} = ${from}`);
    }
  }

  private isParameter(name: string): boolean {
    return parametersOf(this.task.backward).some((p) => p.name === name);
  }

  /** What flows in. */
  private begin(): boolean {
    const { forward, backward, assignment } = this.task;
    let any = false;
    parametersOf(backward).forEach((p, i) => {
      const role = assignment.roles[i];
      const isFactor = role?.kind === 'default' && /^(?:d|grad|g|upstream|delta)/.test(p.name);
      if (role?.kind !== 'upstream' && !isFactor) return;
      const result = forward.results[role?.kind === 'upstream' ? role.index : 0];
      if (result?.kind !== 'value') return;
      this.flow(result.name, this.symbol([p.name], isFactor ? [] : this.shapeOf(result.name)));
      any = true;
    });
    if (any) return true;
    const first = forward.results.find((r) => r.kind === 'value');
    // Without anything that flows in only a number has a gradient.
    if (first?.kind !== 'value' || this.shapeOf(first.name).length > 0) return false;
    this.flow(first.name, num(1));
    return true;
  }

  private flow(value: string, e: Expr): void {
    this.flowing.set(value, [...(this.flowing.get(value) ?? []), e]);
  }

  private total(value: string): Expr | undefined {
    const terms = (this.flowing.get(value) ?? []).filter((e) => !(e.kind === 'number' && e.value === 0));
    return terms.length === 0 ? undefined : simplify(terms.reduce((a, b) => add(a, b)));
  }

  private back(step: Step): void {
    let g = this.total(step.name);
    if (!g) return;
    const { operation } = step;
    const isOften = operation ? operation.operands.filter((o) => o.kind === 'value').length > 1 : true;
    const isPlain = g.kind !== 'apply';
    const isLong = size(g) > LARGEST || render(this.text(g), (v) => v).length > LONGEST;
    // What a sum or a product of arrays is made of is read as a whole.
    if (!isPlain || this.isCompound(g)) {
      if (step.isNamed || isOften || isLong) g = this.named(this.gradientName(step.name), g);
    }
    if (!operation) return this.leaveOpen(step, g);
    try {
      for (const { to, e } of contributions(step, operation, g, this)) this.flow(to, e);
    } catch (error) {
      if (!(error instanceof NotWritten)) throw error;
      this.leaveOpen({ ...step, parts: operation.operands.flatMap((o) => (o.kind === 'value' ? [o.name] : [])) }, g);
    }
  }

  private isCompound(e: Expr): boolean {
    return e.kind === 'symbol' && (this.symbols.get(e.name)?.source.length ?? 0) > 1;
  }

  /** A line that is for the reader to write: what it makes has names already. */
  private leaveOpen(step: Step, g: Expr): void {
    this.open++;
    const { line, text } = this.task;
    const from = this.named(this.gradientName(step.name), g);
    const names = step.parts.map((part) => {
      const name = this.free(this.gradientName(part));
      this.flow(part, this.symbol([name], this.shapeOf(part)));
      return name;
    });
    const piece = text.slice(step.span.from, step.span.to).replace(/\s+/g, ' ').replace(/['\\]/g, '"');
    const flowing = render(this.text(from), (v) => v);
    this.lines.push([
      `raise NotImplementedError('${names.join(', ')} from ${flowing}: ${piece} (${line(step.span.from)})')`,
    ]);
  }

  private gradientName(value: string): string {
    const own = this.task.wanted.find((w) => w.leaf === value);
    const upstream = parametersOf(this.task.backward).find(
      (_, i) => this.task.assignment.roles[i]?.kind === 'upstream',
    );
    const prefix = upstream?.name.startsWith('grad') ? 'grad_' : 'd';
    return own?.gradient.startsWith('self.') === false ? own.gradient : prefix + value.replace('self.', '');
  }

  // The notebook.

  shapeOf(value: string): Shape {
    return this.task.shapes.get(value) ?? [];
  }

  textOf(value: string): Source {
    const step = this.steps.get(value);
    const kind = step?.operation?.kind;
    const isShort = step && !step.isNamed && (kind === 'transpose' || kind === 'index') && step.source.length <= 2;
    return isShort ? step.source : [{ value }];
  }

  symbol(source: Source, shape: Shape, isAtom = true): Expr {
    const name = `s${this.symbols.size}`;
    const text = JSON.stringify(source);
    for (const [known, entry] of this.symbols) if (JSON.stringify(entry.source) === text) return sym(known);
    this.symbols.set(name, { source, shape, isAtom });
    return sym(name);
  }

  shapeIn(e: Expr): Shape {
    const shapes = [...symbols(e)].map((name) => this.symbols.get(name)?.shape ?? []);
    return shapes.length === 0 ? [] : broadcastShapes('product', ...shapes);
  }

  atom(e: Expr): Source {
    if (e.kind === 'symbol') return this.insert(e.name);
    const text = this.text(e);
    return e.kind === 'number' ? text : ['(', ...text, ')'];
  }

  text(e: Expr): Source {
    if (e.kind === 'symbol') return this.symbols.get(e.name)?.source ?? [];
    const marked = toPython(e, { symbol: (name) => `\u0001${name}\u0002` });
    return marked.split(/\u0001(.*?)\u0002/).flatMap((part, i): Source => (i % 2 === 1 ? this.insert(part) : [part]));
  }

  private insert(name: string): Source {
    const entry = this.symbols.get(name);
    if (!entry) return [];
    return entry.isAtom ? entry.source : ['(', ...entry.source, ')'];
  }

  likeShape(shape: Shape, otherwise: string): string {
    const fits = (name: string) => {
      const own = this.task.shapes.get(name);
      return own !== undefined && own.length === shape.length && own.every((n, i) => n === shape[i]);
    };
    const named = [...this.steps.values()].filter((s) => s.isNamed).map((s) => s.name);
    return this.atHand.has(otherwise) ? otherwise : ([...this.atHand.keys(), ...named].find(fits) ?? otherwise);
  }

  named(name: string, e: Expr): Expr {
    if (e.kind === 'symbol' && !this.isCompound(e)) return e;
    const own = this.free(name);
    this.lines.push([`${own} = `, ...this.text(e)]);
    return this.symbol([own], this.shapeIn(e));
  }

  line(source: Source): void {
    this.lines.push(source);
  }

  free(name: string): string {
    const isGradient = this.task.wanted.some((w) => w.gradient === name);
    let own = name;
    for (let k = 2; this.taken.has(own) && !(isGradient && own === name && !this.used.has(own)); k++)
      own = `${name}_${k}`;
    this.taken.add(own);
    this.used.add(own);
    return own;
  }

  private readonly used = new Set<string>();

  /** Values without a name of the reader's are numbered as they come up. */
  private numbered(lines: readonly string[]): string[] {
    const numbers = new Map<string, number>();
    let next = 1;
    return lines.map((line) =>
      line.replace(/\b(d|grad_)?(t(?:_\d+)?)\b/g, (whole: string, prefix: string | undefined, name: string) => {
        if (this.steps.get(name)?.isNamed !== false) return whole;
        if (!numbers.has(name)) {
          while (this.taken.has(`t${next}`) || this.taken.has(`dt${next}`)) next++;
          numbers.set(name, next++);
        }
        return `${prefix ?? ''}t${numbers.get(name)}`;
      }),
    );
  }

  // Values that are made again.

  private finish(): Skeleton {
    const needed = new Set<string>();
    const missing = new Set<string>();
    const need = (value: string): void => {
      if (this.atHand.has(value) || needed.has(value)) return;
      const step = this.steps.get(value);
      if (!step) return void missing.add(value);
      needed.add(value);
      valuesOf(step.source).forEach(need);
    };
    for (const line of this.lines) valuesOf(line).forEach(need);
    const names = new Map<string, string>();
    for (const value of needed) names.set(value, this.isParameter(value) ? this.free(value) : value);
    const nameOf = (value: string) => names.get(value) ?? this.atHand.get(value) ?? value;
    const again = this.task.forward.steps
      .filter(({ name }) => needed.has(name))
      .map(({ name, source }) => `${nameOf(name)} = ${render(source, nameOf)}`);
    const absent = [...missing].map(
      (value) => `raise NotImplementedError('the forward pass does not keep ${value.replace(/'/g, '')}')`,
    );
    const lines = [...absent, ...this.unpacking, ...again, ...this.lines.map((line) => render(line, nameOf))];
    return { lines: this.numbered(lines), open: this.open + absent.length };
  }
}
