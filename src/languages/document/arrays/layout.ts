/**
 * The layout of derivatives of arrays in one document: what a directive says, else what the equalities show that hold in some
 * layouts only.
 */
import type { Span } from '../../../model';
import { type Layout, LAYOUTS } from '../../directives';
import type { Claim, JacobianLayout } from '../../frontEnd';
import { type Node, walk } from '../../latex/tree';
import type { DocumentAnalysis } from '../analysis';

/** The layouts that may differ for what is written in some formulas: one is enough where nothing is derived. */
export function layoutsOf(nodes: readonly Node[], stated: Layout | undefined): readonly Layout[] {
  let derives = false;
  for (const node of nodes)
    walk(node, (n) => {
      if (n.kind === 'derivative' || n.kind === 'gradient') derives = true;
      return !derives;
    });
  if (!derives) return ['mixed'];
  return stated ? [stated, ...LAYOUTS.filter((l) => l !== stated)] : LAYOUTS;
}

/** The first directive: a document has one layout. */
export function statedLayout({ directives }: DocumentAnalysis): (Span & { readonly layout: Layout }) | undefined {
  return directives.find((d) => d.kind === 'layout');
}

/** What a document is known to write its derivatives in. */
export interface DocumentLayout {
  /** All layouts that agree with it; none where it uses several. */
  readonly layouts: readonly Layout[];
  /** Where it is to be seen. */
  readonly at: Span;
  readonly source: 'directive' | 'claim';
}

/** @param claims of the document, or those of them that hold derivatives; undefined where nothing tells */
export function documentLayout(analysis: DocumentAnalysis, claims: readonly Claim[]): DocumentLayout | undefined {
  const stated = statedLayout(analysis);
  if (stated) return { layouts: [stated.layout], at: stated, source: 'directive' };
  let known: DocumentLayout | undefined;
  for (const { verdict, fits, span } of claims) {
    if (verdict !== 'pass' || !fits || fits.length === 0 || fits.length === LAYOUTS.length) continue;
    const layouts = (known?.layouts ?? LAYOUTS).filter((l) => fits.includes(l));
    if (!known || layouts.length < known.layouts.length) known = { layouts, at: span, source: 'claim' };
  }
  return known;
}

/** The claims, saying which layout they hold in; one that a directive contradicts is open, and never wrong for that. */
export function inLayout(analysis: DocumentAnalysis, claims: readonly Claim[]): Claim[] {
  const stated = statedLayout(analysis);
  const known = documentLayout(analysis, claims);
  return claims.map((claim) => {
    const { verdict, fits, message } = claim;
    if (verdict !== 'pass' || !fits || fits.length === LAYOUTS.length) return claim;
    if (fits.length === 0) return { ...claim, message: `${message}; up to a transpose` };
    if (stated && !fits.includes(stated.layout))
      return {
        ...withoutStrength(claim),
        verdict: 'unknown',
        code: 'layout',
        message: `holds in the ${listed(fits)}; the directive states the ${listed([stated.layout])}`,
      };
    const own = stated ? [stated.layout] : known && known.layouts.length > 0 ? known.layouts : fits;
    return { ...claim, message: `${message}, in the ${listed(own.filter((l) => fits.includes(l)))}` };
  });
}

function withoutStrength({ strength: _, ...claim }: Claim): Claim {
  return claim;
}

/** How a Jacobian is laid out in a document, and how that is known. */
export function jacobianLayout(known: DocumentLayout | undefined): JacobianLayout {
  if (!known || known.layouts.length === 0) return { layout: 'numerator', source: 'none' };
  const { layouts, source } = known;
  // A mixture has the Jacobians of the numerator layout.
  if (!layouts.includes('denominator')) return { layout: 'numerator', source };
  if (layouts.length === 1) return { layout: 'denominator', source };
  return { layout: 'numerator', source: 'none' };
}

const WORDS: Readonly<Record<Layout, string>> = {
  mixed: 'mixed layout (gradients as columns, a row of a Jacobian for each output)',
  numerator: 'numerator layout',
  denominator: 'denominator layout',
};

/** In words: `numerator layout`; where several agree, those that have a name of their own. */
export function listed(layouts: readonly Layout[]): string {
  const named = layouts.length > 1 ? layouts.filter((l) => l !== 'mixed') : layouts;
  return named.map((l) => WORDS[l]).join(' or ');
}
