/**
 * Shapes that a text states in words: docstrings (“of shape (N, D)”, “(N, D) array”), comments behind parameters
 * (`# (N, D)`) and annotations (`Float[Array, "n d"]`).
 */
import type { Span } from '../../../model';
import type { Expr, Parameter } from '../ast';

/** A function, as far as it is read here. */
type Noted = Span & { readonly params: readonly Parameter[] };

/** The extent of one axis: a number, or a product or sum of letters. */
export type Extent = number | Size;
/** `2*H`, `D+1`: a sum of products. */
export interface Size {
  readonly text: string;
  readonly terms: readonly (readonly (string | number)[])[];
}

export interface ShapeNote {
  readonly shape?: readonly Extent[];
  /** Whole numbers, below the extent if one is said. */
  readonly integer?: boolean;
  readonly below?: Extent;
  /** Where it was said. */
  readonly source: 'docstring' | 'comment' | 'annotation';
}

/** What the text says of the shapes of a function's parameters. */
export function shapeNotes(f: Noted, docstring: string | undefined, text: string): ReadonlyMap<string, ShapeNote> {
  const notes = new Map<string, ShapeNote>();
  const comments = commentNotes(f, text);
  const doc = docstring === undefined ? new Map<string, ShapeNote>() : docstringNotes(docstring, f.params);
  for (const p of f.params) {
    const note = comments.get(p.name) ?? annotationNote(p.annotation) ?? doc.get(p.name);
    if (note) notes.set(p.name, note);
  }
  // Parts: `cache: tuple of x (N, D), w (D, M)` and `params['W1']` are said by the names of the parts.
  for (const [name, note] of doc) if (!notes.has(name)) notes.set(name, note);
  return notes;
}

const IDENTIFIER = String.raw`[\p{L}_][\p{L}\p{N}_]*`;

/** `(N, D)`, `[N x D]`, `(N,)`, `N x D`; undefined where it is something else in brackets. */
export function readShape(text: string): readonly Extent[] | undefined {
  const inner = text.trim();
  if (inner === '') return [];
  const parts = inner.includes(',')
    ? inner.split(',').map((p) => p.trim())
    : inner.split(/\s*[x×]\s*(?![\p{L}\p{N}_]*\()/u).map((p) => p.trim());
  if (parts[parts.length - 1] === '') parts.pop();
  const extents: Extent[] = [];
  for (const part of parts) {
    if (/^(\.\.\.|…|\*)$/.test(part)) {
      // `d_1, ..., d_k`: the named ends stand for all.
      continue;
    }
    const extent = readExtent(part);
    if (extent === undefined) return undefined;
    extents.push(extent);
  }
  return extents.length > 0 && extents.length <= 5 ? extents : undefined;
}

/** One axis: `N`, `2 * H`, `D + 1`, `number of examples`. */
function readExtent(text: string): Extent | undefined {
  const plain = text.replace(/`/g, '').trim();
  if (/^\d+$/.test(plain)) {
    const n = Number(plain);
    return n >= 1 && n <= 10_000 ? n : undefined;
  }
  if (new RegExp(`^${IDENTIFIER}$`, 'u').test(plain)) return { text: plain, terms: [[plain]] };
  if (/^[\p{L}\p{N}_\s*+]+$/u.test(plain) && /[*+]/.test(plain)) {
    const terms = plain.split('+').map((t) =>
      t.split('*').map((x) => {
        const factor = x.trim();
        return /^\d+$/.test(factor) ? Number(factor) : factor;
      }),
    );
    return terms.every((t) => t.every((x) => x !== '')) ? { text: plain, terms } : undefined;
  }
  // `4H`
  const scaled = /^(\d+)([\p{L}_][\p{L}\p{N}_]*)$/u.exec(plain);
  if (scaled) return { text: plain, terms: [[Number(scaled[1]), scaled[2] as string]] };
  // Words: “number of examples”, “batch size”.
  if (/^[\p{L}][\p{L}\s_-]{2,40}$/u.test(plain) && plain.split(/\s+/).length <= 5) {
    return { text: plain, terms: [[plain.toLowerCase()]] };
  }
  return undefined;
}

const BRACKETS = String.raw`[(\[]([^()\[\]]*)[)\]]`;
/** “of shape (N, D)”, “shape: (N, D)”, “size (n, m)”, “dimensions N x D”. */
const AFTER = new RegExp(
  String.raw`\b(?:shape|size|dimensions?|dims?)\b[^\w()\[\]]*(?:is|are|of|=|:)?\s*${BRACKETS}`,
  'iu',
);
/** “an (N, D) array”, “(N, D)-matrix”, “a (D,) vector”, “[N x D] tensor”. */
const BEFORE = new RegExp(
  String.raw`${BRACKETS}[\s-]*(?:\w+[\s-]+){0,2}(?:nd)?(?:array|matrix|vector|tensor|labels?|weights?|bias(?:es)?)\b`,
  'iu',
);
/** “N x D matrix”. */
const BARE = /\b([A-Z]\w*(?:\s*[x×]\s*[A-Z]\w*)+)\b/u;
/** The line starts with the shape: `x: (N, D)`. */
const LEADING = new RegExp(`^\\s*${BRACKETS}\\s*(?:[,.;:–—-].*|array.*|$)`, 'iu');

function shapeIn(text: string): readonly Extent[] | undefined {
  for (const pattern of [AFTER, BEFORE, LEADING]) {
    const match = pattern.exec(text);
    const shape = match && readShape(match[1] as string);
    if (shape && shape.length > 0) return shape;
  }
  const bare = BARE.exec(text);
  return bare ? readShape(bare[1] as string) : undefined;
}

/** Labels: “0 <= y[i] < C”, “integers in [0, C)”, “class labels”. */
function labelsIn(text: string): Pick<ShapeNote, 'integer' | 'below'> {
  const upper = /<\s*([\p{L}_][\p{L}\p{N}_]*|\d+)\b/u.exec(text)?.[1] ?? /\[\s*0\s*,\s*(\w+)\s*\)/.exec(text)?.[1];
  const isLabels = /\blabels?\b|\bclass(?:es)? ind(?:ex|ices)\b|\bintegers?\b|\bindices\b|\bint(?:32|64)?\b/i.test(
    text,
  );
  if (!isLabels || /one[- ]?hot/i.test(text)) return {};
  const below = upper === undefined ? undefined : readExtent(upper);
  return { integer: true, ...(below === undefined ? {} : { below }) };
}

/** One entry a parameter: `x : ndarray of shape (N, D)`, `- W1: First layer weights; has shape (D, H)`, `X -- data`. */
function docstringNotes(docstring: string, params: readonly Parameter[]): Map<string, ShapeNote> {
  const notes = new Map<string, ShapeNote>();
  const names = new Set(params.map((p) => p.name));
  const head = new RegExp(
    String.raw`^(\s*)(?:[-*+•]\s*)?(?::param\s+(?:[\w.\[\]]+\s+)?|@param\s+)?[\x60'"*]*((?:self\.)?${IDENTIFIER}(?:\s*,\s*${IDENTIFIER})*)[\x60'"*]*\s*(\([^)]*\)\s*)?(?::|--|—|–|=|\bis\b)\s*(.*)$`,
    'u',
  );
  const lines = docstring.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const match = head.exec(lines[i] as string);
    if (!match) continue;
    const indent = (match[1] as string).length;
    let content = `${match[3] ?? ''}${match[4] ?? ''}`;
    // Lines that go on, deeper than the entry or not yet the next one.
    for (let k = i + 1; k < lines.length; k++) {
      const line = lines[k] as string;
      const deeper = (/^\s*/.exec(line) as RegExpExecArray)[0].length > indent;
      if (line.trim() === '' || !deeper || head.test(line)) break;
      content += ` ${line.trim()}`;
    }
    const shape = shapeIn(content);
    const labels = labelsIn(content);
    for (const name of (match[2] as string).split(',').map((n) => n.trim())) {
      if (notes.has(name) || (!shape && labels.integer === undefined)) continue;
      if (!names.has(name) && !shape) continue;
      if (shape || names.has(name)) notes.set(name, { ...(shape ? { shape } : {}), ...labels, source: 'docstring' });
    }
  }
  // Running text: “x has shape (N, D)”, “x (N, D)”.
  for (const p of params) {
    if (notes.has(p.name)) continue;
    const match = new RegExp(
      String.raw`(?<![\p{L}\p{N}_])[\x60'"]?${p.name}[\x60'"]?\s*(?:(?:has|is|are|with|of|in|a|an|the|array|matrix|vector|tensor|shape|size|=|:)\s*){0,5}${BRACKETS}`,
      'u',
    ).exec(docstring);
    const shape =
      match && /shape|size|array|matrix|vector|\p{Lu}/u.test(match[0]) ? readShape(match[1] as string) : undefined;
    if (shape && shape.length > 0) notes.set(p.name, { shape, source: 'docstring' });
  }
  return notes;
}

/** Of a comment on one parameter any brackets with names in them are its shape. */
function bracketed(comment: string): readonly Extent[] | undefined {
  const inner = new RegExp(BRACKETS).exec(comment)?.[1];
  return inner !== undefined && /\p{L}/u.test(inner) && !/\s\w+\s/.test(inner) ? readShape(inner) : undefined;
}

/** Comments behind a parameter (`x,  # (N, D)`) and `# x: (N, D)` in the head and the first lines of the body. */
function commentNotes(f: Noted, text: string): Map<string, ShapeNote> {
  const notes = new Map<string, ShapeNote>();
  const add = (name: string, comment: string): void => {
    const shape = shapeIn(comment) ?? bracketed(comment);
    const labels = labelsIn(comment);
    if (!notes.has(name) && shape) notes.set(name, { shape, ...labels, source: 'comment' });
  };
  for (const p of f.params) {
    const line = /^[^\n]*/.exec(text.slice(p.to)) as RegExpExecArray;
    const comment = /^[^#\n]*#(.*)$/.exec(line[0])?.[1];
    // The comment belongs to the last parameter of its line.
    const onLine = f.params.filter((q) => q.from > p.to && q.from < p.to + line[0].length);
    if (comment !== undefined && onLine.length === 0) {
      const before = text.slice(0, p.from).split('\n').pop() as string;
      const alone = !f.params.some((q) => q.to <= p.from && q.to > p.from - before.length);
      if (alone) add(p.name, comment);
    }
  }
  for (const match of text.slice(f.from, f.to).matchAll(/#(.*)/g)) {
    const comment = match[1] as string;
    for (const p of f.params) {
      const named = new RegExp(
        String.raw`(?<![\p{L}\p{N}_])${p.name}(?:\.shape)?\s*(?::|=|==|is|->)?\s*(${BRACKETS})`,
        'u',
      ).exec(comment);
      const shape = named ? readShape(named[2] as string) : undefined;
      if (shape && shape.length > 0 && !notes.has(p.name)) notes.set(p.name, { shape, source: 'comment' });
    }
  }
  return notes;
}

/** `Float[Array, "n d"]`, `NDArray[Shape["N, D"], Float]`, `"(N, D)"`. */
function annotationNote(annotation: Expr | undefined): ShapeNote | undefined {
  if (!annotation) return undefined;
  const texts: string[] = [];
  const visit = (e: Expr): void => {
    if (e.kind === 'Constant' && e.value.type === 'str') texts.push(e.value.value);
    else if (e.kind === 'Subscript') {
      visit(e.value);
      visit(e.slice);
    } else if (e.kind === 'Tuple') e.elts.forEach(visit);
  };
  visit(annotation);
  const integer =
    annotation.kind === 'Subscript' && annotation.value.kind === 'Name' && /^(U?Int|Integer)/.test(annotation.value.id);
  for (const text of texts) {
    const inner = text.replace(/^\s*\(|\)\s*$/g, '');
    const spaced = /^[\p{L}\p{N}_*+ ]+$/u.test(inner) ? inner.trim().split(/\s+/).join(',') : inner;
    const shape = /^(ndarray|array|tensor|float|int)$/i.test(inner) ? undefined : readShape(spaced);
    if (shape && shape.length > 0) return { shape, ...(integer ? { integer } : {}), source: 'annotation' };
  }
  return undefined;
}
