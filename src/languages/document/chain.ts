/** The claims of one statement: each link of a chain of equalities is a claim of its own. */
import { symbols } from '../../symbolic';
import type { Claim } from '../frontEnd';
import { LoweringError } from '../latex/lower';
import { bare, children, type Node, type RelationOperator, walk } from '../latex/tree';
import { compare } from './compare';
import {
  counterexample,
  Decider,
  type Finding,
  formulaToTex,
  holdsDerivative,
  isNumericSyntax,
  type Side,
} from './decide';
import { printedNumber } from './digits';
import { isTemperature } from './definitions';
import type { Model, View } from './model';
import { expressionToText } from './plainText';
import { spanIn, type Statement } from './statements';
import { rowMeaning } from './traceRows';

interface Operand {
  readonly node: Node;
  /** Where it is written: a chain may go on in a formula of its own. */
  readonly statement: Statement;
  /** How it is joined to the one before. */
  readonly sign: RelationOperator | undefined;
}

const EQUALITIES: ReadonlySet<RelationOperator> = new Set(['eq', 'equiv', 'define', 'approx']);

export function chainClaims(model: Model, statement: Statement): Claim[] {
  return new Chain(model, statement).claims();
}

class Chain {
  private readonly decider: Decider;
  private readonly operands: readonly Operand[];
  private readonly sides = new Map<Node, Side>();

  constructor(
    private readonly model: Model,
    private readonly statement: Statement,
  ) {
    this.decider = new Decider(model, statement);
    this.operands = chainOf(model, statement).flatMap((s) => operandsOf(s));
  }

  claims(): Claim[] {
    const claims: Claim[] = [];
    const row = this.row();
    if (row) claims.push(row);
    const [first] = this.operands;
    /** Operands that were found equal to each other; the first group holds the beginning of the chain. */
    let groups: Side[][] = this.definesFirst() || !first ? [] : [[this.side(first)]];
    let before = groups[0];
    for (const operand of this.operands.slice(row ? 2 : 1)) {
      const { node, sign } = operand;
      // Nothing is said where nothing stands behind the sign.
      if (node.kind === 'error' || isTemperature(node)) continue;
      const reference = groups[0]?.[0];
      if (!sign || !EQUALITIES.has(sign)) {
        before = [this.side(operand)];
        groups = [before];
      } else if (this.definesName(operand) || (reference?.node && this.implies(reference.node, node))) continue;
      else if (!reference) {
        before = [this.side(operand)];
        groups = [before];
      } else {
        const side = this.side(operand);
        const { finding, group } = this.judge(groups, before, side, sign);
        if (operand.statement === this.statement) claims.push(this.claim(side, group[0] as Side, finding));
        if (side.readings instanceof LoweringError) continue;
        if (finding.verdict === 'pass') {
          group.push(side);
          before = group;
        } else if (!this.isRounded(node)) {
          before = [side];
          groups = reference.readings instanceof LoweringError ? [before] : [...groups, before];
        }
      }
    }
    return claims;
  }

  /** A link is judged by the beginning of the chain; where that does not tell, or is wrong already, by what stands before it. */
  private judge(groups: readonly Side[][], before: Side[] | undefined, side: Side, sign: RelationOperator): Judged {
    const start = groups[0] as Side[];
    const finding = this.decide(start, side, sign);
    if (finding.verdict === 'pass' || !before || before === start) return { finding, group: start };
    const nearer = this.decide(before, side, sign);
    if (nearer.verdict === 'pass' || (nearer.verdict === 'fail' && finding.verdict === 'unknown'))
      return { finding: nearer, group: before };
    return { finding, group: start };
  }

  private decide(group: readonly Side[], side: Side, sign: RelationOperator): Finding {
    return this.decider.decide(group, side, { sign, mayFail: this.mayFail(group[0] as Side, side) });
  }

  private side({ node, statement }: Operand): Side {
    let side = this.sides.get(node);
    if (!side) this.sides.set(node, (side = this.decider.side(node, statement)));
    return side;
  }

  private isRounded(node: Node): boolean {
    return (printedNumber(node, (n) => this.decider.source(n))?.unit ?? 0) > 0;
  }

  private definesFirst(): boolean {
    const first = this.operands[0];
    return first !== undefined && (this.definesName(first) || bare(first.node).kind === 'tuple');
  }

  /** The statement itself defines this operand: a name, or a function at its parameters. */
  private definesName({ node, statement }: Operand): boolean {
    return this.model.analysis.table.all.some(
      (d) =>
        d.statement === statement &&
        !(d.kind === 'value' && this.model.restates(d)) &&
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

  /** An equality that only asks for its solutions is not false: what can be false states a derivative, numbers, or forms of one value. */
  private mayFail(left: Side, right: Side): boolean {
    if (left.node && right.node && isExpansion(left.node, right.node)) return false;
    if (this.operands[0]?.statement.node.kind === 'update' || this.definesFirst()) return true;
    if (this.operands.some(({ node }) => holdsDerivative(node))) return true;
    if (!left.node || !right.node || !isNumericSyntax(right.node)) return false;
    if (isNumericSyntax(left.node)) return true;
    // f(4.1) = 2 + 0.25 · 0.1 approximates.
    return printedNumber(right.node, (n) => this.decider.source(n)) !== undefined && this.isValueOfFunction(left.node);
  }

  /** f(3): of functions that the section defines above, at numbers. */
  private isValueOfFunction(node: Node): boolean {
    const { table } = this.model.analysis;
    let known = true;
    const visit = (n: Node): void => {
      if (n.kind === 'call' && n.callee.kind === 'symbol') {
        const found = table.function(n.callee.name, this.statement);
        known &&= found?.ahead === false && found.definition.statement.section === this.statement.section;
        n.args.forEach(visit);
      } else if (n.kind === 'symbol') known &&= n.name === 'pi' || n.name === 'e';
      else children(n).forEach(visit);
    };
    visit(node);
    return known;
  }

  /** A row of a hand-made tangent or adjoint trace: \bar v_3 = \bar v_5 v_5 + \bar v_6. */
  private row(): Claim | undefined {
    const [first, second] = this.operands;
    if (!first || !second || second.sign !== 'eq' || second.statement !== this.statement) return undefined;
    const meaning = rowMeaning(this.decider.views[0] as View, this.statement, first.node, second.node);
    if (!meaning) return undefined;
    const result = compare(meaning.expected, meaning.stated);
    const [left, right] = [this.side(first), this.side(second)];
    if (result.equal === true)
      return this.claim(right, left, {
        verdict: 'pass',
        strength: result.strength,
        message: 'the row agrees with the definitions',
      });
    if (result.equal === undefined) return undefined;
    const names = new Set([...this.decider.reached(second.node), ...symbols(meaning.local)]);
    // For every direction, not only for the one whose tangents are 0 and 1 here.
    const mended = this.decider.mended(
      second.node,
      [...names],
      ({ expr }) => compare(meaning.local, expr).equal === true,
    );
    return this.claim(right, left, {
      verdict: 'fail',
      code: 'wrong-row',
      message: `by the definitions it should be ${expressionToText(mended?.reading.expr ?? meaning.local)}`,
      expected: mended?.text ?? formulaToTex(meaning.local, right.text),
      point: counterexample(result.point),
    });
  }

  private claim(chainRight: Side, chainLeft: Side, { entry, ...finding }: Finding): Claim {
    const [left, right] = entry ?? [chainLeft, chainRight];
    const text = `${left.text} = ${right.text}`;
    return { id: text, name: left.text, span: spanIn(this.statement, right.node as Node), text, ...finding };
  }
}

interface Judged {
  readonly finding: Finding;
  /** What the operand was compared with. */
  readonly group: Side[];
}

/** f(4.1) = f(4) + 0.1 f′(4), f(x + h) = f(x) + h f′(x): written with a sign of equality, meant to first order. */
function isExpansion(left: Node, right: Node): boolean {
  const call = bare(left);
  if (call.kind !== 'call' || call.callee.kind !== 'symbol') return false;
  const { name } = call.callee;
  let seen = false;
  walk(right, (n) => {
    if (n.kind === 'prime' && n.operand.kind === 'symbol' && n.operand.name === name) seen = true;
    return !seen;
  });
  return seen;
}

function contains(node: Node, inner: Node): boolean {
  let seen = false;
  walk(node, (n) => {
    if (n === inner) seen = true;
    return !seen;
  });
  return seen;
}

/** Words between two formulas, beyond which the second does not go on with the first. */
const MAX_GAP = 40;

/** The statements that make up a chain, to this one: `= c` goes on with the formula above. */
function chainOf({ analysis }: Model, statement: Statement): Statement[] {
  const chain = [statement];
  for (let first = statement; first.node.kind === 'continuation';) {
    const before = analysis.statements[first.index - 1];
    if (!before || before.condition || before.section !== first.section || before.formula === first.formula) break;
    if (before.placed.region.quoted !== first.placed.region.quoted) break;
    const gap = analysis.document.text.slice(before.placed.region.to, first.placed.region.from);
    if (gap.trim().length > MAX_GAP) break;
    if (before.node.kind !== 'relation' && before.node.kind !== 'continuation' && before.node.kind !== 'update') break;
    chain.unshift(before);
    first = before;
  }
  return chain;
}

function operandsOf(statement: Statement, node: Node = statement.node): Operand[] {
  if (node.kind === 'update') return operandsOf(statement, node.value);
  if (node.kind === 'relation')
    return node.operands.map((o, i) => ({ node: o, statement, sign: node.signs[i - 1]?.op }));
  if (node.kind === 'continuation')
    return node.operands.map((o, i) => ({ node: o, statement, sign: node.signs[i]?.op }));
  return [{ node, statement, sign: undefined }];
}
