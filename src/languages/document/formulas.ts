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
    const base = region.content[0]?.from ?? region.from;
    const ranges = region.content.map((r) => ({ from: r.from - base, to: r.to - base }));
    const end = region.content[region.content.length - 1]?.to ?? base;
    const source = text.slice(base, end);
    // Pieces of a quotation are apart; macros change what the text says.
    const key =
      ranges.length > 1 || macros.size > 0 ? `${JSON.stringify([ranges, [...macros.values()]])}\n${source}` : source;
    const known = [...(this.fresh.get(key) ?? []), ...(this.byText.get(key) ?? [])];
    const entry =
      known.find((k) => [...k.asked].every(([name, role]) => declarations.role(name) === role)) ??
      this.parse(source, ranges, declarations, macros);
    const kept = this.fresh.get(key);
    if (!kept) this.fresh.set(key, [entry]);
    else if (!kept.includes(entry)) kept.push(entry);
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
    return { formula: parseFormula(source, { ranges, declarations: asking, macros }), asked };
  }
}
