/**
 * Evaluates formulas of vectors and matrices at a point, straight from the syntax, onto a tape. What cannot be read
 * with certainty is a {@link LoweringError}: a shape is never guessed.
 */
import { recordGradient } from '../../../autodiff/recordedSweeps';
import type { Recorder } from '../../../autodiff/recorder';
import type { Ref } from '../../../autodiff/tape';
import type { Value } from '../../../autodiff/trace';
import type { Span } from '../../../model';
import { E, type Expr, fn, mul, num, PI, pow, sym, symbols } from '../../../symbolic';
import { fromValues, type NdArray, TensorError } from '../../../tensor';
import type { Layout } from '../../directives';
import type { Reading } from '../../frontEnd';
import { DERIVATIVE_AT, isDerivativeAt, LoweringError, powerOf, slashBefore } from '../../latex/lower';
import { binomial, factorial, FUNCTION_MEANINGS, logarithm, USUAL_MEANINGS } from '../../latex/meaning';
import { nameToText } from '../../latex/names';
import { refusal } from '../../latex/refusals';
import {
  bare,
  type BigNode,
  type CallNode,
  type CasesNode,
  type IndexedNode,
  type IndexRangeNode,
  type Node,
  type RelationNode,
  type SymbolNode,
  walk,
} from '../../latex/tree';
import { isComparison } from '../comparison';
import type { Definition, ValueDefinition } from '../definitions';
import { originOf, type View } from '../model';
import { pathOf } from '../recording';
import { sampleArray } from '../sample';
import type { Sites } from '../sites';
import { spanIn, type Statement } from '../statements';
import type { Given } from '../values';
import { declaredShape } from './declared';
import { chosen, compared, joined, recordElementwise, type Truth } from './elementwise';
import * as algebra from './products';
import { isNumber, type Quantity, rankOf } from './quantity';
import { arrayNames, elementName, exampleName, subscriptsOf } from './subscripts';

/** What all evaluators of one recording share. */
export interface Frame {
  readonly view: View;
  readonly recorder: Recorder;
  readonly sites: Sites;
  readonly given: ReadonlyMap<string, Given>;
  /** Inputs by name. */
  readonly inputs: Map<string, Quantity>;
  readonly readings: Reading[];
  /** Steps of arrays by what they apply: equal parts are one step. */
  readonly steps: Map<string, Ref>;
  /** Definitions that have been given to rows. */
  readonly bound: Set<string>;
  /** How derivatives of vectors, and gradients, are laid out; without it only derivatives of numbers are evaluated. */
  readonly layout?: Layout;
  /** Values that stand in for parts of formulas. */
  readonly heldNodes?: ReadonlyMap<Node, Value>;
  readonly operations: { left: number };
  /** A vector or matrix came up. */
  hasArrays: boolean;
}

const JACOBIAN_READING: Readonly<Record<Layout, string>> = {
  mixed: 'a Jacobian: a row for each output, as in the numerator layout',
  numerator: 'a Jacobian in the numerator layout: a row for each output',
  denominator: 'a Jacobian in the denominator layout: a column for each output',
};

const MAX_TERMS = 10_000;
const MAX_DEPTH = 200;

export class ArrayEvaluator implements algebra.Operations {
  private statement: Statement;
  private node: Node;
  private depth = 0;
  /** Values of the parameters of the function that is being evaluated. */
  private parameters: ReadonlyMap<string, Quantity> = new Map();
  /** Values of bound indices. */
  private indices: ReadonlyMap<string, number> = new Map();
  private readonly names = new Map<string, Quantity>();
  private readonly families = new Map<ValueDefinition, Quantity>();
  private readonly open = new Set<Definition>();

  /** @param held values of names that stand in for their definitions */
  constructor(
    private readonly frame: Frame,
    private readonly held: ReadonlyMap<string, Quantity> = new Map(),
  ) {
    this.statement = frame.view.statement;
    this.node = this.statement.node;
  }

  // What the algebra records with.

  elementwise(op: Parameters<algebra.Operations['elementwise']>[0], x: Ref, y?: Ref): Ref {
    return this.recorded(() => this.frame.recorder.elementwise(op, this.site, x, y ?? x));
  }

  tensor(op: string, operands: readonly Ref[], attributes: Readonly<Record<string, unknown>> = {}): Ref {
    // Equal parts are one step here too; a mask or an index array is never equal to another.
    const key = 'condition' in attributes ? '' : `${op} ${operands.join(' ')} ${JSON.stringify(attributes)}`;
    const known = this.frame.steps.get(key);
    if (known !== undefined) {
      this.frame.recorder.see(this.site, known);
      return known;
    }
    const ref = this.recorded(() => this.frame.recorder.tensor(op, operands, attributes, this.site));
    if (key !== '') this.frame.steps.set(key, ref);
    return ref;
  }

  shape(ref: Ref): readonly number[] {
    const { tape } = this.frame.recorder;
    return tape.isArray(ref) ? tape.array(ref).shape : [];
  }

  fail(code: string, message: string, span: Span = this.node): never {
    throw new LoweringError(code, message, span, this.statement);
  }

  note(text: string): void {
    this.frame.readings.push({ span: spanIn(this.statement, this.node), text });
  }

  private recorded(record: () => Ref): Ref {
    try {
      return record();
    } catch (error) {
      if (error instanceof TensorError) return this.fail('shapes', error.message);
      throw error;
    }
  }

  private get site() {
    return this.frame.sites.of(this.statement, this.node);
  }

  private quantity(ref: Ref, lying?: boolean): Quantity {
    const shape = this.shape(ref);
    return shape.length === 1 && lying ? { ref, shape, lying: true } : { ref, shape };
  }

  // Places.

  /** What a definition gives, as the output of a trace: a family z_i is the vector of its elements. */
  outputOf(definition: Definition): Quantity {
    if (definition.kind === 'value') {
      const family = this.family(definition);
      return family ?? this.firstBody(definition);
    }
    for (const p of definition.parameters)
      if (!this.named(p.name)) this.fail('no-value', `${nameToText(p.name)} has no value`, p);
    return this.firstBody(definition);
  }

  /** The first form of a definition that can be evaluated. @throws LoweringError */
  private firstBody(definition: Definition): Quantity {
    if (this.open.has(definition))
      return this.within(definition.statement, definition.nameNode, () =>
        this.fail('circular', `${nameToText(definition.name)} is defined by itself`),
      );
    this.open.add(definition);
    let failure: LoweringError | undefined;
    try {
      for (const body of definition.bodies) {
        try {
          return this.alone(() => this.within(definition.statement, body, () => this.evaluate(body)));
        } catch (error) {
          if (!(error instanceof LoweringError)) throw error;
          failure ??= error;
        }
      }
    } finally {
      this.open.delete(definition);
    }
    throw failure ?? new LoweringError('no-value', 'the definition says nothing', definition.nameNode);
  }

  /** At another place; `this.node` is where steps and errors belong. */
  private within<T>(statement: Statement, node: Node, run: () => T): T {
    const { statement: outer, node: outerNode } = this;
    const { fault } = statement;
    if (fault) throw new LoweringError('syntax', fault.message, fault, statement);
    this.statement = statement;
    this.node = node;
    if (++this.depth > MAX_DEPTH) this.fail('recursion', 'definitions call each other without end');
    try {
      return run();
    } finally {
      this.depth--;
      this.statement = outer;
      this.node = outerNode;
    }
  }

  /** Without the parameters and indices of the place that asks. */
  private alone<T>(run: () => T): T {
    const { parameters, indices } = this;
    this.parameters = new Map();
    this.indices = new Map();
    try {
      return run();
    } finally {
      this.parameters = parameters;
      this.indices = indices;
    }
  }

  private withIndex<T>(name: string, value: number, run: () => T): T {
    const { indices } = this;
    this.indices = new Map([...indices, [name, value]]);
    try {
      return run();
    } finally {
      this.indices = indices;
    }
  }

  /** Evaluates a node of the statement that this is at. @throws LoweringError */
  evaluate(node: Node): Quantity {
    if (--this.frame.operations.left < 0)
      this.fail('budget', 'the formula has more operations than the budget allows', node);
    const { node: outer } = this;
    this.node = node;
    try {
      const value = this.read(node);
      if (!isNumber(value)) this.frame.hasArrays = true;
      this.frame.recorder.see(this.site, value.ref);
      return value;
    } finally {
      this.node = outer;
    }
  }

  /** Evaluates a node of the statement where open indices have values. @throws LoweringError */
  evaluateAt(node: Node, indices: ReadonlyMap<string, number>): Quantity {
    const { indices: outer } = this;
    this.indices = indices;
    try {
      return this.evaluate(node);
    } finally {
      this.indices = outer;
    }
  }

  /** Evaluates a node of any statement. @throws LoweringError */
  evaluateIn(statement: Statement, node: Node): Quantity {
    return this.within(statement, node, () => this.evaluate(node));
  }

  private read(node: Node): Quantity {
    const held = this.frame.heldNodes?.get(node);
    if (held !== undefined) return this.quantity(this.frame.recorder.constant(held));
    switch (node.kind) {
      case 'number':
        return this.constant(node.value);
      case 'symbol':
        return this.symbol(node);
      case 'indexed':
        return this.indexed(node);
      case 'group':
        return this.evaluate(node.body);
      case 'annotated':
        if (node.command === 'pm') return this.fail('ambiguous', '± stands for two values');
        return this.evaluate(node.body);
      case 'negative': {
        const a = this.evaluate(node.operand);
        return this.quantity(this.elementwise('neg', a.ref), a.lying);
      }
      case 'binary': {
        if (isDerivativeAt(node)) return this.fail(DERIVATIVE_AT.code, DERIVATIVE_AT.message);
        const fraction = this.frame.view.options.otherwise && slashBefore(node);
        if (fraction)
          return algebra.quotient(
            this,
            this.evaluate(fraction.above),
            fraction.below.map((n) => this.evaluate(n)).reduce((a, b) => algebra.product(this, '', a, b)),
          );
        return this.binary(node.op, node.sign, this.evaluate(node.left), this.evaluate(node.right));
      }
      case 'power':
        return this.power(node.base, node.exponent);
      case 'root': {
        const index = node.index && bare(node.index);
        if (index && index.kind !== 'number') return this.fail('unsupported-function', 'this root is not evaluated');
        const n = index?.kind === 'number' ? index.value : 2;
        const x = sym('x');
        const root = n === 2 ? fn('sqrt', x) : n === 3 ? fn('cbrt', x) : fn('pow', x, num(1 / n));
        return this.apply(root, new Map([['x', this.evaluate(node.radicand)]]));
      }
      case 'percent':
        return algebra.quotient(this, this.evaluate(node.operand), this.constant(100));
      case 'factorial':
        return this.apply(factorial(sym('x')), new Map([['x', this.number(node.operand)]]));
      case 'binomial':
        return this.apply(
          binomial(sym('n'), sym('k')),
          new Map([
            ['n', this.number(node.upper)],
            ['k', this.number(node.lower)],
          ]),
        );
      case 'function':
        return this.function(node.name, node.args, node.base);
      case 'call':
        return this.call(node);
      case 'enclosed':
        return this.enclosed(node.op, node.body);
      case 'norm':
        return algebra.norm(this, this.evaluate(node.body), this.normOrder(node.order));
      case 'transpose':
        // (1, 2)ᵀ is how a column is written in a line.
        if (node.operand.kind === 'tuple') return this.evaluate(node.operand);
        return algebra.transposed(this, this.evaluate(node.operand));
      case 'indicator':
        return this.chosen(
          this.truth(node.condition),
          () => this.constant(1),
          () => this.constant(0),
        );
      case 'cases':
        return this.cases(node);
      case 'matrix':
        return this.matrix(node.environment, node.rows);
      case 'tuple':
        return this.column(node.items);
      case 'set':
        if (node.items.length === 1) return this.evaluate(node.items[0] as Node);
        return this.refuse(node);
      case 'big':
        return this.big(node);
      case 'optimum':
        return this.optimum(node);
      case 'derivative':
        if (node.order || node.variables.length !== 1)
          return this.fail('unsupported-order', 'higher derivatives are not evaluated for arrays');
        return this.gradient(node.operand, node.variables[0] as Node);
      case 'gradient':
        if (node.order !== 1 || node.variables.length !== 1)
          return this.fail('unsupported-variable', 'the gradient does not say by which name it is taken');
        return this.gradient(node.operand, node.variables[0] as Node);
      case 'evaluated':
        return this.evaluated(node.body, node.at);
      default:
        return this.refuse(node);
    }
  }

  private refuse(node: Node): never {
    const { code, message } = refusal(node);
    return this.fail(code, message);
  }

  private constant(value: number): Quantity {
    return { ref: this.frame.recorder.constant(value), shape: [] };
  }

  private number(node: Node): Quantity {
    const value = this.evaluate(node);
    return isNumber(value) ? value : this.fail('shapes', 'a number is wanted here', node);
  }

  // Names.

  private symbol(node: SymbolNode): Quantity {
    const { name } = node;
    const value = this.boundOrNamed(name);
    if (value) return value;
    const defined = this.frame.view.isOverloaded(name) ? undefined : this.frame.view.function(name);
    if (defined) {
      // f for f(x), where f(x) is what is said.
      const known = defined.parameters.flatMap((p) => {
        const value = this.named(p);
        return value ? [[p, value] as const] : [];
      });
      return this.inlined(
        defined.place as Statement,
        defined.body,
        known.map(([p]) => p),
        known.map(([, value]) => value),
      );
    }
    return this.fail('no-value', `${nameToText(name)} has no value: it could be a number, a vector or a matrix`);
  }

  private boundOrNamed(name: string): Quantity | undefined {
    const parameter = this.parameters.get(name);
    if (parameter) return parameter;
    const index = this.indices.get(name);
    if (index !== undefined) return this.constant(index);
    const isValue = this.frame.view.isValue(name);
    if (name === 'pi' && !isValue) return this.apply(PI, new Map());
    if (name === 'e' && !isValue) return this.apply(E, new Map());
    return this.boundElement(name) ?? this.named(name);
  }

  /** x_i while i is bound. */
  private boundElement(name: string): Quantity | undefined {
    if (this.indices.size === 0) return undefined;
    for (const { base, indices } of subscriptsOf(name)) {
      if (!indices.some((i) => this.indices.has(i))) continue;
      const numbers = indices.map((i) => this.indices.get(i) ?? (/^\d+$/.test(i) ? Number(i) : undefined));
      if (numbers.every((n): n is number => n !== undefined)) return this.element(base, numbers);
    }
    return undefined;
  }

  /** What a name stands for, whatever is bound here; undefined where nothing says. @throws LoweringError */
  named(name: string): Quantity | undefined {
    const known = this.held.get(name) ?? this.parameters.get(name) ?? this.names.get(name);
    if (known) return known;
    const value = this.newName(name);
    if (value) this.names.set(name, value);
    return value;
  }

  private newName(name: string): Quantity | undefined {
    const given = this.frame.given.get(name);
    if (given && !given.element) return this.input(name, given.value, given.origin);
    if (given) {
      const whole = this.elementOfGiven(name);
      if (whole) return whole;
      return this.input(name, given.value, given.origin);
    }
    const found = this.frame.view.value(name);
    if (found) {
      const family = this.family(found.definition);
      return family ?? this.definedAs(found.definition, found.ahead);
    }
    const single = this.unboundElement(name);
    if (single) return single;
    const family = this.familyNamed(name);
    if (family) return this.family(family);
    return this.assumed(name);
  }

  private elementOfGiven(name: string): Quantity | undefined {
    for (const { base, indices } of subscriptsOf(name)) {
      if (!this.frame.given.has(base)) continue;
      const whole = this.named(base);
      if (whole && !isNumber(whole)) return this.at(whole, indices.map(Number), base);
    }
    return undefined;
  }

  private definedAs(definition: ValueDefinition, ahead: boolean): Quantity {
    const value = this.firstBody(definition);
    const { recorder } = this.frame;
    if (recorder.isActive(value.ref)) {
      this.bind(definition, value.ref);
      return value;
    }
    const origin = originOf(definition, ahead);
    const content = isNumber(value) ? recorder.value(value.ref) : recorder.array(value.ref);
    return this.input(definition.name, content, origin, value.lying, definition);
  }

  private bind(definition: Definition, ref: Ref): void {
    const { recorder, sites, bound } = this.frame;
    const key = `${definition.name} ${ref}`;
    if (bound.has(key)) return;
    bound.add(key);
    recorder.bind(pathOf(definition.name), ref, sites.of(definition.statement, definition.nameNode));
  }

  private input(
    name: string,
    value: number | NdArray,
    origin: Given['origin'],
    lying?: boolean,
    at?: Definition,
  ): Quantity {
    const known = this.frame.inputs.get(name);
    if (known) return known;
    const { recorder, sites } = this.frame;
    const site = at ? sites.of(at.statement, at.nameNode) : this.site;
    let content = value;
    let lies = lying;
    if (typeof value !== 'number' && value.shape.includes(1)) {
      const kept = value.shape.filter((extent) => extent !== 1);
      lies = value.shape.length === 2 && value.shape[0] === 1 && kept.length === 1;
      content = kept.length === 0 ? value.item() : fromValues('float64', kept, Float64Array.from(value.elements()));
    }
    const quantity = this.quantity(recorder.input(pathOf(name), content, origin, site), lies);
    if (!isNumber(quantity)) this.frame.hasArrays = true;
    this.frame.inputs.set(name, quantity);
    return quantity;
  }

  /** A point for an array whose shape the document declares. */
  private assumed(name: string): Quantity | undefined {
    const declared = declaredShape(this.frame.view.document, name, this.frame.view.statement);
    if (!declared) return undefined;
    const extents = declared.extents.map((node) => {
      const value = this.alone(() => this.within(declared.statement, node, () => this.number(node)));
      const extent = this.frame.recorder.value(value.ref);
      if (!Number.isInteger(extent) || extent < 1 || extent > MAX_TERMS)
        this.fail('no-value', `the size of ${nameToText(name)} is no whole number`);
      return extent;
    });
    return this.input(name, sampleArray(name, extents), { kind: 'assumed', why: 'of the shape that is declared' });
  }

  // Elements.

  /** x_2 where x is a vector and x_2 has no definition of its own. */
  private unboundElement(name: string): Quantity | undefined {
    for (const { base, indices } of subscriptsOf(name)) {
      if (!indices.every((i) => /^\d+$/.test(i))) continue;
      const array = this.arrayOf(base, indices.length);
      if (array) return this.at(array, indices.map(Number), name);
    }
    return undefined;
  }

  /** The element of what is written with a base: a name of its own, else an element of the array. */
  private element(base: string, indices: readonly number[]): Quantity {
    const name = elementName(base, indices);
    if (this.held.has(name) || this.frame.given.has(name) || this.frame.view.isValue(name)) {
      const own = this.named(name);
      if (own) return own;
    }
    const array = this.arrayOf(base, indices.length);
    if (array) return this.at(array, indices, base);
    return this.named(name) ?? this.fail('no-value', `${nameToText(base)} has no value that has elements`);
  }

  /** The array whose elements are written with a base and a number of indices. */
  private arrayOf(base: string, count: number): Quantity | undefined {
    for (const name of arrayNames(base, count)) {
      const value = name === base ? this.named(name) : this.ifReadable(name);
      if (value && value.shape.length === count) {
        if (name !== base) this.note(`${nameToText(base)} with indices is an element of ${nameToText(name)}`);
        return value;
      }
    }
    // y_k = … beside another y, which is no array.
    const family = this.familyNamed(base);
    const whole = family && this.family(family);
    return whole?.shape.length === count ? whole : undefined;
  }

  private ifReadable(name: string): Quantity | undefined {
    try {
      return this.named(name);
    } catch (error) {
      if (error instanceof LoweringError) return undefined;
      throw error;
    }
  }

  private at(array: Quantity, indices: readonly number[], name: string): Quantity {
    if (indices.length !== array.shape.length)
      return this.fail(
        'unsupported-index',
        `${nameToText(name)} has ${array.shape.length} indices, not ${indices.length}`,
      );
    indices.forEach((index, axis) => {
      const extent = array.shape[axis] as number;
      if (!Number.isInteger(index) || index < 1 || index > extent)
        this.fail('unsupported-index', `the index ${index} of ${nameToText(name)} is outside 1 … ${extent}`);
    });
    const items = indices.map((index) => ({ kind: 'integer' as const, value: index - 1 }));
    return this.quantity(this.tensor('index', [array.ref], { items }));
  }

  private indexed(node: IndexedNode): Quantity {
    const { base } = node;
    const indices = node.indices.map((index) => this.wholeNumber(index));
    if (base.kind !== 'symbol') {
      const array = this.evaluate(base);
      return this.at(array, indices, 'the expression');
    }
    if (node.label) {
      const name = `${base.name}^{(${indices.join(',')})}`;
      return (
        this.named(name) ??
        this.example(base.name, indices) ??
        this.fail('no-value', `${nameToText(name)} has no value`)
      );
    }
    const parameter = this.parameters.get(base.name);
    return parameter ? this.at(parameter, indices, base.name) : this.element(base.name, indices);
  }

  /** x^{(i)}, or x_j^{(i)}, of all the examples. */
  private example(base: string, indices: readonly number[]): Quantity | undefined {
    const [row, ...others] = indices;
    if (row === undefined || others.length > 0) return undefined;
    for (const { base: name, indices: below } of [{ base, indices: [] }, ...subscriptsOf(base)]) {
      if (!this.frame.given.has(exampleName(name))) continue;
      const all = this.named(exampleName(name)) as Quantity;
      const numbers = below.map((i) => this.indices.get(i) ?? Number(i));
      if (numbers.length > 0) return this.at(all, [row, ...numbers], name);
      return this.quantity(this.tensor('index', [all.ref], { items: [{ kind: 'integer', value: row - 1 }] }));
    }
    return undefined;
  }

  private wholeNumber(node: Node): number {
    const value = this.evaluate(node);
    const number = isNumber(value) ? this.frame.recorder.value(value.ref) : NaN;
    return Number.isSafeInteger(number) ? number : this.fail('unsupported-index', 'the index has no whole value', node);
  }

  // Families: z_i = … for every i.

  /** The letters of a name that stand for any index, where the document does not give them values. */
  private letters(name: string): readonly string[] {
    for (const { indices } of subscriptsOf(name)) {
      const letters = indices.filter((i) => /^[a-z]$/.test(i) && !this.frame.view.isValue(i));
      if (letters.length > 0 && letters.length === indices.length && new Set(letters).size === letters.length)
        return letters;
    }
    return [];
  }

  private familyNamed(base: string): ValueDefinition | undefined {
    return this.frame.view.document.analysis.table.all.find(
      (d): d is ValueDefinition =>
        d.kind === 'value' && subscriptsOf(d.name).some((s) => s.base === base) && this.letters(d.name).length > 0,
    );
  }

  /** z_i = Σ_j W_ij x_j: the array of all elements; undefined where the definition is no such thing. */
  private family(definition: ValueDefinition): Quantity | undefined {
    const known = this.held.get(definition.name) ?? this.families.get(definition);
    if (known) return known;
    const letters = this.letters(definition.name);
    if (letters.length === 0 || this.open.has(definition)) return undefined;
    this.open.add(definition);
    try {
      const body = definition.bodies[0] as Node;
      return this.alone(() =>
        this.within(definition.statement, body, () => {
          const extents = letters.map((letter) => this.extent(letter, body));
          if (!extents.every((e): e is number => e !== undefined)) return undefined;
          const elements: Quantity[] = [];
          this.each(letters, extents, () => void elements.push(this.evaluate(body)));
          const whole = this.stacked(elements, extents);
          this.families.set(definition, whole);
          this.bind(definition, whole.ref);
          return whole;
        }),
      );
    } finally {
      this.open.delete(definition);
    }
  }

  private each(letters: readonly string[], extents: readonly number[], run: () => void): void {
    const [letter, ...others] = letters;
    const [extent = 0, ...rest] = extents;
    if (letter === undefined) return run();
    for (let i = 1; i <= extent; i++) this.withIndex(letter, i, () => this.each(others, rest, run));
  }

  /** How far an index runs, by the arrays that it stands at in an expression. */
  private extent(letter: string, body: Node): number | undefined {
    const extents = new Set<number>();
    const look = (base: string, indices: readonly string[]) => {
      const axis = indices.indexOf(letter);
      if (axis < 0) return;
      const parameter = this.parameters.get(base);
      const array = parameter ?? this.arrayOf(base, indices.length);
      const size = array?.shape[axis];
      if (size !== undefined) extents.add(size);
    };
    walk(body, (node) => {
      if (node.kind === 'indexed' && node.base.kind === 'symbol' && !node.label)
        look(
          node.base.name,
          node.indices.map((i) => (i.kind === 'symbol' ? i.name : '')),
        );
      if (node.kind === 'symbol') for (const { base, indices } of subscriptsOf(node.name)) look(base, indices);
      return true;
    });
    const [extent, ...others] = [...extents];
    if (others.length > 0)
      this.fail('shapes', `${letter} runs over arrays of ${extent} and of ${others.join(' and ')} elements`);
    return extent ?? this.enumerated(letter, body);
  }

  /** x_1, …, x_n where each has a value of its own. */
  private enumerated(letter: string, body: Node): number | undefined {
    const counts = new Set<number>();
    walk(body, (node) => {
      if (node.kind !== 'indexed' || node.base.kind !== 'symbol' || node.label) return;
      if (node.indices.length !== 1 || node.indices[0]?.kind !== 'symbol' || node.indices[0].name !== letter) return;
      const { name } = node.base;
      const has = (i: number) =>
        this.frame.view.isValue(elementName(name, [i])) || this.frame.given.has(elementName(name, [i]));
      let count = 0;
      while (count < MAX_TERMS && has(count + 1)) count++;
      if (count > 0 && !has(0)) counts.add(count);
    });
    return counts.size === 1 ? [...counts][0] : undefined;
  }

  private stacked(elements: readonly Quantity[], extents: readonly number[]): Quantity {
    if (!elements.every(isNumber)) return this.fail('unsupported-vector', 'the elements are no numbers');
    const { recorder } = this.frame;
    let flat: Ref;
    if (elements.every(({ ref }) => !recorder.isActive(ref)))
      flat = recorder.constant(
        fromValues(
          'float64',
          [elements.length],
          Float64Array.from(elements, ({ ref }) => recorder.value(ref)),
        ),
        this.site,
      );
    else
      flat = this.tensor(
        'stack',
        elements.map((q) => q.ref),
      );
    return algebra.normal(this, extents.length === 1 ? flat : this.tensor('reshape', [flat], { shape: [...extents] }));
  }

  // Literals.

  private matrix(environment: string, rows: readonly (readonly Node[])[]): Quantity {
    const columns = rows[0]?.length ?? 0;
    if (columns === 0) return this.fail('syntax', 'the matrix is empty');
    if (rows.some((row) => row.length !== columns)) return this.fail('shapes', 'the rows differ in length');
    if (/^[vV]matrix/.test(environment))
      return this.fail('unsupported-operator', 'determinants in bars are not evaluated: \\det is');
    const elements = rows.flat().map((cell) => this.evaluate(cell));
    if (rows.length === 1 && columns === 1) return elements[0] as Quantity;
    const whole = this.stacked(
      elements,
      rows.length === 1 ? [columns] : columns === 1 ? [rows.length] : [rows.length, columns],
    );
    return rows.length === 1 ? { ...whole, lying: true } : whole;
  }

  private column(items: readonly Node[]): Quantity {
    if (items.length < 2) return this.fail('unsupported-vector', 'a tuple of one is not read as a vector');
    return this.stacked(
      items.map((item) => this.evaluate(item)),
      [items.length],
    );
  }

  // Operations.

  private binary(op: string, sign: string, a: Quantity, b: Quantity): Quantity {
    switch (op) {
      case 'add':
      case 'sub':
        return algebra.sum(this, op, a, b);
      case 'mul':
        return algebra.product(this, sign, a, b);
      case 'hadamard':
        return algebra.hadamard(this, a, b);
      case 'div':
        return sign.includes('oslash') ? algebra.elementwiseQuotient(this, a, b) : algebra.quotient(this, a, b);
      case 'outer':
        if (rankOf(a) === 'vector' && rankOf(b) === 'vector')
          return this.quantity(this.tensor('outer', [a.ref, b.ref]));
        return this.fail('unsupported-operator', 'this product is evaluated for two vectors only');
      default:
        return this.fail('unsupported-operator', 'this operator is not evaluated');
    }
  }

  private power(base: Node, exponent: Node): Quantity {
    const inner = bare(base);
    const n = bare(exponent);
    const isSquare = n.kind === 'number' && n.value === 2;
    if (isSquare && inner.kind === 'norm') {
      const order = this.normOrder(inner.order);
      const body = this.evaluate(inner.body);
      if (isNumber(body) || (rankOf(body) === 'vector' ? order === 2 || order === undefined : order === 'F'))
        return algebra.squaredNorm(this, body);
    }
    const a = this.evaluate(base);
    if (!isNumber(a)) {
      const e = this.number(exponent);
      return algebra.power(this, a, this.frame.recorder.isActive(e.ref) ? undefined : this.frame.recorder.value(e.ref));
    }
    const e = this.number(exponent);
    return this.quantity(this.elementwise('pow', a.ref, e.ref));
  }

  private normOrder(order: Node | undefined): 1 | 2 | 'infty' | 'F' | undefined {
    if (!order) return undefined;
    const inner = bare(order);
    if (inner.kind === 'number' && (inner.value === 1 || inner.value === 2)) return inner.value;
    if (inner.kind === 'symbol' && (inner.name === 'infty' || inner.name === 'F')) return inner.name;
    if (inner.kind === 'symbol' && /^(rm:)?F$/.test(inner.name)) return 'F';
    return this.fail('unsupported-norm', 'this norm is not evaluated', order);
  }

  private enclosed(op: 'abs' | 'floor' | 'ceil' | 'inner', body: Node): Quantity {
    if (op === 'inner') {
      const inner = bare(body);
      const items = inner.kind === 'list' || inner.kind === 'tuple' ? inner.items : [];
      if (items.length !== 2) return this.fail('unsupported-operator', 'an inner product is of two vectors');
      const [a, b] = items.map((item) => this.evaluate(item)) as [Quantity, Quantity];
      return isNumber(a) && isNumber(b) ? algebra.product(this, '', a, b) : algebra.dot(this, a, b);
    }
    const a = this.evaluate(body);
    if (op === 'abs' && !isNumber(a))
      return this.fail('ambiguous', 'bars around a vector or matrix are its norm, its determinant, or of each element');
    return this.quantity(this.elementwise(op, a.ref), a.lying);
  }

  /** An expression of scalar primitives, for numbers or element by element. */
  private apply(expr: Expr, values: ReadonlyMap<string, Quantity>): Quantity {
    const arrays = [...values.values()].filter((q) => !isNumber(q));
    const [first] = arrays;
    if (first && arrays.some((q) => q.shape.join() !== first.shape.join() || q.lying !== first.lying))
      return this.fail('shapes', 'the arguments differ in shape');
    const ref = this.recorded(
      () =>
        recordElementwise(
          this.frame.recorder,
          expr,
          (name) => (values.get(name) ?? this.named(name) ?? this.missing(name)).ref,
          this.site,
        ) ?? this.fail('unsupported-operator', 'this has no rule'),
    );
    return this.quantity(ref, first?.lying);
  }

  private missing(name: string): never {
    return this.fail('no-value', `${nameToText(name)} has no value`);
  }

  // Functions.

  private function(name: string, args: readonly Node[], base: Node | undefined): Quantity {
    const [only] = args;
    const listed = args.length === 1 && only?.kind === 'set' ? only.items : args;
    const values = listed.map((a) => this.evaluate(a));
    if (base) {
      if (name !== 'log') return this.fail('unsupported-function', `${name} with a subscript is not evaluated`);
      const b = this.number(base);
      if (this.frame.recorder.isActive(b.ref))
        return this.fail('unsupported-function', 'this logarithm is not evaluated');
      return this.apply(
        logarithm(num(this.frame.recorder.value(b.ref)), sym('x')),
        new Map([['x', values[0] as Quantity]]),
      );
    }
    const { logarithms } = this.frame.view.options;
    const [argument] = values;
    if (name === 'log' && logarithms && argument)
      return this.apply(logarithm(num(logarithms), sym('x')), new Map([['x', argument]]));
    return this.usual(name, values) ?? this.fail('unsupported-function', `${name} is not evaluated`);
  }

  /** A function of the vocabulary; undefined for a name that is none. */
  private usual(name: string, values: readonly Quantity[]): Quantity | undefined {
    const [first] = values;
    if (first && values.length === 1) {
      const word = name
        .replace(/^bf:/, '')
        .toLowerCase()
        .replace(/[-_\\ ]/g, '');
      if (word === 'softmax') return algebra.ofVector(this, 'softmax', first);
      if (word === 'logsoftmax') return algebra.ofVector(this, 'log_softmax', first);
      if (word === 'logsumexp' || word === 'lse') return algebra.ofVector(this, 'logsumexp', first);
      if (word === 'diag') return algebra.diagonal(this, first);
      if (word === 'tr' || word === 'trace') return algebra.square(this, 'trace', first);
      if (word === 'det') return algebra.square(this, 'det', first);
    }
    const entry = FUNCTION_MEANINGS.get(name) ?? USUAL_MEANINGS.get(name);
    if (!entry) return undefined;
    if (entry.arity === 'many' ? values.length < 2 : values.length !== entry.arity) {
      const extremum = first && values.length === 1 && rankOf(first) === 'vector' && (name === 'max' || name === 'min');
      if (extremum) return this.quantity(this.tensor(name, [first.ref]));
      return this.fail('arity', `${name} does not take ${values.length} arguments`);
    }
    const { recorder } = this.frame;
    const symbols_ = values.map((value, i): Expr => {
      const isLiteral = isNumber(value) && !recorder.isActive(value.ref);
      return isLiteral ? num(recorder.value(value.ref)) : sym(`#${i}`);
    });
    return this.apply(entry.meaning(...symbols_), new Map(values.map((value, i) => [`#${i}`, value])));
  }

  private call(node: CallNode): Quantity {
    const { callee, args } = node;
    if (callee.kind === 'prime') return this.primed(node, callee.operand, callee.order);
    const name = callee.kind === 'symbol' ? callee.name : undefined;
    if (name === undefined) return this.fail('unsupported-call', 'what is called here is no named function', callee);
    const values = args.map((a) => this.evaluate(a));
    const defined = this.frame.view.function(name);
    if (defined) {
      if (defined.parameters.length !== values.length)
        return this.fail('arity', `${nameToText(name)} is defined with ${defined.parameters.length} arguments`);
      return this.inlined(defined.place as Statement, defined.body, defined.parameters, values);
    }
    if (this.frame.view.isValue(name))
      return this.fail('ambiguous-call', `${nameToText(name)} is a value, so these brackets have two readings`);
    return this.usual(name, values) ?? this.fail('undefined-function', `${nameToText(name)} is not defined`);
  }

  private inlined(place: Statement, body: Node, parameters: readonly string[], values: readonly Quantity[]): Quantity {
    const outer = this.parameters;
    const outerIndices = this.indices;
    this.parameters = new Map(parameters.map((p, i) => [p, values[i] as Quantity]));
    this.indices = new Map();
    try {
      return this.within(place, body, () => this.evaluate(body));
    } finally {
      this.parameters = outer;
      this.indices = outerIndices;
    }
  }

  /** g′(z): the derivative of a function of numbers, of every element. */
  private primed(node: CallNode, callee: Node, order: number): Quantity {
    const [argument] = node.args;
    if (callee.kind !== 'symbol' || node.args.length !== 1 || !argument)
      return this.fail('unsupported-prime', 'a prime needs a named function of one argument');
    const value = this.evaluate(argument);
    const placeholder: SymbolNode = { kind: 'symbol', name: '#', base: '#', from: argument.from, to: argument.to };
    const scalar: CallNode = {
      ...node,
      callee: { kind: 'prime', operand: callee, order, from: callee.from, to: callee.to },
      args: [placeholder],
    };
    const { expr } = this.frame.view.lower(scalar, this.statement);
    for (const name of symbols(expr))
      if (name !== '#' && !isNumber(this.named(name) ?? this.missing(name)))
        return this.fail('unsupported-prime', 'a derivative of a function of vectors is not evaluated here');
    const result = this.apply(expr, new Map([['#', value]]));
    if (isNumber(value) || !isNumber(result)) return result;
    // A derivative that is the same everywhere is so at every element.
    const one = this.frame.recorder.constant(
      fromValues('float64', value.shape, new Float64Array(value.shape.reduce((a, b) => a * b, 1)).fill(1)),
    );
    return this.quantity(this.elementwise('mul', result.ref, one), value.lying);
  }

  // Conditions.

  private cases(node: CasesNode): Quantity {
    const take = (i: number): Quantity => {
      const branch = node.branches[i];
      if (!branch) return this.constant(NaN);
      if (!branch.condition) return this.evaluate(branch.value);
      return this.chosen(
        this.truth(branch.condition),
        () => this.evaluate(branch.value),
        () => take(i + 1),
      );
    };
    return take(0);
  }

  private chosen(truth: Truth, yes: () => Quantity, no: () => Quantity): Quantity {
    if (typeof truth === 'boolean') return truth ? yes() : no();
    const [a, b] = [yes(), no()];
    const { recorder } = this.frame;
    const ref = this.recorded(() =>
      chosen(
        recorder,
        truth,
        () => a.ref,
        () => b.ref,
        this.site,
      ),
    );
    return this.quantity(ref, a.lying ?? b.lying);
  }

  private truth(node: Node): Truth {
    const inner = bare(node);
    if (inner.kind === 'relation') return this.comparison(inner);
    if (inner.kind === 'list') return inner.items.map((i) => this.truth(i)).reduce((a, b) => joined('and', a, b));
    if (inner.kind === 'set' && inner.items.length === 1) return this.truth(inner.items[0] as Node);
    return this.fail('unsupported-condition', 'this condition is not evaluated', node);
  }

  private comparison(node: RelationNode): Truth {
    const operands = node.operands.map((o) => this.evaluate(o));
    return node.signs
      .map((sign, i): Truth => {
        if (!isComparison(sign.op)) return this.fail('unsupported-condition', 'this condition is not evaluated', node);
        const [a, b] = [operands[i] as Quantity, operands[i + 1] as Quantity];
        if (!isNumber(a) && !isNumber(b) && a.shape.join() !== b.shape.join())
          return this.fail('shapes', 'what is compared differs in shape', node);
        return compared(this.frame.recorder, sign.op, a.ref, b.ref, this.site);
      })
      .reduce((a, b) => joined('and', a, b));
  }

  // Sums.

  private big(node: BigNode): Quantity {
    if (node.op !== 'sum' && node.op !== 'prod')
      return this.fail('unsupported-operator', 'unions of sets are not evaluated');
    const ranges = node.ranges.length > 0 ? node.ranges : inferredRange(node.body);
    if (ranges.length === 0) return this.fail('open-sum', 'the sum does not say what it runs over');
    const terms = this.terms(ranges, node.body);
    const [first, ...rest] = terms;
    if (!first) return this.constant(node.op === 'sum' ? 0 : 1);
    return rest.reduce(
      (a, b) => (node.op === 'sum' ? algebra.sum(this, 'add', a, b) : algebra.product(this, '', a, b)),
      first,
    );
  }

  private terms(ranges: readonly IndexRangeNode[], body: Node): Quantity[] {
    const terms: Quantity[] = [];
    const collect = (depth: number): void => {
      const range = ranges[depth];
      if (!range) {
        terms.push(this.evaluate(body));
        if (terms.length > MAX_TERMS) this.fail('budget', `a sum of more than ${MAX_TERMS} terms is not written out`);
        return;
      }
      const [name, from, to] = this.bounds(range, body);
      for (let i = from; i <= to; i++)
        this.withIndex(name, i, () => {
          if (!range.condition || this.holds(range.condition)) collect(depth + 1);
        });
    };
    collect(0);
    return terms;
  }

  private bounds(range: IndexRangeNode, body: Node): [string, number, number] {
    const name = range.variable?.name;
    if (name === undefined) return this.fail('open-sum', 'the sum does not name its index', range);
    const lower = range.lower ? this.wholeNumber(range.lower) : 1;
    const upper = range.upper && this.ifKnown(range.upper);
    if (upper !== undefined) {
      if (upper - lower > MAX_TERMS) this.fail('budget', `a sum of more than ${MAX_TERMS} terms is not written out`);
      return [name, lower, upper];
    }
    const extent = lower === 1 ? this.extent(name, body) : undefined;
    if (extent === undefined)
      return this.fail('open-sum', `the range of ${nameToText(name)} is not stated in numbers`, range);
    this.note(`${nameToText(name)} runs over 1 … ${extent}, the size of what it selects from`);
    return [name, 1, extent];
  }

  /** A limit such as n that the document gives no number for. */
  private ifKnown(node: Node): number | undefined {
    const inner = bare(node);
    if (inner.kind === 'symbol' && !this.boundOrNamed(inner.name)) return undefined;
    return this.wholeNumber(node);
  }

  /** A condition on indices. */
  private holds(node: Node): boolean {
    const truth = this.truth(node);
    return typeof truth === 'boolean'
      ? truth
      : this.fail('unsupported-condition', 'this condition is not evaluated', node);
  }

  /** max_i x_i */
  private optimum(node: Extract<Node, { kind: 'optimum' }>): Quantity {
    const [variable] = node.variables;
    if ((node.op !== 'max' && node.op !== 'min') || node.variables.length !== 1 || variable?.kind !== 'symbol')
      return this.refuse(node);
    const extent = this.extent(variable.name, node.body);
    if (extent === undefined) return this.refuse(node);
    const elements: Quantity[] = [];
    this.each([variable.name], [extent], () => void elements.push(this.evaluate(node.body)));
    if (extent === 1) return elements[0] as Quantity;
    return this.quantity(this.tensor(node.op, [this.stacked(elements, [extent]).ref]));
  }

  // Derivatives.

  /** ∂L/∂w of a number by anything: in the shape of w. */
  private gradient(operand: Node, variable: Node): Quantity {
    const inner = bare(variable);
    // ∂ℓ/∂σ² by a number: with u = σⁿ it is ∂ℓ/∂σ over n σⁿ⁻¹.
    const power = powerOf(inner);
    if (power) {
      const base = this.number(power.base);
      const { exponent: n } = power;
      const rate = this.apply(mul(num(n), pow(sym('x'), num(n - 1))), new Map([['x', base]]));
      return algebra.quotient(this, this.gradient(operand, power.base), rate);
    }
    const [name, indices] = this.variable(inner);
    const cut = this.named(name);
    if (!cut) return this.fail('no-value', `${nameToText(name)} has no value`, variable);
    const { recorder } = this.frame;
    const isInput = [...this.frame.inputs.values()].includes(cut);
    const by: Quantity = isInput ? cut : { ...cut, ref: recorder.variable(cut.ref, this.site) };
    const evaluator = isInput ? this : new ArrayEvaluator(this.frame, new Map([...this.held, [name, by]]));
    const of = evaluator.within(this.statement, operand, () => evaluator.derived(operand));
    const { layout } = this.frame;
    if (!isNumber(of)) {
      if (!layout)
        return this.fail(
          'unsupported-vector',
          'the layout of a derivative of a vector is not stated: only derivatives of numbers are evaluated',
          operand,
        );
      return this.jacobian(of, by, indices, layout);
    }
    const whole =
      this.gradientOf(of.ref, by) ??
      this.fail('not-connected', 'no definition leads to the variable of the derivative');
    if (indices.length > 0) return this.at(whole, indices, name);
    return layout === 'numerator' ? algebra.transposed(this, whole) : whole;
  }

  /** The gradient of a number in the shape of what it is taken by; undefined where nothing leads there. */
  private gradientOf(of: Ref, by: Quantity): Quantity | undefined {
    const { recorder } = this.frame;
    let isConnected = true;
    const last = this.recorded(() => {
      const ref = recordGradient(recorder, of, [by.ref]).get(by.ref);
      isConnected = ref !== undefined;
      return ref ?? of;
    });
    return isConnected ? this.broadcast(last, by) : undefined;
  }

  /** ∂y/∂x of a vector by a vector or a number, and of anything by a number. */
  private jacobian(of: Quantity, by: Quantity, indices: readonly number[], layout: Layout): Quantity {
    const isByNumber = isNumber(by) || indices.length > 0;
    if (!isByNumber && (rankOf(of) !== 'vector' || rankOf(by) !== 'vector'))
      return this.fail('unsupported-vector', 'derivatives of or by matrices have more than two axes');
    const count = of.shape.reduce((a, b) => a * b, 1);
    const flat = rankOf(of) === 'matrix' ? this.tensor('reshape', [of.ref], { shape: [count] }) : of.ref;
    let isConnected = false;
    const rows = Array.from({ length: count }, (_, i) => {
      const element = this.tensor('index', [flat], { items: [{ kind: 'integer', value: i }] });
      const row = this.gradientOf(element, by);
      isConnected ||= row !== undefined;
      const zeros = () =>
        by.shape.length === 0
          ? this.constant(0)
          : this.quantity(
              this.frame.recorder.constant(
                fromValues('float64', by.shape, new Float64Array(by.shape.reduce((a, b) => a * b, 1))),
              ),
            );
      const whole = row ?? zeros();
      return indices.length > 0 ? this.at(whole, indices, 'the derivative') : whole;
    });
    if (!isConnected) return this.fail('not-connected', 'no definition leads to the variable of the derivative');
    if (isByNumber) {
      const whole = this.stacked(rows, of.shape);
      return layout === 'denominator' ? algebra.transposed(this, whole) : whole;
    }
    this.note(JACOBIAN_READING[layout]);
    const whole = this.quantity(
      this.tensor(
        'stack',
        rows.map((r) => r.ref),
      ),
    );
    return layout === 'denominator' ? algebra.transposed(this, whole) : whole;
  }

  /** What is differentiated: ∂E(w)/∂w says in brackets what E depends on. */
  private derived(operand: Node): Quantity {
    const inner = bare(operand);
    if (inner.kind === 'call' && inner.callee.kind === 'symbol' && !this.frame.view.function(inner.callee.name)) {
      const value = this.named(inner.callee.name);
      if (value) return value;
    }
    return this.evaluate(operand);
  }

  /** A gradient that came out as one number for all elements. */
  private broadcast(ref: Ref, by: Quantity): Quantity {
    if (this.shape(ref).length === by.shape.length) return this.quantity(ref, by.lying);
    const ones = fromValues('float64', by.shape, new Float64Array(by.shape.reduce((a, b) => a * b, 1)).fill(1));
    return this.quantity(this.elementwise('mul', ref, this.frame.recorder.constant(ones)), by.lying);
  }

  /** The name that is differentiated by, and the element of it. */
  private variable(node: Node): readonly [string, readonly number[]] {
    if (node.kind === 'indexed' && node.base.kind === 'symbol' && !node.label) {
      const indices = node.indices.map((i) => this.wholeNumber(i));
      return (
        this.elementVariable(node.base.name, indices) ??
        this.fail('no-value', `${nameToText(node.base.name)} has no value`)
      );
    }
    if (node.kind !== 'symbol')
      return this.fail('unsupported-variable', 'a derivative by something that is no name is not evaluated', node);
    const isGiven = this.frame.given.has(node.name);
    for (const { base, indices } of isGiven ? [] : subscriptsOf(node.name)) {
      const family = indices.some((i) => this.indices.has(i)) ? this.familyNamed(base) : undefined;
      const numbers = indices.map((i) => this.indices.get(i) ?? (/^\d+$/.test(i) ? Number(i) : NaN));
      if (family && numbers.every(Number.isInteger)) return [family.name, numbers];
    }
    if (this.held.has(node.name) || isGiven || this.frame.view.isValue(node.name)) return [node.name, []];
    for (const { base, indices } of subscriptsOf(node.name)) {
      const numbers = indices.map((i) => this.indices.get(i) ?? (/^\d+$/.test(i) ? Number(i) : NaN));
      const element = numbers.every(Number.isInteger) ? this.elementVariable(base, numbers) : undefined;
      if (element) return element;
    }
    return [node.name, []];
  }

  private elementVariable(base: string, indices: readonly number[]): readonly [string, readonly number[]] | undefined {
    const own = elementName(base, indices);
    if (this.frame.given.has(own) || this.frame.view.isValue(own)) return [own, []];
    const name = arrayNames(base, indices.length).find((n) => this.ifReadable(n)?.shape.length === indices.length);
    return name === undefined ? undefined : [name, indices];
  }

  private evaluated(body: Node, at: Node): Quantity {
    const values = new Map(this.held);
    for (const item of at.kind === 'list' ? at.items : [at]) {
      const [target, value] = item.kind === 'relation' && item.operands.length === 2 ? item.operands : [];
      if (target?.kind !== 'symbol' || !value)
        return this.fail('unsupported-point', 'the point of evaluation is not stated as name = value', item);
      values.set(target.name, this.evaluate(value));
    }
    const evaluator = new ArrayEvaluator(this.frame, values);
    return evaluator.evaluateIn(this.statement, body);
  }
}

/** Σ xᵢ runs over the one letter that stands below a name. */
function inferredRange(body: Node): IndexRangeNode[] {
  const letters = new Set<string>();
  walk(body, (n) => {
    if (n.kind === 'symbol') for (const { indices } of subscriptsOf(n.name)) for (const i of indices) letters.add(i);
  });
  const [letter, ...others] = letters;
  if (letter === undefined || others.length > 0 || !/^[a-z]$/.test(letter)) return [];
  const { from, to } = body;
  return [{ kind: 'range', variable: { kind: 'symbol', name: letter, base: letter, from, to }, from, to }];
}
