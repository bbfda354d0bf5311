/** How formulas are written that we offer: as their author writes. */
import { apply, type Expr } from '../../symbolic';

/** `2 x` and `a b` with spaces, rather than `2x` and `ab`. */
export function isSpaced(source: string): boolean {
  return /(?:\d|(?<![A-Za-z\\])[A-Za-z]) (?:[A-Za-z](?![A-Za-z])|\\(?!cdot|times|le|ge|ne|to|quad|text|in\b))/.test(
    source,
  );
}

/**
 * Without the spaces between factors. Those around signs stay, and those that end a command; a word of several letters stays
 * apart.
 */
export function closed(tex: string): string {
  return tex.replace(
    /(?<=(?:\d|[)}\]]|(?<![A-Za-z\\])[A-Za-z])) (?=(?:[A-Za-z](?![A-Za-z])|[([]|\\))/g,
    (space, at: number) => {
      const next = tex.slice(at + 1);
      if (OPERATORS.test(next)) return space;
      // \sin^2 x
      if (/\\[A-Za-z]+\^\d$/.test(tex.slice(0, at))) return space;
      // x (1 + x) may read as a call.
      return /^[([]/.test(next) && /[A-Za-z]$/.test(tex.slice(0, at)) ? space : '';
    },
  );
}

const OPERATORS =
  /^\\(?:cdot|times|pm|mp|wedge|vee|le|ge|ne|lt|gt|leq|geq|neq|to|text|quad|qquad|otimes|odot|oslash)(?![A-Za-z])/;

/** A derivative where it exists in general: what it is at single points, 0^0 and the like, is left out. */
export function inGeneral(expr: Expr): Expr {
  if (expr.kind !== 'apply') return expr;
  const args = expr.args.map(inGeneral);
  const [condition, , otherwise] = args;
  if (expr.op === 'where' && condition && otherwise && isSinglePoint(condition)) return otherwise;
  return apply(expr.op, ...args);
}

function isSinglePoint(condition: Expr): boolean {
  if (condition.kind !== 'apply') return false;
  return condition.op === 'eq' || (condition.op === 'and' && condition.args.some(isSinglePoint));
}
