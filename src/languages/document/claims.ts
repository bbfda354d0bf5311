/**
 * The claims of a document: equalities that can be decided. A definition is no claim, an equation to be solved is none, and
 * what cannot be decided with certainty is unknown: a false alarm costs more than a miss.
 */
import { equal as sameExpression, evaluate, type Expr, simplify, symbols, toLatex } from '../../symbolic';
import type { Claim } from '../frontEnd';
import type { Span } from '../../model';
import { LoweringError, type Lowered } from '../latex/lower';
import { nameToTex } from '../latex/names';
import { bare, type Node, type RelationOperator, walk } from '../latex/tree';
import { compare } from './compare';
import { agrees, decimalsOf, isNumeric, type PrintedNumber, printedNumber, printLike, roundingError } from './digits';
import { ignoredFormulas } from './ignored';
import type { Model, View } from './model';
import { spanIn, type Statement } from './statements';
import { rowMeaning } from './traceRows';

/** All claims in order of the text. */
export function claimsOf(model: Model): Claim[] {
  const ignored = ignoredFormulas(model.analysis);
  const claims: Claim[] = [];
  for (const statement of model.analysis.statements) {
    if (statement.placed.region.quoted || ignored.has(statement.placed) || statement.condition) continue;
    claims.push(...new Chain(model, statement).claims());
  }
  const count = new Map<string, number>();
  return claims.map((claim) => {
    const ordinal = (count.get(claim.id) ?? 0) + 1;
    count.set(claim.id, ordinal);
    return ordinal === 1 ? claim : { ...claim, id: `${claim.id}#${ordinal}` };
  });
}

interface Operand {
  readonly node: Node;
  /** How it is joined to the one before. */
  readonly sign: RelationOperator | undefined;
}

/** The ways to read derivatives in an operand, each lowered; or why it cannot be. */
type Readings = readonly Lowered[] | LoweringError;

class Chain {
  private readonly views: readonly View[];
  private readonly operands: readonly Operand[];
  private readonly readings = new Map<Node, Readings>();

  constructor(
    private readonly model: Model,
    private readonly statement: Statement,
  ) {
    this.views = [model.at(statement), model.at(statement, { derivatives: 'explicit' })];
    this.operands = operandsOf(statement.node);
  }

  claims(): Claim[] {
    const claims: Claim[] = [];
    const row = this.row();
    if (row) claims.push(row);
    /** The operands that have been found equal so far; the first is what others are compared with. */
    let equal: Node[] = this.definesFirst() || !this.operands[0] ? [] : [this.operands[0].node];
    for (const { node, sign } of this.operands.slice(row ? 2 : 1)) {
      const [reference] = equal;
      if (sign !== 'eq' && sign !== 'equiv' && sign !== 'define' && sign !== 'approx') equal = [node];
      else if (this.definesName(node) || (reference && this.implies(reference, node))) continue;
      else if (!reference) equal = [node];
      else {
        const claim = this.decide(equal, node, sign);
        claims.push(claim);
        if (this.read(node) instanceof LoweringError) continue;
        if (claim.verdict === 'pass') equal.push(node);
        else if (claim.verdict === 'unknown') equal = this.read(reference) instanceof LoweringError ? [node] : equal;
      }
    }
    return claims;
  }

  private definesFirst(): boolean {
    const first = this.operands[0];
    return first !== undefined && (this.definesName(first.node) || bare(first.node).kind === 'tuple');
  }

  /** The statement itself defines this operand: a name, or a function at its parameters. */
  private definesName(node: Node): boolean {
    return this.model.analysis.table.all.some(
      (d) =>
        d.statement === this.statement &&
        (d.nameNode === node || (d.kind === 'function' && contains(node, d.nameNode))),
    );
  }

  /** ŷ = f(z) = f(xw + b) says what z is. */
  private implies(left: Node, right: Node): boolean {
    return this.model.analysis.table.all.some(
      (d) =>
        d.statement === this.statement &&
        d.nameNode !== left &&
        contains(left, d.nameNode) &&
        contains(right, d.bodies[0] as Node),
    );
  }

  private read(node: Node): Readings {
    let readings = this.readings.get(node);
    if (!readings) {
      try {
        readings = distinct(this.views.map((view) => view.lower(node, this.statement)));
      } catch (error) {
        if (!(error instanceof LoweringError)) throw error;
        readings = error;
      }
      this.readings.set(node, readings);
    }
    return readings;
  }

  private decide(equal: readonly Node[], right: Node, sign: RelationOperator): Claim {
    const left = equal[0] as Node;
    const a = this.read(left);
    const b = this.read(right);
    if (a instanceof LoweringError || b instanceof LoweringError) {
      const reason = a instanceof LoweringError ? a : (b as LoweringError);
      return this.claim(right, left, { verdict: 'unknown', message: reason.message, code: reason.code });
    }
    try {
      const printed = printedNumber(right, (n) => this.source(n));
      if (printed) return this.decideNumber(left, right, a, printed, sign);
      // 2 − 0.2837 is a number too, if not one that is printed.
      if (isNumericSyntax(right) && !isNumericSyntax(left)) {
        const { expr } = b[0] as Lowered;
        const value = evaluate(expr, () => undefined);
        const error = roundingError(
          expr,
          () => undefined,
          (literal) => this.unitOf(literal),
        );
        return this.decideNumber(left, right, a, { value, unit: 0 }, sign, error);
      }
      return this.decideFormula(equal, right, a, b, sign);
    } catch (error) {
      if (!(error instanceof LoweringError)) throw error;
      return this.claim(right, left, { verdict: 'unknown', message: error.message, code: error.code });
    }
  }

  /** … = 0.2813: the value at the numbers that the document gives. */
  private decideNumber(
    left: Node,
    right: Node,
    readings: readonly Lowered[],
    printed: PrintedNumber,
    sign: RelationOperator,
    slack = 0,
  ): Claim {
    let best: { value: number; ahead: boolean } | undefined;
    let missing: string | undefined;
    for (const [i, { expr, disconnected }] of readings.entries()) {
      const view = this.views[i] as View;
      const expanded = view.expanded(expr);
      const names = [...symbols(expanded)];
      // Exactly so, whatever the values: ∂t/∂x = 1.
      if (printed.unit === 0 && compare(expanded, { kind: 'number', value: printed.value }).equal === true)
        return this.claim(right, left, { verdict: 'pass', strength: 'proved', message: 'equal for all values' });
      const unknown = names.find((n) => view.constant(n) === undefined);
      if (unknown !== undefined) {
        missing = unknown;
        continue;
      }
      const valueOf = (n: string) => view.constant(n)?.value;
      const value = evaluate(expanded, valueOf);
      const error = roundingError(
        expr,
        (n) => this.numberAt(view, n),
        (literal) => this.unitOf(literal),
      );
      if (agrees(value, printed, error + slack))
        return this.claim(right, left, {
          verdict: 'pass',
          strength: isNumeric(expanded) && printed.unit === 0 ? 'proved' : 'numerical',
          message: 'agrees with the value, to the digits printed',
        });
      if (this.agreesEarlier(expanded, names, printed)) missing = names[0];
      else best = { value, ahead: disconnected || names.some((n) => view.constant(n)?.ahead) };
    }
    if (
      !best ||
      missing !== undefined ||
      best.ahead ||
      view0(this.views).lookedAheadForBodies ||
      sign === 'approx' ||
      !this.canFail(left, right)
    )
      return this.claim(right, left, {
        verdict: 'unknown',
        message:
          missing === undefined
            ? 'the document does not give the values at this place'
            : `${nameToTex(missing)} has no certain value at this place`,
        code: 'no-value',
      });
    if (!Number.isFinite(best.value))
      return this.claim(right, left, {
        verdict: 'unknown',
        message: 'the value is not a finite number',
        code: 'no-value',
      });
    const value = printLike(best.value, printed);
    return this.claim(right, left, {
      verdict: 'fail',
      code: 'wrong-value',
      message: `the value is ${value}, not ${this.source(right)}`,
      expected: value,
    });
  }

  private numberAt(view: View, name: string): number | undefined {
    const definition = view.definition(name);
    if (!definition) return view.constant(name)?.value;
    return evaluate(view.expanded(definition), (n) => view.constant(n)?.value);
  }

  /** Values may have been given several times: a number that fits any of those before is not called wrong. */
  private agreesEarlier(expanded: Expr, names: readonly string[], printed: PrintedNumber): boolean {
    let points: ReadonlyMap<string, number>[] = [new Map()];
    for (const name of names) {
      const values = this.model.earlierNumbers(name, this.statement);
      points = points.flatMap((p) => values.map((v) => new Map([...p, [name, v]])));
      if (points.length > 256) return true;
    }
    return points.some((p) =>
      agrees(
        evaluate(expanded, (n) => p.get(n)),
        printed,
      ),
    );
  }

  private unitOf(literal: Expr): number | undefined {
    const origin = this.model.origins.get(literal);
    if (!origin || !('placed' in origin.place)) return undefined;
    const decimals = decimalsOf(this.text(spanIn(origin.place as Statement, origin.node)));
    return decimals === undefined ? 0 : 10 ** -decimals;
  }

  private decideFormula(
    equal: readonly Node[],
    right: Node,
    a: readonly Lowered[],
    b: readonly Lowered[],
    sign: RelationOperator,
  ): Claim {
    const left = equal[0] as Node;
    let failure: { point: ReadonlyMap<string, number>; values: readonly [number, number] } | undefined;
    let undecided = false;
    for (const [i, x] of a.entries())
      for (const [j, y] of b.entries()) {
        const p = (this.views[i] as View).expanded(x.expr);
        const q = (this.views[j] as View).expanded(y.expr);
        const result = compare(p, q);
        if (result.equal === true)
          return this.claim(right, left, {
            verdict: 'pass',
            strength: result.strength,
            message: result.strength === 'proved' ? 'proved' : `agrees at ${result.points} points, not proved`,
          });
        if (result.equal === undefined || x.disconnected || y.disconnected) undecided = true;
        else {
          if (this.agreesHere(p, q, x.expr, y.expr))
            return this.claim(right, left, {
              verdict: 'pass',
              strength: 'numerical',
              message: 'holds for the values that the document gives',
            });
          failure ??= result;
        }
      }
    const ahead = this.views.some((v) => v.lookedAheadForBodies);
    if (!failure || undecided || ahead || sign === 'approx' || !this.canFail(left, right))
      return this.claim(right, left, { verdict: 'unknown', message: 'neither proved nor refuted', code: 'undecided' });
    const expected = this.shortest(equal);
    const point = [...failure.point].map(([name, value]) => ({
      name: [nameToTex(name)],
      value,
      origin: { kind: 'assumed' as const },
    }));
    return this.claim(right, left, {
      verdict: 'fail',
      code: this.holdsDerivative(left) || this.holdsDerivative(right) ? 'wrong-derivative' : 'wrong-formula',
      message: `${this.source(left)} is ${expected}`,
      expected,
      point,
    });
  }

  /** The right formula, as short as the operands that agree allow. */
  private shortest(equal: readonly Node[]): string {
    const formulas = equal.flatMap((node) => {
      const readings = this.read(node);
      return readings instanceof LoweringError ? [] : readings.map(({ expr }) => this.formula(expr));
    });
    return formulas.reduce((a, b) => (b.length < a.length ? b : a));
  }

  private formula(expr: Expr): string {
    return toLatex(simplify(expr), { symbol: nameToTex, fractions: 'stacked' });
  }

  /** At the numbers of the document the two agree, although they differ elsewhere. */
  private agreesHere(p: Expr, q: Expr, x: Expr, y: Expr): boolean {
    const view = view0(this.views);
    const names = new Set([...symbols(p), ...symbols(q)]);
    if (names.size === 0 && (isNumeric(x) || isNumeric(y))) {
      const [a, b] = [evaluate(p, () => undefined), evaluate(q, () => undefined)];
      const unit = (literal: Expr) => this.unitOf(literal);
      const error = roundingError(x, () => undefined, unit) + roundingError(y, () => undefined, unit);
      return Math.abs(a - b) <= error + 1e-9 * Math.max(Math.abs(a), Math.abs(b));
    }
    const valueOf = (n: string) => view.constant(n)?.value;
    if ([...names].some((n) => valueOf(n) === undefined)) return false;
    const [a, b] = [evaluate(p, valueOf), evaluate(q, valueOf)];
    const unit = (literal: Expr) => this.unitOf(literal);
    const at = (n: string) => this.numberAt(view, n);
    const error = roundingError(x, at, unit) + roundingError(y, at, unit);
    return Math.abs(a - b) <= error + 1e-9 * Math.max(Math.abs(a), Math.abs(b), 1e-12);
  }

  /** An equality that only asks for its solutions is not false: what can be false states a derivative, numbers, or forms of one value. */
  private canFail(left: Node, right: Node): boolean {
    if (this.statement.node.kind === 'update' || this.definesFirst()) return true;
    if (this.operands.some(({ node }) => this.holdsDerivative(node))) return true;
    return isNumericSyntax(left) && isNumericSyntax(right);
  }

  private holdsDerivative(node: Node): boolean {
    let seen = false;
    walk(node, (n) => {
      if (n.kind === 'derivative' || n.kind === 'gradient' || n.kind === 'prime') seen = true;
      return !seen;
    });
    return seen;
  }

  /** A row of a hand-made tangent or adjoint trace: \bar v_3 = \bar v_5 v_5 + \bar v_6. */
  private row(): Claim | undefined {
    const [first, second] = this.operands;
    if (!first || !second || second.sign !== 'eq') return undefined;
    const meaning = rowMeaning(view0(this.views), this.statement, first.node, second.node);
    if (!meaning) return undefined;
    const result = compare(meaning.expected, meaning.stated);
    if (result.equal === true)
      return this.claim(second.node, first.node, {
        verdict: 'pass',
        strength: result.strength,
        message: 'the row agrees with the definitions',
      });
    if (result.equal === undefined) return undefined;
    const point = [...result.point].map(([name, value]) => ({
      name: [nameToTex(name)],
      value,
      origin: { kind: 'assumed' as const },
    }));
    return this.claim(second.node, first.node, {
      verdict: 'fail',
      code: 'wrong-row',
      message: `by the definitions ${this.source(first.node)} is ${this.formula(meaning.local)}`,
      expected: this.formula(meaning.local),
      point,
    });
  }

  private claim(right: Node, left: Node, finding: Omit<Claim, 'id' | 'name' | 'span' | 'text'>): Claim {
    const text = `${this.source(left)} = ${this.source(right)}`;
    return { id: text, name: this.source(left), span: spanIn(this.statement, right), text, ...finding };
  }

  private source(node: Node): string {
    return this.text(spanIn(this.statement, node)).replace(/\s+/g, ' ').trim();
  }

  private text({ from, to }: Span): string {
    return this.model.analysis.document.text.slice(from, to);
  }
}

const view0 = (views: readonly View[]): View => views[0] as View;

/** Most operands read the same either way. */
function distinct(readings: readonly Lowered[]): readonly Lowered[] {
  const [a, b] = readings;
  return a && b && a.disconnected === b.disconnected && sameExpression(a.expr, b.expr) ? [a] : readings;
}

function contains(node: Node, inner: Node): boolean {
  let seen = false;
  walk(node, (n) => {
    if (n === inner) seen = true;
    return !seen;
  });
  return seen;
}

function operandsOf(node: Node): Operand[] {
  if (node.kind === 'update') return operandsOf(node.value);
  if (node.kind === 'relation') return node.operands.map((o, i) => ({ node: o, sign: node.signs[i - 1]?.op }));
  return [{ node, sign: undefined }];
}

function isNumericSyntax(node: Node): boolean {
  let names = false;
  walk(node, (n) => {
    if (n.kind === 'symbol' && n.name !== 'pi') names = true;
    return !names;
  });
  return !names;
}
