/** A document with formulas, read: regions, formulas, statements, definitions, directives. */
import type { Span } from '../../model';
import type { Fault, SourceDocument } from '../frontEnd';
import { type Directive, isFault, mayHoldDirectives, readDirective } from '../directives';
import type { Declarations } from '../latex/conventions';
import { expandSource, type Macro, type Macros } from '../latex/macros';
import { type MarkdownRegions, readMarkdown } from '../markdown/regions';
import type { Regions } from '../regions';
import { type ReadCells, readNotebookRegions } from '../notebook/regions';
import { findMacros } from '../tex/macros';
import { readTex } from '../tex/regions';
import { EmbeddedPython } from './code/embedded';
import { type Roles, sameRoles, SymbolTable } from './definitions';
import { FormulaCache, type PlacedFormula } from './formulas';
import { includedStatements } from './included';
import { commentsInMath } from './silence';
import { type Statement, statementsOf } from './statements';

export interface DocumentAnalysis {
  readonly document: SourceDocument;
  readonly regions: Regions;
  readonly markdown: MarkdownRegions | undefined;
  /** Markdown cells of a notebook, by their text. */
  readonly cells: ReadCells | undefined;
  readonly cache: FormulaCache;
  readonly formulas: readonly PlacedFormula[];
  readonly statements: readonly Statement[];
  /** Those of the files that it reads among them. */
  readonly stated: readonly Statement[];
  readonly table: SymbolTable;
  /** The roles of names under which the formulas were read. */
  readonly roles: Roles;
  readonly macros: Macros;
  readonly code: EmbeddedPython;
  readonly directives: readonly Directive[];
  readonly faults: readonly Fault[];
}

export const TEX: ReadonlySet<string> = new Set(['latex', 'tex']);

export function analyseDocument(document: SourceDocument, previous?: DocumentAnalysis): DocumentAnalysis {
  const { text } = document;
  const tex = TEX.has(document.languageId) ? readTex(text) : undefined;
  const cells = document.cells && readNotebookRegions(document.cells, previous?.cells);
  const markdown = tex || cells ? undefined : readMarkdown(text, previous?.markdown);
  const regions: Regions = tex ?? cells ?? (markdown as MarkdownRegions);
  const macros = macrosOf(
    text,
    regions,
    tex &&
      [...(document.included ?? []).flatMap((t) => findMacros(t.text, t.from, t.to)), ...tex.macros].map(
        (m) => m.macro,
      ),
  );
  const cache = new FormulaCache(previous?.cache);
  // What is defined decides how some formulas read, and how they read what is defined. What was defined before the
  // edit is nearly always what still is.
  let roles: Roles = previous?.roles ?? new Map();
  let read = readFormulas(document, regions, cache, roles, macros);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = read.table.roles;
    if (sameRoles(next, roles)) break;
    roles = next;
    read = readFormulas(document, regions, cache, roles, macros);
  }
  const directives: Directive[] = [];
  const faults: Fault[] = [];
  // Most documents hold none, and are not searched through formula by formula.
  const comments = mayHoldDirectives(text)
    ? [...regions.comments.map((c) => c.content), ...commentsInMath(text, regions.math)]
    : [];
  for (const { from, to } of comments.sort((a, b) => a.from - b.from)) {
    const directive = readDirective(text.slice(from, to), from);
    if (directive === undefined) continue;
    const reason = isFault(directive) ? undefined : CODE_ONLY[directive.kind];
    if (isFault(directive)) faults.push(directive);
    else if (reason !== undefined)
      faults.push({ span: { from: directive.from, to: directive.to }, code: 'malformed-directive', message: reason });
    else directives.push(directive);
  }
  return {
    document,
    regions,
    markdown,
    cells: cells?.read,
    cache,
    code: new EmbeddedPython(document, regions, previous?.code),
    ...read,
    roles,
    macros,
    directives,
    faults,
  };
}

/** Directives that say nothing to formulas. */
const CODE_ONLY: Readonly<Partial<Record<Directive['kind'], string>>> = {
  from: 'files give values to Python; for a formula, write “at x=2” or “given x: float[3] ~ normal(0, 1, seed=0)”',
  checks: 'this is for Python; in text the equality itself is checked: write f′(x) = …',
};

/** What stands in a span, with the macros of the document written out. */
export function textOf({ document, macros }: DocumentAnalysis, { from, to }: Span): string {
  return expandSource(document.text.slice(from, to), macros);
}

const MAX_ROUNDS = 3;

function readFormulas(
  { text, included }: SourceDocument,
  regions: Regions,
  cache: FormulaCache,
  roles: Roles,
  macros: Macros,
) {
  const declarations = declarationsOf(roles);
  const formulas = regions.math.map((region) => cache.read(text, region, declarations, macros));
  const statements = statementsOf(formulas, regions.headings);
  const others = included ? includedStatements(included, statements, cache, declarations, macros) : [];
  const stated = others.length === 0 ? statements : [...statements, ...others].sort((a, b) => a.index - b.index);
  return { formulas, statements, stated, table: new SymbolTable(stated) };
}

const declarations = new WeakMap<Roles, Declarations>();

/** The same declarations for the same roles: formulas remember which they fit. */
function declarationsOf(roles: Roles): Declarations {
  let known = declarations.get(roles);
  if (!known) declarations.set(roles, (known = { role: (name) => roles.get(name) }));
  return known;
}

/** Macros of a TeX document, or those that the formulas of a Markdown document define. */
function macrosOf(text: string, regions: Regions, known: readonly Macro[] | undefined): Macros {
  const macros = new Map<string, Macro>();
  for (const macro of known ?? []) macros.set(macro.name, macro);
  if (!known && /\\(?:re)?newcommand|\\def\\|\\DeclareMathOperator/.test(text))
    for (const region of regions.math)
      for (const { from, to } of region.content)
        for (const { macro } of findMacros(text, from, to)) macros.set(macro.name, macro);
  return macros;
}
