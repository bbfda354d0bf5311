/** What a parameter may be given at a point that we choose: candidates, the likeliest first. */
import type { NamePath } from '../../../model';
import { nameOf, printNamePath } from '../../../format/namePath';
import type { Expr, Parameter } from '../ast';
import type { Evidence, EvidenceTable } from './evidence';
import type { ShapeNote } from './shapeNotes';
import type { Sizes } from './sizes';

/** One candidate. Sizes inside are provisional: a mismatch may change them. */
export type Choice =
  | { readonly kind: 'number' }
  | { readonly kind: 'integer'; readonly value: number }
  | { readonly kind: 'array'; readonly shape: readonly number[] }
  | { readonly kind: 'labels'; readonly shape: readonly number[]; readonly below: number }
  /** Widths of the layers of a network, as a list. */
  | { readonly kind: 'widths'; readonly values: readonly number[] }
  | { readonly kind: 'flag'; readonly value: boolean }
  | { readonly kind: 'text'; readonly value: string };

/** Something that gets a value of its own. */
export interface Leaf {
  readonly path: NamePath;
  readonly choices: readonly Choice[];
  /** Where the shape comes from, if the text says it. */
  readonly said?: ShapeNote['source'];
}

/** How leaves make up an argument. */
export type Tree =
  | { readonly kind: 'leaf'; readonly index: number }
  | { readonly kind: 'dict'; readonly fields: readonly (readonly [string, Tree])[] }
  | { readonly kind: 'tuple'; readonly items: readonly Tree[] }
  /** An object with nothing but attributes. */
  | { readonly kind: 'object'; readonly fields: readonly (readonly [string, Tree])[] };

const INTEGER_NAME =
  /^(?:n|m|k|i|j|n_\w+|num_?\w*|\w*_(?:size|dim|dims|features|units|channels|steps|iters?|iterations|epochs|index|idx)|epochs?|iterations|iters?|steps|degree|order|depth|batch_size|seed|t)$/;
const BIAS_NAME = /^(?:b|b\d+|bias\w*|b[a-z]|beta|gamma|mu|mean|sigma|std|var)$/;
const VECTOR_NAME = /^(?:h_?prev|c_?prev|h0|theta|params|p|v|u)$/;
const FLAG_NAME = /^(?:train|training|is_train\w*|train_flg|verbose|debug|use_\w+|with_\w+|return_\w+)$/;
const WIDTHS_NAME =
  /^(?:(?:layers?_?|hidden_?|net\w*_?)?(?:sizes|dims|dimensions|widths)|layers|topology|architecture|structure|neurons|units)$/i;
/** A network with one hidden layer. */
const LAYERS = 3;
const SMALL: Readonly<Record<string, number>> = {
  stride: 1,
  pad: 0,
  padding: 0,
  axis: 0,
  dilation: 1,
  groups: 1,
  seed: 0,
};

export class LeafMaker {
  /** @param leaves where new leaves are added; several functions may share them */
  constructor(
    private readonly evidence: EvidenceTable,
    private readonly notes: ReadonlyMap<string, ShapeNote>,
    private readonly sizes: Sizes,
    private readonly leaves: Leaf[],
  ) {}

  /** The tree of a parameter; undefined where nothing can be given (a function, an object). */
  parameter(p: Parameter): Tree | undefined {
    return this.tree([p.name], p);
  }

  private tree(path: NamePath, p: Parameter | undefined): Tree | undefined {
    const key = printNamePath(path);
    const seen = this.evidence.get(key);
    if (seen?.isCallable) return undefined;
    if (seen && seen.keys.size > 0) {
      const fields = this.fields(path, seen.keys, (key) => ({ key }));
      return fields && { kind: 'dict', fields };
    }
    if (seen && !seen.isArray && (seen.attributes.size > 0 || key === 'self')) {
      const fields = this.fields(path, seen.attributes, (name) => name);
      return fields && { kind: 'object', fields };
    }
    const name = seen?.localName ?? String(nameOf(path[path.length - 1] ?? ''));
    const note = this.notes.get(key) ?? this.notes.get(name);
    if (seen?.items !== undefined && !note?.shape) {
      const items: Tree[] = [];
      for (let i = 0; i < seen.items; i++) {
        const inner = this.tree([...path, i], undefined);
        if (!inner) return undefined;
        items.push(inner);
      }
      return { kind: 'tuple', items };
    }
    const choices = this.choices(name, seen, note, p?.annotation);
    if (choices.length === 0) return undefined;
    this.leaves.push({ path, choices, ...(note?.shape ? { said: note.source } : {}) });
    return { kind: 'leaf', index: this.leaves.length - 1 };
  }

  private fields(
    path: NamePath,
    names: ReadonlySet<string>,
    part: (name: string) => NamePath[number],
  ): (readonly [string, Tree])[] | undefined {
    const fields: (readonly [string, Tree])[] = [];
    for (const name of names) {
      const inner = this.tree([...path, part(name)], undefined);
      if (!inner) return undefined;
      fields.push([name, inner]);
    }
    return fields;
  }

  private choices(
    name: string,
    seen: Evidence | undefined,
    note: ShapeNote | undefined,
    annotation: Expr | undefined,
  ): readonly Choice[] {
    if (note?.shape) {
      const shape = note.shape.map((e) => this.sizes.of(e));
      if (note.integer || seen?.isLabels) {
        return [{ kind: 'labels', shape, below: note.below === undefined ? 2 : this.sizes.of(note.below) }];
      }
      return [{ kind: 'array', shape }];
    }
    if (seen && seen.choices.length > 0) return [...new Set(seen.choices)].map((value) => ({ kind: 'text', value }));
    const annotated = annotation?.kind === 'Name' ? annotation.id : undefined;
    if (annotated === 'bool') return [flag(false), flag(true)];
    if (annotated === 'float') return [{ kind: 'number' }];
    if (annotated === 'int') return [this.integer(name)];
    if (annotated === 'str' || annotated === 'Callable') return [];
    if (seen?.isLabels) return [{ kind: 'labels', shape: [this.sizes.fresh()], below: 2 }];
    if (WIDTHS_NAME.test(name)) return [this.widths(), ...this.numeric(name, seen)];
    if (!seen?.isArray) {
      if (FLAG_NAME.test(name)) return [flag(false), flag(true)];
      if (seen?.isInteger || name in SMALL || INTEGER_NAME.test(name)) {
        return [this.integer(name), ...(seen?.isInteger && seen.isLabels ? [] : [{ kind: 'number' } as const])];
      }
      if (seen?.isFlag) return [flag(false), flag(true), { kind: 'number' }];
    }
    return this.numeric(name, seen);
  }

  private integer(name: string): Choice {
    const small = Object.hasOwn(SMALL, name) ? SMALL[name] : undefined;
    return { kind: 'integer', value: small ?? this.sizes.letter(name) };
  }

  private widths(): Choice {
    return { kind: 'widths', values: Array.from({ length: LAYERS }, () => this.sizes.fresh()) };
  }

  /** A number or an array of floats, by number of axes. */
  private numeric(name: string, seen: Evidence | undefined): Choice[] {
    const extents: number[] = [];
    const array = (axes: number): Choice => {
      while (extents.length < axes) {
        const letter = seen?.axes === axes ? seen.letters?.[extents.length] : undefined;
        extents.push(letter === undefined ? this.sizes.fresh() : this.sizes.letter(letter));
      }
      return { kind: 'array', shape: extents.slice(0, axes) };
    };
    const number: Choice = { kind: 'number' };
    if (seen?.axes !== undefined) return [array(seen.axes)];
    const least = seen?.atLeast ?? 0;
    if (least >= 2) return least === 2 ? [array(2), array(3), array(4)] : [array(least), array(least + 1)];
    const isBias = BIAS_NAME.test(name);
    const amongMatrices = this.hasMatrix && !VECTOR_NAME.test(name);
    if (isBias && !seen?.isMatrix) {
      return amongMatrices ? [array(1), number, array(2)] : [number, array(1), array(2)];
    }
    const isRows = seen?.isMatrix || seen?.isBatch || (seen?.isArray && amongMatrices) || /^[A-Z]\w?$/.test(name);
    const order = isRows && !VECTOR_NAME.test(name) ? [array(2), array(1), array(4)] : [array(1), array(2)];
    if (least === 1) return order;
    return seen?.isArray || seen?.isMatrix ? [...order, number] : [number, array(1), array(2)];
  }

  /** Whether some parameter is a matrix: then biases are vectors, and the others have rows. */
  private get hasMatrix(): boolean {
    for (const e of this.evidence.values()) if (e.isMatrix) return true;
    return false;
  }
}

function flag(value: boolean): Choice {
  return { kind: 'flag', value };
}
