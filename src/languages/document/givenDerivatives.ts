/**
 * Derivatives that a document states of names which it does not define: ∂p/∂h = σ(h)(1 − σ(h)) where p has no formula. They
 * are given, not claimed, and later formulas may rely on them.
 */
import { derivativeName } from '../latex/unknownDerivatives';
import { bare, type Node } from '../latex/tree';
import { isRelation, sourceIn, type Statement } from './statements';
import type { DocumentAnalysis } from './analysis';

export interface GivenDerivative {
  readonly statement: Statement;
  readonly bodies: readonly Node[];
}

export class GivenDerivatives {
  private readonly byName = new Map<string, GivenDerivative[]>();

  constructor(private readonly analysis: DocumentAnalysis) {
    for (const statement of analysis.stated) {
      const { node } = statement;
      if (!isRelation(node) || statement.condition) continue;
      const name = nameOfDerivative(node.operands[0] as Node);
      if (name === undefined) continue;
      const end = node.signs.findIndex(({ op }) => op !== 'eq');
      const bodies = node.operands.slice(1, end < 0 ? undefined : end + 1);
      if (bodies.length === 0) continue;
      const list = this.byName.get(name);
      if (list) list.push({ statement, bodies });
      else this.byName.set(name, [{ statement, bodies }]);
    }
  }

  /** What was said above, in the same section and before the statement; undefined where two sayings differ. */
  before(name: string, at: Statement): GivenDerivative | undefined {
    const found = (this.byName.get(name) ?? []).filter(
      ({ statement }) => statement.index < at.index && statement.section === at.section,
    );
    const texts = new Set(found.map((g) => g.bodies.map((b) => this.text(g.statement, b)).join('=')));
    return texts.size === 1 ? found.at(-1) : undefined;
  }

  private text(statement: Statement, node: Node): string {
    return sourceIn(statement, node, this.analysis.document.text).replace(/\s+/g, '');
  }
}

function nameOfDerivative(node: Node): string | undefined {
  const inner = bare(node);
  if (inner.kind !== 'derivative') return undefined;
  const operand = bare(inner.operand);
  const variables = inner.variables.map(bare);
  if (operand.kind !== 'symbol') return undefined;
  const names = variables.flatMap((v) => (v.kind === 'symbol' ? [v.name] : []));
  return names.length === variables.length ? derivativeName(operand.name, names) : undefined;
}
