/**
 * Decides equalities of vectors and matrices, and of formulas with open indices, by values: both sides are evaluated with
 * random arrays of every small size that fits. A proof it is not. Two layouts of one derivative are the same, and what no
 * reading of the formula allows to be evaluated stays undecided.
 */
import { nameToText } from '../../latex/names';
import { Recorder } from '../../../autodiff/recorder';
import { formatNumber, texToText } from '../../../format';
import { fromValues, type NdArray } from '../../../tensor';
import type { Layout } from '../../directives';
import { LoweringError, type LowerOptions } from '../../latex/lower';
import { bare, type Node, walk } from '../../latex/tree';
import { generator } from '../compare';
import { type Finding, holdsDerivative } from '../decide';
import { agrees, printLike, type PrintedNumber } from '../digits';
import type { Definition } from '../definitions';
import { isLabel, variablesOf } from '../labels';
import type { Model, View } from '../model';
import { Recent } from '../recent';

import { Sites } from '../sites';
import type { Statement } from '../statements';
import type { Given } from '../values';
import { ArrayEvaluator, type Frame } from './evaluator';
import { layoutsOf, statedLayout } from './layout';
import type { Quantity } from './quantity';
import { type Costly, remembered, spend } from '../work';
import { exampleName, type Subscripted, subscriptsOf } from './subscripts';

/** Sizes of vectors and matrices; different ones, so that a wrong transpose does not fit. */
const SIZES = [2, 3] as const;
/** What an open index runs to. */
const EXTENT = 3;
const TRIALS = 2;
const MAX_ASSIGNMENTS = 400;
const MAX_OPERATIONS = 20_000;
const RANDOM_SEED = 0x51ed270b;
/** Work of one evaluation of both sides, and of each operation in it. */
const EVALUATION = 30;
const OPERATION = 4;

type Shape = readonly number[];
type Shapes = ReadonlyMap<string, Shape>;

interface Value {
  readonly shape: readonly number[];
  readonly elements: readonly number[];
  /** A vector that is a row. */
  readonly lying: boolean;
}

export interface ArrayEquality {
  readonly left: Node;
  readonly right: Node;
  /** Where the right side is a printed number. */
  readonly printed?: PrintedNumber;
  readonly mayFail: boolean;
}

/** One equality, with the sizes and values that it is tried with. */
export class ArrayClaim {
  private readonly view: View;
  private readonly sites: Sites;
  private readonly free = new Map<string, readonly Shape[]>();
  private readonly letters = new Set<string>();
  private readonly indexLetters: ReadonlySet<string>;
  private readonly sides: readonly [Node, Node];
  private ahead = false;
  /** The definitions that the sides lead to. */
  private readonly definitions: Definition[] = [];

  constructor(
    private readonly model: Model,
    private readonly statement: Statement,
    private readonly equality: ArrayEquality,
    private readonly options: LowerOptions = {},
  ) {
    this.view = model.at(statement, options);
    this.sides = [equality.left, equality.right].map((n) => this.explicit(n)) as [Node, Node];
    this.sites = new Sites(statement);
    const { left, right } = equality;
    const bodies = this.reach([left, right]);
    this.indexLetters = lettersIn(bodies);
    this.openLetters([left, right]);
    this.freeNames(bodies);
  }

  /** The verdict; undefined where nothing fits. */
  decide(): Finding | undefined {
    return remembered(decided, this.key, () => ({ finding: this.decideAnew(), tried: this.tried })).finding;
  }

  /** All that the verdict depends on, as text. */
  private get key(): string {
    return (this.knownKey ??= this.newKey());
  }

  private knownKey: string | undefined;

  private newKey(): string {
    const { left, right, mayFail, printed } = this.equality;
    const { analysis } = this.model;
    const { base } = this.statement.placed;
    const shapes = analysis.stated.filter(({ node }) => node.kind === 'relation' && node.signs[0]?.op === 'in');
    return [
      ...[left, right].map((n) => JSON.stringify(n, withoutPlace)),
      ...this.definitions.map((d) =>
        JSON.stringify([d.name, d.bodies, d.kind === 'function' ? d.parameters : []], withoutPlace),
      ),
      ...shapes.map(({ node }) => JSON.stringify(node, withoutPlace)),
      analysis.document.text.slice(base + right.from, base + right.to),
      JSON.stringify([...this.free, ...this.letters]),
      JSON.stringify([mayFail, printed, this.ahead, this.view.lookedAheadForBodies, this.options, this.stated]),
    ].join('\n');
  }

  /** False only where it is false in every layout that can be evaluated. */
  private decideAnew(): Finding | undefined {
    let first: Finding | undefined;
    const fits: Layout[] = [];
    const derives = this.sides.some(holdsFraction);
    this.isOfNumbers = true;
    for (const layout of layoutsOf(this.reach(this.sides), this.stated)) {
      this.layout = layout;
      this.isTurned = false;
      const finding = this.decideIn();
      if (finding?.verdict === 'pass') {
        if (first?.verdict !== 'pass') first = finding;
        if (!derives || this.isOfNumbers) return finding;
        if (!this.isTurned) fits.push(layout);
      } else if (finding && (!first || first.verdict === 'fail')) first = finding;
    }
    return first?.verdict === 'pass' ? { ...first, fits } : first;
  }

  private get stated(): Layout | undefined {
    return statedLayout(this.model.analysis)?.layout;
  }

  /** Whether two sides were equal only when one of them was transposed. */
  private isTurned = false;
  /** Whether all that was compared were numbers, which have no layout. */
  private isOfNumbers = true;

  private layout: Layout = 'mixed';

  private decideIn(): Finding | undefined {
    const { mayFail } = this.equality;
    const all = [...this.assignments()];
    // What can be a vector or matrix is a number only where nothing else fits.
    const proper = all.filter((shapes) =>
      [...shapes].every(([name, shape]) => shape.length > 0 || this.isNumeric(name)),
    );
    const outcomes = this.outcomes(proper);
    if (outcomes.length === 0 && proper.length < all.length && proper.some((s) => this.differInShape(s)))
      return unknown('the two sides differ in shape');
    if (outcomes.length === 0) outcomes.push(...this.outcomes(all.filter((shapes) => !proper.includes(shapes))));
    if (outcomes.length === 0) return undefined;
    this.tried = outcomes;
    const kinds = new Set(outcomes.map(({ outcome }) => outcome));
    if (kinds.has('mixed')) return unknown('holds for some of its indices only');
    if (kinds.size > 1) return unknown('holds for some sizes only');
    if (kinds.has('same')) return { verdict: 'pass', strength: 'numerical', message: this.agreement(outcomes.length) };
    if (this.ahead || !mayFail || this.view.lookedAheadForBodies) return unknown('neither proved nor refuted');
    for (const { shapes } of outcomes) {
      const doubt = this.doubt(shapes);
      if (doubt !== undefined) return unknown(doubt);
    }
    const code = this.equality.printed ? 'wrong-value' : 'wrong-derivative';
    const written = this.free.size === 0 ? this.writtenOut() : undefined;
    if (written)
      return {
        verdict: 'fail',
        code,
        message: `should be ${texToText(written).replace(/-/g, '−')}`,
        expected: written,
      };
    return { verdict: 'fail', code, message: this.difference(outcomes[0]?.shapes ?? new Map()) };
  }

  /** Where the two sides differ, with the sizes that were tried first. */
  private difference(shapes: Shapes): string {
    const of = [...shapes].filter(([, shape]) => shape.length > 0);
    const sizes = of.map(([name, shape]) => `${nameToText(name).replace('·', 'i')} ${shape.join('×')}`).join(', ');
    const given = this.randomValues(shapes, generator(RANDOM_SEED));
    for (const indices of this.indexValues()) {
      const values = this.evaluate(given, indices, this.sides);
      const [a, b] = values ?? [];
      if (!a || !b || this.compare(a, b) !== false) continue;
      const at = a.elements.findIndex((x, i) => Math.abs(x - (b.elements[i] as number)) > 1e-8 * Math.abs(x));
      if (at < 0) continue;
      const [x, y] = [a, b].map(({ elements }) => formatNumber(elements[at] as number));
      const place = a.elements.length > 1 ? `element ${at + 1} is` : 'it is';
      const letters = [...indices].map(([letter, i]) => `${letter} = ${i}`).join(', ');
      const where = [sizes === '' ? 'random numbers' : `random numbers (${sizes})`, letters].filter((t) => t !== '');
      return `the two sides differ: for ${where.join(', ')} ${place} ${x}, not ${y}`;
    }
    return 'the two sides differ for random values of the same sizes';
  }

  /** The value of the left side as the right side writes it, where all is known. */
  private writtenOut(): string | undefined {
    const [value] = this.evaluate(new Map(), new Map(), [this.sides[0]]) ?? [];
    const { printed, right } = this.equality;
    if (!value || !value.elements.every(Number.isFinite)) return undefined;
    const [only] = value.elements;
    if (value.shape.length === 0) return only === undefined || !printed ? undefined : printLike(only, printed);
    const target = bare(right.kind === 'transpose' ? right.operand : right);
    const texts = value.elements.map((x) => String(Number(x.toPrecision(6))));
    if (target.kind === 'tuple' && target.items.length === texts.length) return `(${texts.join(', ')})`;
    if (target.kind !== 'matrix') return undefined;
    const columns = target.rows[0]?.length ?? 1;
    if (target.rows.length * columns !== texts.length) return undefined;
    const rows = target.rows.map((_, i) => texts.slice(i * columns, (i + 1) * columns).join(' & '));
    return `\\begin{${target.environment}} ${rows.join(' \\\\ ')} \\end{${target.environment}}`;
  }

  /** After {@link decide}: whether another right side holds for the sizes that were tried first. */
  holdsWith(right: Node): boolean {
    const known = remembered(decided, this.key, () => ({ finding: undefined, tried: [] }));
    const shapes = (known.tried[0] ?? this.tried[0])?.shapes;
    const sides: [Node, Node] = [this.sides[0], this.explicit(right)];
    return shapes !== undefined && this.tryShapes(shapes, undefined, sides, 'first difference') === 'same';
  }

  private tried: readonly Tried[] = [];

  /** Whether the side that is known has a value only where a matrix is square. */
  private isSquare(name: string, known: Node): boolean {
    const side = this.sides[known === this.equality.left ? 0 : 1];
    const oblong = [...this.assignments()].filter((shapes) => new Set(shapes.get(name)).size === 2);
    return !oblong.some((shapes) => {
      const given = this.randomValues(shapes, generator(1));
      const [indices] = this.indexValues();
      return indices !== undefined && this.evaluate(given, indices, [side]) !== undefined;
    });
  }

  private outcomes(assignments: readonly Shapes[]): Tried[] {
    return assignments.flatMap((shapes) => {
      const outcome = this.tryShapes(shapes);
      return outcome === undefined ? [] : [{ shapes, outcome }];
    });
  }

  /** Both sides have values, of forms that cannot be compared. */
  private differInShape(shapes: Shapes): boolean {
    const given = this.randomValues(shapes, generator(1));
    const [indices] = this.indexValues();
    const values = indices && this.evaluate(given, indices, this.sides);
    return values !== undefined && values[0]?.elements.length !== values[1]?.elements.length;
  }

  private randomValues(shapes: Shapes, random: () => number): Map<string, Given> {
    return new Map(
      [...this.free.keys()].map((n) => [n, { value: valueFor(n, shapes.get(n), random), origin: ASSUMED }]),
    );
  }

  private isNumeric(name: string): boolean {
    return (this.free.get(name) ?? []).every((shape) => shape.length === 0);
  }

  /** Why two sides that differ may still not be called different. */
  private doubt(shapes: Shapes): string | undefined {
    const { left, right } = this.equality;
    const [known, said] = holdsDerivative(right) && !holdsDerivative(left) ? [right, left] : [left, right];
    const familiar = new Set<string>();
    for (const node of this.reach([known]))
      walk(node, (n) => {
        if (n.kind === 'symbol') familiar.add(baseName(n.name));
      });
    let stranger: string | undefined;
    walk(said, (n) => {
      if (n.kind === 'symbol' && this.free.has(arrayBase(n.name, this.free)) && !familiar.has(baseName(n.name)))
        stranger ??= n.name;
    });
    const varied = variablesOf(this.sides);
    if (stranger !== undefined && stranger !== 'delta' && !stranger.startsWith('delta_'))
      return `the document does not say what ${nameToText(stranger)} is`;
    for (const { what, of, adjust } of FACTS)
      for (const names of factNames(of, shapes, this.free, (name) => this.isSquare(name, known))) {
        if (of !== 'matrices' && what !== SUMS_TO_ONE && names.some((n) => varied.has(n))) continue;
        const adjusted = (n: string, value: number | NdArray) => (names.includes(n) ? adjust(value) : value);
        if (this.tryShapes(shapes, adjusted) === 'same') return `holds if ${names.map(nameToText).join(', ')} ${what}`;
      }
    return undefined;
  }

  private agreement(sizes: number): string {
    if (this.free.size === 0) return 'agrees with the value, to the digits printed';
    return `agrees for random values${sizes > 1 ? ` of ${sizes} sizes` : ''}, not proved`;
  }

  /** ∇f(x) and ∂f/∂x of a function that the document defines: by its parameter, at itself. */
  private explicit(node: Node): Node {
    const inner = bare(node);
    if (inner.kind !== 'gradient' && inner.kind !== 'derivative') return node;
    const operand = bare(inner.operand);
    const callee = operand.kind === 'call' ? operand.callee : operand;
    if (callee.kind !== 'symbol') return { ...inner, variables: this.onlyName(inner) };
    const found = this.model.analysis.table.function(callee.name, this.statement)?.definition;
    const [parameter, ...others] = found?.parameters ?? [];
    if (!parameter || others.length > 0) return { ...inner, variables: this.onlyName(inner) };
    // ∂J(θ)/∂θ₁ and ∂J/∂θ₁ are by a part of the parameter.
    const [by] = inner.variables.map(bare);
    const isPart = by?.kind === 'symbol' && by.name !== parameter.name;
    const isItself = operand.kind !== 'call' || isNamed(operand.args[0], parameter.name);
    if (isPart && isItself) return { ...inner, operand: callee };
    const args = operand.kind === 'call' ? operand.args : [parameter];
    const called: Node = { kind: 'call', callee, args, from: operand.from, to: operand.to };
    const variables = inner.variables.length === 0 ? args : inner.variables;
    return { ...inner, operand: called, variables };
  }

  /** ∇‖x‖²: by the one name that the operand holds, where none is stated. */
  private onlyName({ operand, variables }: Extract<Node, { kind: 'gradient' | 'derivative' }>): readonly Node[] {
    if (variables.length > 0) return variables;
    const names = new Map<string, Node>();
    for (const node of this.reach([operand]))
      walk(node, (n) => {
        if (n.kind === 'symbol' && !this.view.isValue(n.name)) names.set(n.name, n);
      });
    return names.size === 1 ? [...names.values()] : variables;
  }

  /** The nodes, and the bodies of all definitions that they lead to. */
  private reach(nodes: readonly Node[]): Node[] {
    const all = [...nodes];
    const seen = new Set<object>();
    const { table } = this.model.analysis;
    for (let i = 0; i < all.length && all.length < 200; i++)
      walk(all[i] as Node, (n) => {
        if (n.kind !== 'symbol') return;
        const bases = subscriptsOf(n.name).map((s) => s.base);
        const follow = (definition: Definition | undefined) => {
          if (!definition || seen.has(definition)) return;
          seen.add(definition);
          this.definitions.push(definition);
          all.push(...definition.bodies);
        };
        for (const base of [n.name, ...bases]) follow(this.families(base)[0]);
        for (const name of [n.name, ...bases.filter((base) => !this.isScalar(base))]) {
          const found = this.view.value(name) ?? table.function(name, this.statement);
          if (found?.ahead) this.ahead ||= found.definition.kind === 'value' && !isNumber(found.definition.bodies[0]);
          follow(found?.definition);
        }
      });
    return all;
  }

  /** A number of that name, which has no elements: t = x + y beside t_k. */
  private isScalar(base: string): boolean {
    try {
      const found = this.view.value(base);
      return found !== undefined && this.view.body(found.definition).expr !== undefined;
    } catch (error) {
      if (error instanceof LoweringError) return false;
      throw error;
    }
  }

  /** Definitions of elements: y_k = … for y. */
  private families(base: string) {
    const { table } = this.model.analysis;
    const { section, index } = this.statement;
    return table.all
      .filter(
        (d) =>
          d.kind === 'value' &&
          (d.statement.section === section || d.statement.index <= index) &&
          subscriptsOf(d.name).some((s) => s.base === base && s.indices.some((i) => /^[a-z]$/.test(i))),
      )
      .reverse();
  }

  /** Indices that no sign binds: the equality is meant for each of their values. */
  private openLetters(nodes: readonly Node[]): void {
    const bound = new Set<string>();
    for (const node of nodes)
      walk(node, (n) => {
        if (n.kind === 'range' && n.variable) bound.add(n.variable.name);
      });
    for (const node of nodes)
      walk(node, (n) => {
        if (n.kind === 'symbol')
          for (const i of this.indicesOf(n.name) ?? []) if (/^[a-z]$/.test(i)) this.letters.add(i);
        if (n.kind === 'indexed')
          for (const i of n.indices) if (i.kind === 'symbol' && !bound.has(i.name)) this.letters.add(i.name);
      });
    // A letter is not bound in one place and open in another.
    for (const letter of bound) this.letters.delete(letter);
  }

  /** The indices of an element: letters that are indices somewhere, and digits. */
  private indicesOf(name: string): readonly string[] | undefined {
    return subscriptsOf(name).find(
      ({ indices }) =>
        indices.every((i) => this.indexLetters.has(i) || /^\d$/.test(i)) && indices.some((i) => /^[a-z]$/.test(i)),
    )?.indices;
  }

  private freeNames(nodes: readonly Node[]): void {
    const add = (name: string, shapes: readonly Shape[]) => {
      const known = this.free.get(name);
      if (!known || shapes[0]?.length === 0) this.free.set(name, known ?? shapes);
      else if (known.length > shapes.length) this.free.set(name, shapes);
    };
    const { table } = this.model.analysis;
    const isDefined = (name: string) =>
      this.view.isValue(name) || table.function(name, this.statement) !== undefined || name === 'pi' || name === 'e';
    const isFamily = (base: string) => this.families(base).length > 0;
    const element = (base: string, count: number) => {
      if ((isDefined(base) && !this.isScalar(base)) || isFamily(base)) return;
      if (base === 'delta' && count === 2) return add(base, []);
      add(base, [Array<number>(count).fill(EXTENT)]);
    };
    /** x^{(i)}, x_j^{(i)}: an example is a number or a vector. */
    const examples = (base: string) => {
      const element = subscriptsOf(base).find((s) => s.indices.length === 1);
      if (element) add(exampleName(element.base), [[EXTENT, EXTENT]]);
      else add(exampleName(base), [[EXTENT], ...SIZES.map((n) => [EXTENT, n])]);
    };
    const variables = new Set<string>(this.letters);
    const transposed = new Set<string>();
    for (const node of nodes)
      walk(node, (n) => {
        if (n.kind === 'range') {
          if (n.variable) variables.add(n.variable.name);
          const upper = n.upper && bare(n.upper);
          if (upper?.kind === 'symbol' && !isDefined(upper.name)) this.free.set(upper.name, []);
        }
        if (n.kind === 'transpose')
          walk(n.operand, (m) => {
            if (m.kind === 'symbol') transposed.add(m.name);
          });
      });
    const called = new Set<Node>();
    for (const node of nodes)
      walk(node, (n) => {
        if (n.kind === 'call') called.add(n.callee.kind === 'prime' ? n.callee.operand : n.callee);
        if (n.kind === 'indexed' && n.base.kind === 'symbol') {
          if (n.label) examples(n.base.name);
          else element(n.base.name, n.indices.length);
          for (const i of n.indices) if (i.kind === 'symbol') variables.add(i.name);
          return false;
        }
        if (n.kind !== 'symbol' || called.has(n) || isDefined(n.name) || variables.has(n.name)) return true;
        const indices = this.indicesOf(n.name);
        if (indices)
          element(subscriptsOf(n.name).find((s) => s.indices === indices)?.base ?? this.baseOf(n.name), indices.length);
        // p beside p_i = … is the vector of all p_i.
        else if (!isFamily(n.name)) add(n.name, shapesFor(n.name, transposed.has(n.name)));
        return true;
      });
    for (const name of variables) this.free.delete(name);
  }

  private baseOf(name: string): string {
    return subscriptsOf(name)[0]?.base ?? name;
  }

  private *assignments(): Generator<Shapes> {
    const names = [...this.free].filter(([, shapes]) => shapes.length > 0);
    const total = names.reduce((n, [, shapes]) => n * shapes.length, 1);
    if (total > MAX_ASSIGNMENTS) return;
    for (let i = 0; i < total; i++) {
      const shapes = new Map<string, Shape>();
      let rest = i;
      for (const [name, choices] of names) {
        shapes.set(name, choices[rest % choices.length] as Shape);
        rest = Math.floor(rest / choices.length);
      }
      yield shapes;
    }
  }

  /** Both sides with random values of the shapes; undefined where they can not be evaluated. */
  private tryShapes(
    shapes: Shapes,
    adjust?: (name: string, value: number | NdArray) => number | NdArray,
    sides: readonly [Node, Node] = this.sides,
    until: 'end' | 'first difference' = 'end',
  ): Outcome | undefined {
    /** Counted apart: with all indices different, and with some that coincide. */
    const same = [0, 0];
    const different = [0, 0];
    let trivial = false;
    const random = generator(RANDOM_SEED);
    for (let trial = 0; trial < (this.free.size === 0 ? 1 : TRIALS); trial++) {
      const given = new Map<string, Given>();
      for (const [name] of this.free) {
        const value = valueFor(name, shapes.get(name), random);
        given.set(name, { value: adjust?.(name, value) ?? value, origin: ASSUMED });
      }
      for (const indices of this.indexValues()) {
        const values = this.evaluate(given, indices, sides);
        if (!values) return undefined;
        const outcome = this.compare(values[0] as Value, values[1] as Value);
        if (outcome === undefined) return undefined;
        // That both are 0 where indices differ says little.
        if (outcome && values.every(({ elements }) => elements.every((x) => x === 0))) {
          trivial = true;
          continue;
        }
        if (!outcome && until === 'first difference') return 'different';
        const coincide = new Set(indices.values()).size < indices.size ? 1 : 0;
        (outcome ? same : different)[coincide]!++;
      }
    }
    const [apart = 0, together = 0] = same;
    // With two indices more is said than of equal ones: ∂y_i/∂x_j = w_ji holds for i = j, and is wrong.
    if (different[0]! > 0) return apart > 0 ? 'mixed' : 'different';
    if (different[1]! > 0) return apart + together > 0 ? 'mixed' : 'different';
    return trivial || apart + together > 0 ? 'same' : undefined;
  }

  private *indexValues(): Generator<ReadonlyMap<string, number>> {
    const letters = [...this.letters];
    const count = EXTENT ** letters.length;
    if (count > 81) return;
    for (let i = 0; i < count; i++)
      yield new Map(letters.map((letter, k) => [letter, (Math.floor(i / EXTENT ** k) % EXTENT) + 1]));
  }

  private evaluate(
    given: ReadonlyMap<string, Given>,
    indices: ReadonlyMap<string, number>,
    nodes: readonly Node[],
  ): Value[] | undefined {
    const recorder = new Recorder({ dialect: 'math', share: true, spans: (site) => this.sites.spans(site) });
    const frame: Frame = {
      view: this.view,
      recorder,
      sites: this.sites,
      given,
      inputs: new Map(),
      readings: [],
      steps: new Map(),
      bound: new Set(),
      operations: { left: MAX_OPERATIONS },
      hasArrays: false,
      layout: this.layout,
    };
    try {
      const evaluator = new ArrayEvaluator(frame);
      return nodes.map((node) => contentOf(recorder, evaluator.evaluateAt(node, indices)));
    } catch (error) {
      if (error instanceof LoweringError) return undefined;
      throw error;
    } finally {
      spend(EVALUATION + OPERATION * (MAX_OPERATIONS - frame.operations.left));
    }
  }

  /** Equal as they are or when one is transposed; undefined where the shapes do not allow it or the values are no numbers. */
  private compare(a: Value, b: Value): boolean | undefined {
    if (![...a.elements, ...b.elements].every(Number.isFinite)) return undefined;
    const { printed } = this.equality;
    if (printed) return a.shape.length === 0 ? agrees(a.elements[0] as number, printed) : undefined;
    if (a.elements.length !== b.elements.length) return undefined;
    const scale = Math.max(...a.elements.map(Math.abs), ...b.elements.map(Math.abs), 1e-12);
    const unit = this.free.size === 0 ? unitOf(this.equality.right, this.model, this.statement) : 0;
    const close = (elements: readonly number[]) =>
      a.elements.every((x, i) => Math.abs(x - (elements[i] as number)) <= unit + 1e-8 * scale);
    if (a.shape.length > 0) this.isOfNumbers = false;
    if (sameShape(a.shape, b.shape) && close(b.elements)) {
      if (a.lying !== b.lying) this.isTurned = true;
      return true;
    }
    if (b.shape.length !== 2 || a.shape.length !== 2) return sameShape(a.shape, b.shape) ? false : undefined;
    const [rows = 0, columns = 0] = b.shape;
    if (!sameShape(a.shape, b.shape) && !sameShape(a.shape, [columns, rows])) return undefined;
    if (!sameShape(a.shape, [columns, rows])) return false;
    this.isTurned = true;
    return close(Array.from(b.elements, (_, i) => b.elements[(i % rows) * columns + Math.floor(i / rows)] as number));
  }
}

interface Decided {
  readonly finding: Finding | undefined;
  readonly tried: readonly Tried[];
}

const decided = new Recent<Costly<Decided>>(1_000);

const withoutPlace = (key: string, value: unknown) => (key === 'from' || key === 'to' ? undefined : value);

type Outcome = 'same' | 'different' | 'mixed';

interface Tried {
  readonly shapes: Shapes;
  readonly outcome: Outcome;
}

const unknown = (message: string): Finding => ({ verdict: 'unknown', code: 'undecided', message });

const baseName = (name: string) => name.replace(/[_^].*$/, '');

/** The free array that a name is, or is an element of. */
function arrayBase(name: string, free: ReadonlyMap<string, unknown>): string {
  return subscriptsOf(name).find(({ base }) => free.has(base))?.base ?? name;
}

/** What is often known of names without being written as a formula: it would make some equalities true. */
interface Fact {
  readonly what: string;
  readonly of: 'label' | 'vector' | 'matrices' | 'count';
  adjust(value: number | NdArray): number | NdArray;
}

const SUMS_TO_ONE = 'adds up to 1';

const FACTS: readonly Fact[] = [
  { what: SUMS_TO_ONE, of: 'vector', adjust: (v) => mapped(v, (x, _, all) => x / sum(all)) },
  { what: 'is the number of elements', of: 'count', adjust: () => EXTENT },
  { what: 'adds up to 0', of: 'vector', adjust: (v) => mapped(v, (x, _, all) => x - sum(all) / all.length) },
  { what: 'has length 1', of: 'vector', adjust: (v) => mapped(v, (x, _, all) => x / Math.hypot(...all)) },
  { what: 'is one-hot', of: 'label', adjust: (v) => mapped(v, (_, i) => (i === 1 ? 1 : 0)) },
  {
    what: 'is 0 or 1',
    of: 'label',
    adjust: (v) => mapped(v, (x, i) => (typeof v === 'number' ? Number(x > 0.5) : i % 2)),
  },
  { what: 'is −1 or 1', of: 'label', adjust: (v) => mapped(v, (_, i) => (i % 2 === 0 ? 1 : -1)) },
  { what: 'is symmetric', of: 'matrices', adjust: (v) => squared(v, (x, y) => (x + y) / 2) },
  { what: 'is orthogonal', of: 'matrices', adjust: (v) => squared(v, (_, __, i, j, n) => reflection(i, j, n)) },
];

/** The names that a fact may be known of, each alone or all together. */
function factNames(
  of: Fact['of'],
  shapes: Shapes,
  free: ReadonlyMap<string, unknown>,
  isSquare: (name: string) => boolean,
): string[][] {
  if (of === 'matrices') {
    const square = [...shapes.keys()].filter((name) => shapes.get(name)?.length === 2 && isSquare(name));
    return square.length > 0 ? [square] : [];
  }
  if (of === 'count')
    return [...free.keys()].filter((n) => /^[dkmnDKMN]$/.test(n) && shapes.get(n)?.length === 0).map((n) => [n]);
  const names = [...free.keys()].filter((name) => (of === 'label' ? isLabel(name) : shapes.get(name)?.length === 1));
  return names.map((name) => [name]);
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** A Householder reflection at the vector of ones: symmetric would be I − 2uuᵀ, so its rows are turned round as well. */
function reflection(i: number, j: number, n: number): number {
  const k = (i + 1) % n;
  return (k === j ? 1 : 0) - 2 / n;
}

function squared(
  value: number | NdArray,
  f: (x: number, transposed: number, i: number, j: number, n: number) => number,
): number | NdArray {
  if (typeof value === 'number' || value.shape.length !== 2 || value.shape[0] !== value.shape[1]) return value;
  const [n = 0] = value.shape;
  const elements = Array.from(value.elements());
  return fromValues(
    'float64',
    value.shape,
    Float64Array.from(elements, (x, at) => {
      const [i, j] = [Math.floor(at / n), at % n];
      return f(x, elements[j * n + i] as number, i, j, n);
    }),
  );
}

function mapped(
  value: number | NdArray,
  f: (x: number, i: number, all: readonly number[]) => number,
): number | NdArray {
  if (typeof value === 'number') return f(value, 0, [value]);
  const elements = Array.from(value.elements());
  return fromValues(
    'float64',
    value.shape,
    Float64Array.from(elements, (x, i) => f(x, i, elements)),
  );
}

const ASSUMED = { kind: 'assumed' as const };

const sameShape = (a: Shape, b: Shape) => a.length === b.length && a.every((extent, i) => extent === b[i]);

const isNamed = (node: Node | undefined, name: string) => {
  const inner = node && bare(node);
  return inner?.kind === 'symbol' && inner.name === name;
};

const isNumber = (node: Node | undefined) => node !== undefined && bare(node).kind === 'number';

/** ∂y/∂x is written: a gradient ∇f is a column in any layout. */
function holdsFraction(node: Node): boolean {
  let seen = false;
  let others = false;
  walk(node, (n) => {
    if (n.kind === 'derivative') seen = true;
    if (n.kind === 'gradient') others = true;
    return !others;
  });
  return seen && !others;
}

/** Letters that are bound indices somewhere, or that stand alone below a name. */
function lettersIn(nodes: readonly Node[]): ReadonlySet<string> {
  const letters = new Set<string>();
  for (const node of nodes)
    walk(node, (n) => {
      if (n.kind === 'range' && n.variable && /^[a-z]$/.test(n.variable.name)) letters.add(n.variable.name);
      if (n.kind !== 'symbol') return;
      for (const { indices } of subscriptsOf(n.name))
        if (indices.length === 1 && /^[a-z]$/.test(indices[0] as string)) letters.add(indices[0] as string);
    });
  // w_{kl} beside w_{ij} with known indices: the same array elsewhere.
  const twice = nodes.flatMap((node) => doublySubscripted(node));
  const known = ({ indices }: Subscripted) => indices.every((i) => letters.has(i));
  const arrays = new Set(['delta', ...twice.filter(known).map(({ base }) => base)]);
  for (const { base, indices } of twice) if (arrays.has(base)) for (const i of indices) letters.add(i);
  return letters;
}

function doublySubscripted(node: Node): Subscripted[] {
  const found: Subscripted[] = [];
  walk(node, (n) => {
    if (n.kind === 'symbol')
      found.push(...subscriptsOf(n.name).filter((s) => s.indices.length === 2 && s.indices.every(isLetter)));
    if (n.kind === 'indexed' && n.base.kind === 'symbol' && n.indices.length === 2) {
      const indices = n.indices.flatMap((i) => (i.kind === 'symbol' && isLetter(i.name) ? [i.name] : []));
      if (indices.length === 2) found.push({ base: n.base.name, indices });
    }
  });
  return found;
}

const isLetter = (text: string) => /^[a-z]$/.test(text);

const VECTORS: readonly Shape[] = SIZES.map((n) => [n]);
const MATRICES: readonly Shape[] = SIZES.flatMap((m) => SIZES.map((n): Shape => [m, n]));
const SCALAR: Shape = [];

/** What a name may stand for, as names are usually given: bold and capital letters for arrays, Greek ones for numbers. */
function shapesFor(name: string, isTransposed: boolean): readonly Shape[] {
  const [, prefix = '', letter = ''] = /^((?:[a-z]+:)*)([A-Za-z]+)/.exec(name) ?? [];
  const isCapital = letter.length === 1 && letter !== letter.toLowerCase();
  const isBold = /(^|:)(bf|vec):/.test(prefix);
  if (isCapital) return isBold || isTransposed ? MATRICES : [...MATRICES, SCALAR];
  if (isBold) return VECTORS;
  if (isTransposed) return VECTORS;
  return letter.length === 1 || GREEK_VECTORS.has(letter) ? [...VECTORS, SCALAR] : [SCALAR];
}

const GREEK_VECTORS: ReadonlySet<string> = new Set(['beta', 'theta', 'delta', 'mu', 'phi']);

function valueFor(name: string, shape: Shape | undefined, random: () => number): number | NdArray {
  if (shape === undefined) {
    if (name === 'delta') {
      const identity = Array.from({ length: EXTENT ** 2 }, (_, i) => (i % (EXTENT + 1) === 0 ? 1 : 0));
      return fromValues('float64', [EXTENT, EXTENT], Float64Array.from(identity));
    }
    return EXTENT;
  }
  const draw = () => Number((0.2 + 0.75 * random()).toPrecision(4));
  if (shape.length === 0) return draw();
  const size = shape.reduce((a, b) => a * b, 1);
  return fromValues('float64', shape, Float64Array.from({ length: size }, draw));
}

function contentOf(recorder: Recorder, q: Quantity): Value {
  const lying = q.lying === true;
  if (q.shape.length === 0) return { shape: [], elements: [recorder.value(q.ref)], lying };
  return { shape: q.shape, elements: Array.from(recorder.array(q.ref).elements()), lying };
}

/** One unit of the last digit of the numbers that a side prints. */
function unitOf(node: Node, model: Model, statement: Statement): number {
  let unit = 0;
  walk(node, (n) => {
    if (n.kind !== 'number') return;
    const { base } = statement.placed;
    const text = model.analysis.document.text.slice(base + n.from, base + n.to);
    const decimals = /\.(\d+)$/.exec(text)?.[1]?.length;
    if (decimals !== undefined) unit = Math.max(unit, 10 ** -decimals);
  });
  return unit;
}
