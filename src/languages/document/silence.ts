/**
 * `wengert: ignore` silences claims. Where it stands says which: in a row of a table or a line inside a formula, those of that
 * line; behind a formula, those of that formula; else those of the formula or table that comes next.
 */
import type { Span } from '../../model';
import type { MathRegion } from '../regions';
import type { DocumentAnalysis } from './analysis';

/** Where claims are silenced, in order of the directives. */
export function silencedSpans(analysis: DocumentAnalysis): Span[] {
  const { text } = analysis.document;
  const { math, tables } = analysis.regions;
  return analysis.directives.flatMap((at) => {
    if (at.kind !== 'ignore') return [];
    const line = lineAt(text, at.from);
    if ([...tables, ...math].some((r) => r.from < at.from && at.from < r.to)) return [line];
    const behind = math.filter((m) => m.to <= at.from && m.to > line.from).at(-1);
    if (behind) return [behind];
    const next = [...math, ...tables].filter((r) => r.from >= at.from).sort(outermostFirst)[0];
    return next ? [next] : [];
  });
}

const outermostFirst = (a: Span, b: Span) => a.from - b.from || b.to - a.to;

export function isSilenced(span: Span, silenced: readonly Span[]): boolean {
  return silenced.some((s) => span.from < s.to && s.from < span.to);
}

export interface Insertion {
  readonly at: number;
  readonly text: string;
}

const TEX = '% wengert: ignore';
const HTML = '<!-- wengert: ignore -->';

/** What to write where so that a claim is silenced; undefined where the line has no room for a comment. */
export function silenceFor(analysis: DocumentAnalysis, claim: Span): Insertion | undefined {
  const { text } = analysis.document;
  const { math, tables, comments } = analysis.regions;
  const isTex = analysis.markdown === undefined;
  const line = lineAt(text, claim.to);
  const region = math.find((m) => m.from <= claim.from && claim.to <= m.to);
  const table = tables.find((t) => t.from <= claim.from && claim.to <= t.to);
  const endOfLine = (): Insertion | undefined =>
    comments.some((c) => c.from < line.to && c.to > claim.to) ? undefined : { at: line.to, text: ` ${TEX}` };
  if (table && isTex) return endOfLine();
  if (table) {
    const cell = table.rows.flat().find((c) => c.from <= claim.from && claim.to <= c.to);
    return cell && { at: cell.to, text: ` ${HTML}` };
  }
  if (!region) return undefined;
  if (hasRows(text, region)) return line.to < region.to ? endOfLine() : undefined;
  if (isTex) {
    const rest = text.slice(region.to, lineAt(text, region.to).to);
    if (rest.includes('%')) return undefined;
    if (/^[.,;:\s]*$/.test(rest)) return { at: region.to + rest.length, text: ` ${TEX}` };
    return { at: region.to, text: ` ${TEX}\n` };
  }
  if (!region.display) return { at: region.to, text: ` ${HTML}` };
  const first = lineAt(text, region.from);
  const indent = /^[ \t]*/.exec(text.slice(first.from, region.from))?.[0] ?? '';
  return { at: first.from, text: `${indent}${HTML}\n` };
}

/** Several statements stand in lines of their own. */
function hasRows(text: string, region: MathRegion): boolean {
  return /\\\\[^\n]*\n/.test(text.slice(region.from, region.to));
}

function lineAt(text: string, at: number): Span {
  const newline = text.indexOf('\n', at);
  return { from: text.lastIndexOf('\n', at - 1) + 1, to: newline < 0 ? text.length : newline };
}

/** Comments inside formulas, which begin with a percent sign. */
export function commentsInMath(text: string, math: readonly MathRegion[]): Span[] {
  return math.flatMap(({ content }) =>
    content.flatMap(({ from, to }) =>
      [...text.slice(from, to).matchAll(/(?<!\\)%([^\n]*)/g)].map((m) => ({
        from: from + m.index + 1,
        to: from + m.index + m[0].length,
      })),
    ),
  );
}
