/** The formulas of a document, parsed. Trees have offsets from the start of their formula, so that they outlive edits. */
import type { Span } from '../../model';
import type { Declarations } from '../latex/conventions';
import type { Macros } from '../latex/macros';
import { type Formula, parseFormula } from '../latex/parse';
import type { MathRegion } from '../regions';

/** A formula where it stands. */
export interface PlacedFormula {
  readonly region: MathRegion;
  /** Offset in the document of offset 0 of the tree. */
  readonly base: number;
  readonly formula: Formula;
}

type Role = ReturnType<Declarations['role']>;

interface CachedFormula {
  readonly formula: Formula;
  /** What the parser asked of the declarations, and what it was told. */
  readonly asked: ReadonlyMap<string, Role>;
  /** The declarations that it was last found to fit: those of the document before an edit are mostly those after it. */
  fits: Declarations;
}

/** The reading that was made under declarations that agree in all that the parser asked. */
function fitting(entries: readonly CachedFormula[] | undefined, declarations: Declarations): CachedFormula | undefined {
  if (entries)
    for (const entry of entries) {
      if (entry.fits === declarations) return entry;
      let fits = true;
      for (const [name, role] of entry.asked) fits &&= declarations.role(name) === role;
      if (!fits) continue;
      entry.fits = declarations;
      return entry;
    }
  return undefined;
}

/** Parsed formulas by their text. The same text under other declarations may be read another way. */
export class FormulaCache {
  private readonly byText = new Map<string, CachedFormula[]>();
  private fresh = new Map<string, CachedFormula[]>();

  constructor(previous?: FormulaCache) {
    if (previous) this.byText = previous.fresh;
  }

  /** Reads a formula; what was asked for in this generation is handed to the next. */
  read(text: string, region: MathRegion, declarations: Declarations, macros: Macros): PlacedFormula {
    const { content } = region;
    const base = content[0]?.from ?? region.from;
    const source = text.slice(base, content[content.length - 1]?.to ?? base);
    const ranges = () => content.map((r) => ({ from: r.from - base, to: r.to - base }));
    // Pieces of a quotation are apart; macros change what the text says.
    const plain = content.length === 1 && macros.size === 0;
    const key = plain ? source : `${JSON.stringify([ranges(), [...macros.values()]])}\n${source}`;
    const kept = this.fresh.get(key);
    const known = fitting(kept, declarations);
    if (known) return { region, base, formula: known.formula };
    const entry = fitting(this.byText.get(key), declarations) ?? this.parse(source, ranges(), declarations, macros);
    if (kept) kept.push(entry);
    else this.fresh.set(key, [entry]);
    return { region, base, formula: entry.formula };
  }

  private parse(source: string, ranges: readonly Span[], declarations: Declarations, macros: Macros): CachedFormula {
    const asked = new Map<string, Role>();
    const asking: Declarations = {
      role(name) {
        const role = declarations.role(name);
        asked.set(name, role);
        return role;
      },
    };
    return { formula: parseFormula(source, { ranges, declarations: asking, macros }), asked, fits: declarations };
  }
}
