/** The cells of tables as formulas or words, whatever the table is written in. */
import { parseFormula } from '../../latex/parse';
import type { Node } from '../../latex/tree';
import type { TableCell, TableRegion } from '../../regions';
import type { DocumentAnalysis } from '../analysis';
import type { Statement } from '../statements';

export interface Cell extends TableCell {
  /** What is written beside formulas, in lower case. */
  readonly words: string;
  /** The one formula of the cell. */
  readonly formula?: { readonly statement: Statement; readonly node: Node };
}

export interface Table {
  readonly region: TableRegion;
  readonly header: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A number, or a calculation with numbers, that stands in a cell without the marks of a formula. */
const PLAIN_NUMBER =
  /^(?=.*\d)(?:[\d\s.,+\-*/^(){}=]|e(?=\^)|\d[eE][+-]?\d|\\(?:frac|cdot|times|left|right|log|ln|exp|sqrt|pi)\b)+$/;

/** A heading that is a formula without its marks: `x`, `f(x)`, `f'(x)`, `dy/dx`. */
const PLAIN_HEADING = /^(?:[A-Za-z](?:_?\d)?|[A-Za-z]'{0,2}\([a-z]\)|d[a-z]\/d[a-z])$/;

/** The tables of a document that are not quoted, with their cells read. */
export function tablesIn(analysis: DocumentAnalysis): Table[] {
  return analysis.regions.tables.flatMap((region) => {
    const reader = new CellReader(analysis, region);
    return reader.quoted
      ? []
      : [
          {
            region,
            header: region.header.map((c) => reader.read(c, PLAIN_HEADING)),
            rows: region.rows.map((row) => row.map((c) => reader.read(c, PLAIN_NUMBER))),
          },
        ];
  });
}

class CellReader {
  private readonly statements: readonly Statement[];
  private readonly before: Statement | undefined;
  readonly quoted: boolean;

  constructor(
    private readonly analysis: DocumentAnalysis,
    table: TableRegion,
  ) {
    const { statements } = analysis;
    this.statements = statements.filter((s) => s.placed.base >= table.from && s.placed.base < table.to);
    this.before = statements.filter((s) => s.placed.base < table.from).at(-1);
    this.quoted = this.statements.some((s) => s.placed.region.quoted);
  }

  /** A statement with all rows above it: a row may speak of those that follow. */
  private late(statement: Statement): Statement {
    const { index, formula } = this.statements.at(-1) ?? statement;
    return { ...statement, index, formula };
  }

  read(cell: TableCell, plain: RegExp): Cell {
    const inside = this.statements.filter((s) => s.placed.base >= cell.from && s.placed.base < cell.to);
    const [statement, ...others] = inside;
    const text = this.analysis.document.text.slice(cell.from, cell.to);
    if (statement) {
      const { region } = statement.placed;
      const words = wordsOf(text.slice(0, region.from - cell.from) + ' ' + text.slice(region.to - cell.from));
      const whole = others.length === 0 && statement.condition === undefined;
      return {
        ...cell,
        words,
        ...(whole ? { formula: { statement: this.late(statement), node: statement.node } } : {}),
      };
    }
    const marked = text.trim().replace(/^\*\*(.*)\*\*$/, '$1');
    const from = cell.from + text.indexOf(marked);
    // A minus sign as it is typeset.
    const source = marked.replaceAll('−', '-');
    const near = this.statements.filter((s) => s.placed.base < cell.from).at(-1) ?? this.before ?? this.statements[0];
    if (!near || !plain.test(source)) return { ...cell, words: wordsOf(text) };
    const formula = parseFormula(source);
    if (formula.errors.length > 0) return { ...cell, words: wordsOf(text) };
    const span = { from, to: from + marked.length };
    const region = { ...span, content: [span], display: false, quoted: false };
    const own: Statement = { ...this.late(near), placed: { region, base: from, formula }, node: formula.root };
    return { ...cell, words: '', formula: { statement: own, node: formula.root } };
  }
}

function wordsOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/\\[a-z]+/g, ' ')
    .replace(/[^\p{L}\p{N}'’]+/gu, ' ')
    .trim();
}
