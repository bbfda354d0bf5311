/**
 * Decides whether two sides of an equality are equal: by proof, at random points, or at the values that the document gives.
 * What cannot be decided with certainty is unknown: a false alarm costs more than a miss.
 */
import {
  equal as sameExpression,
  evaluate,
  type Expr,
  num,
  simplify,
  substitute,
  sym,
  symbols,
  toLatex,
} from '../../symbolic';
import { formatNumber, texToText } from '../../format';
import type { Span } from '../../model';
import type { Claim } from '../frontEnd';
import { lower, LoweringError, type Lowered, type LowerOptions, slashBefore } from '../latex/lower';
import { freeNames, holdsIndefinite, holdsIntegral, isIntegral, withIntegrals } from '../latex/integrals';
import { nameToTex, nameToText } from '../latex/names';
import { bare, type Node, type RelationOperator, walk } from '../latex/tree';
import { isDerivativeName } from '../latex/unknownDerivatives';
import { numbersAfter, pointsAfter, updatesAbove } from './afterUpdates';
import { ArrayClaim } from './arrays/claims';
import { holdsCapitals, isOfWrittenArrays, speaksOfMatrices } from './arrays/evidence';
import { Candidates } from './candidates';
import { compare } from './compare';
import { holdsForLabels, variablesOf } from './labels';
import {
  agrees,
  agreesRoughly,
  decimalsOf,
  differsClearly,
  isNumeric,
  type PrintedNumber,
  printedNumber,
  printLike,
  roundingError,
} from './digits';
import { textOf } from './analysis';
import type { Model, View } from './model';
import { expressionToText, pointToText } from './plainText';
import { gradientEntries } from './partials';
import { repair } from './repair';
import { entriesOf, paired, placeOf, transposed } from './entries';
import { closed, inGeneral, isSpaced } from './style';
import {
  differentIntegrals,
  holdsLimit,
  integralIn,
  NO_INTEGRAL,
  statesIntegral,
  statesLimit,
  upToConstant,
} from './integralClaims';
import { type End, spend } from './work';
import { isUpdate, sourceIn, spanIn, type Statement } from './statements';

/** The ways to read derivatives in a side, each lowered; or why it cannot be read. */
export type Readings = readonly Reading[] | LoweringError;

/** An expression, and the definitions that hold for its names. */
export interface Reading extends Lowered {
  readonly view: View;
}

/** One side of an equality: an operand of a chain, a cell of a table, or what definitions say. */
export interface Side {
  /** As the reader wrote it, or would write it. */
  readonly text: string;
  readonly readings: Readings;
  /** Absent where nobody wrote it down. */
  readonly node?: Node;
  /** Where the node is written. */
  readonly statement?: Statement;
}

export interface Finding extends Omit<Claim, 'id' | 'name' | 'span' | 'text'> {
  /** The two sides that it is about, where these are entries of arrays that are written out. */
  readonly entry?: readonly [left: Side, right: Side];
}

/** What may be said where the sides differ. */
export interface Stakes {
  readonly sign: RelationOperator;
  /** Whether the equality states a fact; an equation to be solved does not. */
  readonly mayFail: boolean;
  /** Values of names that hold for this claim alone, such as those of a row of a table; they are printed numbers. */
  readonly given?: ReadonlyMap<string, PrintedNumber>;
}

/** The other ways to read what is ambiguous in some formulas. */
function otherReadings(nodes: readonly Node[]): LowerOptions[] {
  let [isTwofold, hasLogarithm] = [false, false];
  for (const node of nodes)
    walk(node, (n) => {
      if (n.kind === 'binary') isTwofold ||= slashBefore(n) !== undefined;
      if (n.kind === 'derivative') isTwofold ||= !n.order && n.variables.some((v) => bare(v).kind === 'power');
      if (n.kind === 'function') hasLogarithm ||= n.name === 'log' && !n.base;
    });
  return [
    ...(isTwofold ? [{ otherwise: true as const }] : []),
    ...(hasLogarithm ? [{ logarithms: 10 as const }, { logarithms: 2 as const }] : []),
  ];
}

/** Decides equalities that are written in one statement. */
export class Decider {
  readonly views: readonly View[];
  private readonly last: View;

  constructor(
    readonly model: Model,
    readonly statement: Statement,
    private readonly options: LowerOptions = {},
    /** What is ambiguous is read in another way than usual. */
    private readonly isOther = false,
  ) {
    this.last = model.at(statement, { ...options, unknownDerivatives: 'symbols' });
    this.views = [
      model.at(statement, options),
      model.at(statement, { ...options, derivatives: 'explicit' }),
      this.last,
    ];
  }

  /** A node as a side; it may stand in another statement, where its chain began. */
  side(node: Node, statement = this.statement): Side {
    return { text: this.source(node, statement), readings: this.read(node, statement), node, statement };
  }

  private read(node: Node, statement: Statement): Readings {
    let readings: Readings;
    try {
      readings = distinct(this.views.slice(0, 2).map((view) => this.lowered(node, view, statement)));
      if (readings.some(({ disconnected }) => !disconnected)) return readings;
    } catch (error) {
      if (!(error instanceof LoweringError)) throw error;
      if (error.code !== 'undefined-name') return error;
      readings = error;
    }
    // Nothing above leads from the one to the other: what the document says of the derivative itself may help.
    const open = orUndefined(() => this.lowered(node, this.last, statement));
    return open && !open.disconnected && (readings instanceof LoweringError || hasUnknown(open.expr))
      ? [open]
      : readings;
  }

  private lowered(node: Node, view: View, statement: Statement): Reading {
    return { ...view.lower(node, statement), view };
  }

  /** @param equal sides that are equal; the first is compared with, the others serve to say what is right */
  decide(equal: readonly Side[], right: Side, stakes: Stakes): Finding {
    const finding = this.decideAsRead(equal, right, stakes);
    if (finding.verdict === 'pass') return this.asMatrices(equal[0] as Side, right, stakes) ?? finding;
    const after = this.afterUpdates(equal, right);
    return after && (finding.verdict === 'fail' || after.verdict === 'pass') ? after : finding;
  }

  /** What holds for numbers is left open where the document is about matrices, and it does not hold for these. */
  private asMatrices(left: Side, right: Side, stakes: Stakes): Finding | undefined {
    const nodes = [left, right].flatMap(({ node }) => node ?? []);
    if (nodes.length < 2 || !speaksOfMatrices(this.model.analysis) || !nodes.some(holdsCapitals)) return undefined;
    const finding = this.decideArrays(left, right, { ...stakes, mayFail: false });
    // That it holds for numbers proves nothing of arrays, and says nothing of their layout.
    if (finding?.verdict === 'pass' && finding.fits) return finding;
    if (finding?.verdict !== 'unknown') return undefined;
    return { verdict: 'unknown', code: 'undecided', message: 'holds for numbers; for matrices it does not' };
  }

  /** What is wrong as it is read is left open where it is right with the other reading of what is ambiguous. */
  private decideAsRead(equal: readonly Side[], right: Side, stakes: Stakes): Finding {
    const finding = this.decideAsDefined(equal, right, stakes);
    if (finding.verdict !== 'fail' || this.isOther) return finding;
    for (const options of otherReadings(this.nodesReached([...equal, right]))) {
      const other = new Decider(this.model, this.statement, options, true);
      const again = (side: Side) => (side.node ? other.side(side.node, side.statement) : side);
      const second = other.decideAsDefined(equal.map(again), again(right), stakes);
      if (second.verdict === 'pass')
        return {
          verdict: 'unknown',
          code: 'ambiguous',
          message: 'holds with another reading of what is ambiguous in it',
        };
    }
    return finding;
  }

  /** The sides, and the definitions that they lead to. */
  private nodesReached(sides: readonly Side[]): Node[] {
    const own = sides.flatMap(({ node }) => node ?? []);
    const names = new Set(own.flatMap((node) => [...this.reached(node)]));
    const { table } = this.model.analysis;
    const bodies = [...names].flatMap((name) => {
      const found = this.last.value(name) ?? table.function(name, this.statement);
      return found?.definition.bodies ?? [];
    });
    return [...own, ...bodies];
  }

  /** What differs from the values of the definitions may still be right for what the updates above have left. */
  private afterUpdates(equal: readonly Side[], right: Side): Finding | undefined {
    const above = updatesAbove(this.model, this.statement);
    if (above.length === 0 || right.readings instanceof LoweringError) return undefined;
    const names = new Set([...equal, right].flatMap(({ node }) => (node ? [...this.reached(node)] : [])));
    const updated = above.find(({ name }) => names.has(name));
    if (!updated) return undefined;
    const stated = right.node && this.numberOf(right.node, right.readings);
    if (!stated) return undefined;
    const own = isUpdate(this.statement.node) ? numbersAfter(this.model, this.statement) : [];
    if ([...own, ...this.valuesAfter(equal)].some((value) => agrees(value, stated.printed, stated.slack)))
      return { verdict: 'pass', strength: 'numerical', message: 'agrees with the value after the updates above' };
    return {
      verdict: 'unknown',
      message: `${nameToText(updated.name)} is updated above: which value is meant is not said`,
      code: 'updated',
    };
  }

  private valuesAfter(equal: readonly Side[]): number[] {
    const points = pointsAfter(this.model, this.statement);
    return equal.flatMap(({ readings }) => {
      if (readings instanceof LoweringError) return [];
      return readings.flatMap(({ view, expr }) => {
        const expanded = view.expanded(expr);
        return points.flatMap((p) => {
          const valueOf = (n: string) => p.get(n) ?? view.constant(n)?.value;
          return [...symbols(expanded)].every((n) => valueOf(n) !== undefined) ? [evaluate(expanded, valueOf)] : [];
        });
      });
    });
  }

  private decideAsDefined(equal: readonly Side[], right: Side, stakes: Stakes): Finding {
    const end = this.model.ended();
    if (end) return ENDED[end];
    spend(DECISION);
    const left = equal[0] as Side;
    const error = [left, right].map(({ readings }) => readings).find((r) => r instanceof LoweringError);
    if (error instanceof LoweringError)
      return this.decideEntries(left, right, stakes) ?? this.decideArrays(left, right, stakes) ?? undecidable(error);
    if (left.readings instanceof LoweringError || right.readings instanceof LoweringError)
      return { verdict: 'unknown', message: 'neither proved nor refuted', code: 'undecided' };
    if ([...left.readings, ...right.readings].some(({ expr }) => hasUnknown(expr))) {
      // ∂p_j/∂z_j is no unknown where p_i has a formula for every i.
      const finding = this.decideArrays(left, right, stakes);
      if (finding && finding.verdict !== 'unknown') return finding;
    }
    try {
      const number = right.node && this.numberOf(right.node, right.readings);
      if (number && !(left.node && isNumericSyntax(left.node) && !isPrinted(number.printed, right.node as Node)))
        return this.decideNumber(equal, right, number, stakes);
      return this.decideFormula(equal, right, left.readings, right.readings, stakes);
    } catch (error) {
      if (!(error instanceof LoweringError)) throw error;
      return this.decideArrays(left, right, stakes) ?? undecidable(error);
    }
  }

  /** Arrays that are written out on both sides: each entry is an equality of its own. Undefined where one stays open. */
  private decideEntries(left: Side, right: Side, stakes: Stakes): Finding | undefined {
    const view = this.views[0] as View;
    const [a, b] = [left, right].map(({ node }) => node && (gradientEntries(node, view) ?? entriesOf(node)));
    const pairs = a && b && paired(a, b);
    if (!pairs) return undefined;
    const isTurned = () => {
      const turned = paired(a, transposed(b));
      return turned?.every(([x, y]) => this.decide([this.entry(x, left)], this.side(y), stakes).verdict === 'pass');
    };
    let strength: Finding['strength'] = 'proved';
    let open = false;
    for (const [index, [x, y]] of pairs.entries()) {
      const entry = [this.entry(x, left), this.side(y)] as const;
      const finding = this.decide([entry[0]], entry[1], stakes);
      if (finding.verdict === 'fail')
        return isTurned()
          ? {
              verdict: 'unknown',
              code: 'layout',
              message: 'equal up to a transpose: which layout is meant is not said',
            }
          : { ...finding, message: `${placeOf(b, index)} ${finding.message}`, entry };
      if (finding.verdict !== 'pass') open = true;
      if (finding.strength === 'numerical') strength = 'numerical';
    }
    if (open) return undefined;
    return { verdict: 'pass', strength, message: `all ${pairs.length} entries agree` };
  }

  private entry(node: Node, { statement }: Side): Side {
    return this.side(node, statement);
  }

  /** Vectors, matrices and open indices. */
  private decideArrays(left: Side, right: Side, { sign, mayFail }: Stakes): Finding | undefined {
    if (!left.node || !right.node || sign === 'approx') return undefined;
    const printed = printedNumber(right.node, (n) => this.source(n));
    // Where a formula is set to zero, its solution is asked for.
    const states = (mayFail || isOfWrittenArrays(left.node, this.views[0] as View)) && printed?.value !== 0;
    const equality = { left: left.node, right: right.node, mayFail: states, ...(printed ? { printed } : {}) };
    const claim = new ArrayClaim(this.model, this.statement, equality, this.options);
    const finding = claim.decide();
    if (finding?.verdict !== 'fail' || printed || finding.expected !== undefined) return finding;
    const names = [...this.reached(left.node), ...this.reached(right.node)].filter((n) => !isDerivativeName(n));
    const isRight = (node: Node) => claim.holdsWith(node);
    const mended = this.repaired(right.node, [...new Set(names)], isRight, MAX_ARRAY_TRIES);
    if (!mended) return finding;
    const message = finding.message.replace(/^the two sides differ/, `should be ${texToText(mended.text)}`);
    return { ...finding, message, expected: mended.text };
  }

  /** A side that is a number: one that is printed, or a calculation with numbers such as 2 − 0.2837. */
  private numberOf(node: Node, readings: readonly Reading[]): StatedNumber | undefined {
    const printed = printedNumber(node, (n) => this.source(n));
    if (printed) return { printed, slack: 0 };
    if (!isNumericSyntax(node)) return undefined;
    const { expr } = readings[0] as Reading;
    if (symbols(expr).size > 0) return undefined;
    const value = evaluate(expr, () => undefined);
    return { printed: { value, unit: 0 }, slack: this.rounding(expr, () => undefined) };
  }

  private rounding(expr: Expr, values: (name: string) => number | undefined): number {
    return roundingError(expr, values, (literal) => this.unitOf(literal));
  }

  private unitOf(literal: Expr): number | undefined {
    const origin = this.model.origins.get(literal);
    if (!origin || !('placed' in origin.place)) return undefined;
    const decimals = decimalsOf(sourceIn(origin.place as Statement, origin.node, this.model.analysis.document.text));
    return decimals === undefined ? 0 : 10 ** -decimals;
  }

  /** … = 0.2813: the value at the numbers that the document gives. */
  private decideNumber(equal: readonly Side[], right: Side, { printed, slack }: StatedNumber, stakes: Stakes): Finding {
    let best: { value: number; ahead: boolean } | undefined;
    let missing: string | undefined;
    let closed = false;
    for (const side of equal) {
      if (side.readings instanceof LoweringError) continue;
      for (const { view, expr, disconnected } of side.readings) {
        const expanded = view.expanded(expr);
        const names = [...freeNames(expanded)];
        // Exactly so, whatever the values: ∂t/∂x = 1.
        if (printed.unit === 0 && compare(expanded, num(printed.value), this.model.domains).equal === true)
          return holdsIntegral(expanded)
            ? { verdict: 'pass', strength: 'numerical', message: 'agrees with the integral in numbers, not proved' }
            : { verdict: 'pass', strength: 'proved', message: 'equal for all values' };
        const valueOf = withIntegrals((n: string) => stakes.given?.get(n)?.value ?? view.constant(n)?.value);
        const unknown = names.find((n) => valueOf(n) === undefined);
        if (unknown !== undefined) {
          missing = unknown;
          continue;
        }
        const value = evaluate(expanded, valueOf);
        if (holdsIntegral(expanded)) {
          if (!Number.isFinite(value)) return NO_INTEGRAL;
          closed ||= names.length === 0;
        } else closed ||= names.length === 0 && holdsLimit(side);
        const error =
          slack +
          this.rounding(expr, (n) => stakes.given?.get(n)?.value ?? this.numberAt(view, n)) +
          this.givenError(expanded, valueOf, stakes.given);
        if (agrees(value, printed, error) || (stakes.sign === 'approx' && agreesRoughly(value, printed, error)))
          return {
            verdict: 'pass',
            strength: isNumeric(expanded) && printed.unit === 0 ? 'proved' : 'numerical',
            message: 'agrees with the value, to the digits printed',
          };
        if (stakes.given ? false : new Candidates(this.model, view).reach(expr, printed, error))
          missing ??= names[0] ?? '';
        else if (stakes.sign !== 'approx' || differsClearly(value, printed, error))
          best ??= {
            value,
            ahead: disconnected || names.some((n) => !stakes.given?.has(n) && view.constant(n)?.ahead),
          };
      }
    }
    const isFormula = left(equal).node === undefined || !isNumericSyntax(left(equal).node as Node);
    if (
      !best ||
      missing !== undefined ||
      best.ahead ||
      this.views.some((v) => v.lookedAheadForBodies) ||
      !(stakes.mayFail || closed) ||
      // Where a formula is set to zero, its solution is asked for.
      (printed.value === 0 && isFormula && !closed && !stakes.given)
    )
      return {
        verdict: 'unknown',
        message:
          missing === undefined || missing === ''
            ? 'the document does not give the values at this place'
            : `${nameToText(missing)} has no certain value at this place`,
        code: integralIn(equal, right) ? (NO_INTEGRAL.code as string) : 'no-value',
      };
    if (!Number.isFinite(best.value))
      return { verdict: 'unknown', message: 'the value is not a finite number', code: 'no-value' };
    const { node } = right;
    const mended =
      node && bare(node).kind !== 'number' && printed.unit === 0
        ? this.mended(node, [], (reading) => {
            if (symbols(reading.expr).size > 0) return false;
            const difference = evaluate(reading.expr, () => undefined) - (best as { value: number }).value;
            return Math.abs(difference) <= slack + 1e-9 * Math.abs((best as { value: number }).value);
          })
        : undefined;
    const value = printLike(best.value, printed);
    if (mended)
      return {
        verdict: 'fail',
        code: 'wrong-value',
        message: `should be ${expressionToText(mended.reading.expr)} = ${formatNumber(best.value)}`,
        expected: mended.text,
      };
    return {
      verdict: 'fail',
      code: 'wrong-value',
      message: `should be ${value.replace('-', '−')}`,
      expected: value,
    };
  }

  /** How far a value may be off because the numbers that are given for this claim are rounded. */
  private givenError(
    expr: Expr,
    valueOf: (name: string) => number | undefined,
    given: ReadonlyMap<string, PrintedNumber> | undefined,
  ): number {
    let error = 0;
    const value = evaluate(expr, valueOf);
    for (const [name, { value: at, unit }] of given ?? []) {
      if (unit === 0 || !symbols(expr).has(name)) continue;
      for (const end of [at - unit / 2, at + unit / 2]) {
        const there = evaluate(expr, (n) => (n === name ? end : valueOf(n)));
        if (Number.isFinite(there)) error = Math.max(error, Math.abs(there - value));
      }
    }
    return error;
  }

  private numberAt(view: View, name: string): number | undefined {
    if (isIntegral(name)) return withIntegrals((n) => this.numberAt(view, n))(name);
    const definition = view.definition(name);
    if (!definition) return view.constant(name)?.value;
    return evaluate(view.expanded(definition), (n) => view.constant(n)?.value);
  }

  private decideFormula(
    equal: readonly Side[],
    right: Side,
    a: readonly Reading[],
    b: readonly Reading[],
    stakes: Stakes,
  ): Finding {
    let failure: Failure | undefined;
    let undecided: string | undefined;
    let ahead = false;
    // ∂p/∂h = … is what the document says of an unknown p: it is given, not claimed.
    const lone = [...a, ...b].find(({ expr }) => expr.kind === 'symbol' && isDerivativeName(expr.name));
    if (lone)
      return { verdict: 'unknown', message: `${expressionToText(lone.expr)} has no formula`, code: 'undefined-name' };
    for (const x of a)
      for (const y of b) {
        // What stands further down is left out of account on both sides, or on none.
        const open = x.view === this.last || y.view === this.last;
        const [p, q] = upToConstant(
          (open ? this.last : x.view).expanded(x.expr),
          (open ? this.last : y.view).expanded(y.expr),
        );
        if (holdsIndefinite(p) || holdsIndefinite(q)) return NO_INTEGRAL;
        const result = compare(p, q, this.model.domains);
        if (result.equal === true && x.disconnected && y.disconnected)
          undecided ??= 'the definitions do not say how the one depends on the other';
        else if (result.equal === true)
          return result.strength === 'proved'
            ? { verdict: 'pass', strength: 'proved', message: 'proved' }
            : {
                verdict: 'pass',
                strength: 'numerical',
                message: `agrees ${result.points === 1 ? 'in numbers' : `at ${result.points} random points`}, not proved`,
              };
        else if (result.equal === undefined && (holdsIntegral(p) || holdsIntegral(q))) return NO_INTEGRAL;
        else if (result.equal === undefined)
          undecided ??= result.partly ? 'holds in a part of the domain only' : 'neither proved nor refuted';
        else if (x.disconnected || y.disconnected)
          undecided ??= 'the definitions do not say how the one depends on the other';
        else {
          ahead ||= !open && [x.view, y.view].some((v) => v.lookedAheadForBodies);
          if (this.agreesHere(p, q, x, y) || this.agreesWithNumbers(p, q, x))
            return { verdict: 'pass', strength: 'numerical', message: 'holds for the values that the document gives' };
          const doubt = this.doubt(p, q, left(equal), right);
          if (doubt) undecided ??= doubt;
          else
            failure ??= {
              ...result,
              expected: p,
              shown: this.valuesAt(result.point, new Set([...freeNames(x.expr), ...freeNames(y.expr)]), x.view),
            };
        }
      }
    const stated = integralIn(equal, right) ? statesIntegral(a, b) : stakes.mayFail || statesLimit(left(equal), a, b);
    if (!failure || undecided || ahead || !stated)
      return {
        verdict: 'unknown',
        message: undecided ?? 'neither proved nor refuted',
        code: integralIn(equal, right) ? (NO_INTEGRAL.code as string) : 'undecided',
      };
    if (stakes.sign === 'approx')
      return { verdict: 'unknown', message: 'an approximation, not an equality', code: 'approximation' };
    if (integralIn(equal, right)) return differentIntegrals(failure, left(equal), right);
    const expected = this.right(equal, right, failure) ?? this.shortest(equal, right);
    const values = failure.values.map((v) => formatNumber(v));
    const where =
      failure.shown.size === 0 || failure.shown.size > MAX_NAMES
        ? ''
        : `: at ${pointToText(failure.shown)} it is ${values[0]}, not ${values[1]}`;
    return {
      verdict: 'fail',
      code: [left(equal), right].some((s) => s.node && holdsDerivative(s.node)) ? 'wrong-derivative' : 'wrong-formula',
      message: `should be ${expected.plain}${where}`,
      expected: expected.tex,
      point: counterexample(failure.point),
    };
  }

  /** Why two sides that differ may still not be called different. */
  private doubt(p: Expr, q: Expr, leftSide: Side, rightSide: Side): string | undefined {
    const [inP, inQ] = [freeNames(p), freeNames(q)];
    const unknown = new Set([...inP, ...inQ].filter(isDerivativeName));
    if (unknown.size > 1 || [...unknown].some((n) => !inP.has(n) || !inQ.has(n)))
      return `${nameToText([...unknown][0] as string)} has no formula`;
    // λ in ∂f/∂x = λ ∂g/∂x is not known to be wrong: the equality may be what says what λ is.
    const derivativeLeft = !leftSide.node || holdsDerivative(leftSide.node);
    const derivativeRight = rightSide.node !== undefined && holdsDerivative(rightSide.node);
    for (const [side, known, other] of [
      ...(derivativeLeft || !derivativeRight ? [[leftSide, inP, inQ] as const] : []),
      ...(derivativeRight ? [[rightSide, inQ, inP] as const] : []),
    ]) {
      const familiar = new Set([...known, ...(side.node ? this.reached(side.node) : [])].map(baseOf));
      const stranger = [...other].find((n) => !familiar.has(baseOf(n)) && !this.last.isValue(n));
      if (stranger !== undefined) return `the document does not say what ${nameToText(stranger)} is`;
    }
    if (this.last.droppedIndices.size > 0 && [...inQ].some((n) => !inP.has(n) && !this.last.isValue(n)))
      return 'an index is left out';
    const varied = variablesOf([leftSide, rightSide].flatMap(({ node }) => node ?? []));
    return holdsForLabels(p, q, this.model.domains, varied);
  }

  /** The names in a side, and those that their definitions lead to. */
  reached(node: Node): ReadonlySet<string> {
    const names = new Set<string>();
    const follow = (name: string) => {
      if (names.has(name)) return;
      names.add(name);
      const expr = orUndefined(() => this.last.expression(name));
      for (const n of expr ? symbols(expr) : []) follow(n);
    };
    walk(node, (n) => {
      if (n.kind === 'symbol') follow(n.name);
    });
    return names;
  }

  private valuesAt(point: ReadonlyMap<string, number>, names: ReadonlySet<string>, view: View): Map<string, number> {
    const values = new Map<string, number>();
    for (const name of names) {
      const expanded = orUndefined(() => view.expanded(sym(name)));
      const value =
        expanded &&
        evaluate(
          expanded,
          withIntegrals((n) => point.get(n) ?? NaN),
        );
      if (value === undefined || !Number.isFinite(value)) return new Map(point);
      values.set(name, value);
    }
    return values;
  }

  /** The formula of the right side, mended. */
  private right(equal: readonly Side[], { node }: Side, { point, expected, values }: Failure): Right | undefined {
    if (!node || holdsIntegral(expected)) return undefined;
    const names = new Set(equal.flatMap((s) => (s.node ? [...this.reached(s.node)] : [])));
    for (const n of this.reached(node)) names.add(n);
    const mended = this.mended(
      node,
      [...names].filter((n) => !isDerivativeName(n)),
      ({ expr, view }) => {
        const full = view.expanded(expr);
        // Most changes are wrong at the counterexample already.
        if ([...symbols(full)].some((n) => !point.has(n) && !symbols(expected).has(n))) return false;
        const there = evaluate(full, (n) => point.get(n) ?? 0.5);
        const wanted = [...symbols(full)].every((n) => point.has(n)) ? values[0] : there;
        if (!(Math.abs(there - wanted) <= 1e-8 * Math.abs(wanted))) return false;
        return compare(expected, full, this.model.domains).equal === true;
      },
    );
    return mended && { tex: mended.text, plain: expressionToText(mended.reading.expr) };
  }

  /** A change to a formula that makes it right. */
  mended(node: Node, names: readonly string[], isRight: (reading: Reading) => boolean) {
    let found: Reading | undefined;
    const mended = this.repaired(node, names, (root) =>
      [...this.views].some((view) => {
        const reading = orUndefined(() => ({ ...lower(root, view, {}, new WeakMap()), view }));
        if (!reading || reading.disconnected || !orUndefined(() => isRight(reading))) return false;
        found = reading;
        return true;
      }),
    );
    return mended && found && { text: mended.text, reading: found };
  }

  private repaired(node: Node, names: readonly string[], isRight: (node: Node) => boolean, tries?: number) {
    const { analysis } = this.model;
    const { from } = spanIn(this.statement, node);
    const source = analysis.document.text.slice(from, from + node.to - node.from);
    const declarations = { role: (name: string) => analysis.roles.get(name) };
    const tried = (root: Node) => {
      spend(DECISION);
      return isRight(root);
    };
    return repair(source, node, node.from, names, declarations, tried, tries);
  }

  /** The right formula, as short as the sides that agree allow. */
  private shortest(equal: readonly Side[], { text: beside }: Side): Right {
    const formulas = equal.flatMap(({ readings }) =>
      readings instanceof LoweringError
        ? []
        : readings.map(({ expr: written }) => {
            const expr = substitute(written, (n) => (isDerivativeName(n) ? this.last.definition(n) : undefined));
            return { expr, tex: formulaToTex(expr, beside) };
          }),
    );
    const { expr, tex } = formulas.reduce((a, b) => (b.tex.length < a.tex.length ? b : a));
    return { tex, plain: expressionToText(expr) };
  }

  /** For y = a x³ with a = 2 it is 6 x²: some of the names have numbers. */
  private agreesWithNumbers(p: Expr, q: Expr, { view }: Reading): boolean {
    let [known, open] = [0, 0];
    const withNumbers = (e: Expr) =>
      substitute(e, (name) => {
        const constant = view.constant(name);
        const value = constant && !constant.ahead ? constant.value : undefined;
        if (value === undefined) open++;
        else known++;
        return value === undefined ? undefined : num(value);
      });
    const [a, b] = [withNumbers(p), withNumbers(q)];
    return known > 0 && open > 0 && compare(a, b, this.model.domains).equal === true;
  }

  /** At the numbers of the document the two agree, although they differ elsewhere. */
  private agreesHere(p: Expr, q: Expr, x: Reading, y: Reading): boolean {
    const names = new Set([...freeNames(p), ...freeNames(q)]);
    if (names.size === 0 && !isNumeric(x.expr) && !isNumeric(y.expr)) return false;
    const valueOf = (n: string) => {
      const constant = x.view.constant(n);
      return constant?.ahead ? undefined : constant?.value;
    };
    if ([...names].some((n) => valueOf(n) === undefined)) return false;
    const [a, b] = [p, q].map((e) => evaluate(e, withIntegrals(valueOf))) as [number, number];
    const error =
      this.rounding(x.expr, (n) => this.numberAt(x.view, n)) + this.rounding(y.expr, (n) => this.numberAt(y.view, n));
    return Math.abs(a - b) <= error + 1e-9 * Math.max(Math.abs(a), Math.abs(b), 1e-12);
  }

  /** The text of a node, on one line. */
  source(node: Node, statement = this.statement): string {
    return textOf(this.model.analysis, spanIn(statement, node)).replace(/\s+/g, ' ').trim();
  }

  private text({ from, to }: Span): string {
    return this.model.analysis.document.text.slice(from, to);
  }
}

interface StatedNumber {
  readonly printed: PrintedNumber;
  /** How far the stated number itself may be off. */
  readonly slack: number;
}

interface Right {
  readonly tex: string;
  readonly plain: string;
}

export interface Failure {
  readonly point: ReadonlyMap<string, number>;
  readonly values: readonly [number, number];
  readonly expected: Expr;
  /** The point in the names that are written, such as a for σ(wx + b). */
  readonly shown: ReadonlyMap<string, number>;
}

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof LoweringError) return undefined;
    throw error;
  }
}

/** Work of reading two sides. */
const DECISION = 50;

const ENDED: Readonly<Record<End, Finding>> = {
  work: {
    verdict: 'unknown',
    message: 'the work for one document was used up before this was decided',
    code: 'budget',
  },
  time: {
    verdict: 'unknown',
    message: 'this machine was too busy: the time for one document was over before this was decided',
    code: 'time',
  },
};

/** Changes to a formula of arrays that are tried: each is evaluated several times. */
const MAX_ARRAY_TRIES = 40;

/** A point with more names than this is not written out. */
const MAX_NAMES = 4;

const left = (equal: readonly Side[]): Side => equal[0] as Side;

const hasUnknown = (expr: Expr) => [...symbols(expr)].some(isDerivativeName);

/** A name without its index: w for w_{12}. */
const baseOf = (name: string) => name.replace(/[_^].*$/, '');

/** Numbers on both sides are compared as formulas, unless the right one is the printed result. */
const isPrinted = (printed: PrintedNumber, node: Node) => printed.unit > 0 || bare(node).kind === 'number';

function undecidable(error: LoweringError): Finding {
  return { verdict: 'unknown', message: error.message, code: error.code };
}

export function counterexample(point: ReadonlyMap<string, number>): NonNullable<Claim['point']> {
  return [...point].map(([name, value]) => ({
    name: [nameToTex(name)],
    value,
    origin: { kind: 'assumed' as const },
  }));
}

/** An expression as the document would write it. */
export function formulaToTex(expr: Expr, beside: string): string {
  const tex = toLatex(simplify(inGeneral(expr)), { symbol: nameToTex, fractions: 'stacked' });
  return isSpaced(beside) ? tex : closed(tex);
}

/** Most operands read the same either way. */
function distinct(readings: readonly Reading[]): readonly Reading[] {
  const [a, b] = readings;
  return a && b && a.disconnected === b.disconnected && sameExpression(a.expr, b.expr) ? [a] : readings;
}

export function holdsDerivative(node: Node): boolean {
  let seen = false;
  walk(node, (n) => {
    if (n.kind === 'derivative' || n.kind === 'gradient' || n.kind === 'prime') seen = true;
    return !seen;
  });
  return seen;
}

/** Nothing but numbers is written, and the index of a sum. */
export function isNumericSyntax(node: Node): boolean {
  const bound = new Set(['pi', 'e']);
  walk(node, (n) => {
    if (n.kind === 'range' && n.variable) bound.add(n.variable.name);
  });
  let names = false;
  walk(node, (n) => {
    if (n.kind === 'symbol' && !bound.has(n.name)) names = true;
    return !names;
  });
  return !names;
}
