/** Canonical names taken apart: `w_{ij}` is w with the indices i and j, `z^{(2)}_3` is the third of z^{(2)}. */

export interface Subscripted {
  /** The name without the subscript; labels stay. */
  readonly base: string;
  /** Letters and whole numbers, in order. */
  readonly indices: readonly string[];
}

const NAME = /^(.+?)_(\{[^{}]*\}|[^_^{}]+)((?:\^.*)?)$/s;

/**
 * The ways to read a subscript as indices: `w_{13}` is an element of a vector (13) or of a matrix (1, 3). Empty where it
 * is a word or an expression.
 */
export function subscriptsOf(name: string): Subscripted[] {
  const match = NAME.exec(name);
  if (!match) return [];
  const [, front = '', script = '', label = ''] = match;
  const base = front + label;
  const text = script.replace(/^\{|\}$/g, '').replace(/\s+/g, '');
  if (text.includes(',')) {
    const indices = text.split(',');
    return indices.every(isIndex) ? [{ base, indices }] : [];
  }
  if (/^\d+$/.test(text))
    return text.length === 2
      ? [
          { base, indices: [text] },
          { base, indices: [...text] },
        ]
      : [{ base, indices: [text] }];
  // A subscript that is one command: w_\mu.
  if (script.length > 1 && !script.startsWith('{')) return [{ base, indices: [script] }];
  return /^[a-z0-9]{1,3}$/.test(text) ? [{ base, indices: [...text] }] : [];
}

function isIndex(text: string): boolean {
  return /^(\d+|[a-zA-Z]|\\?[a-z]+)$/.test(text);
}

/** The array of all x^{(i)}, one row for each i; no document can write its name. */
export const exampleName = (base: string) => `${base}^{(·)}`;

/** The name of an element: `x` with 3 is `x_3`, `w` with 1 and 12 is `w_{1,12}`. */
export function elementName(base: string, indices: readonly number[]): string {
  const label = /[_^]/.exec(base)?.index ?? base.length;
  const short = indices.every((i) => i < 10);
  const text = indices.join(short ? '' : ',');
  const script = /^\d+$/.test(text) ? text : `{${text}}`;
  return `${base.slice(0, label)}_${script}${base.slice(label)}`;
}

/** Names under which the array may be known whose elements are written with a name: w_{ij} of W, x_i of \mathbf{x}. */
export function arrayNames(base: string, count: number): string[] {
  const [, prefix = '', letter = '', rest = ''] = /^((?:[a-z]+:)*)([A-Za-z]+)(.*)$/s.exec(base) ?? [];
  const names = [base];
  if (letter === '') return names;
  const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
  const add = (name: string) => void (names.includes(name) || names.push(name));
  if (!/(^|:)(bf|vec):$/.test(prefix)) for (const font of ['bf:', 'vec:']) add(prefix + font + letter + rest);
  else add(prefix.replace(/(bf|vec):$/, '') + letter + rest);
  if (count === 2 && letter.length === 1 && letter === letter.toLowerCase()) {
    add(prefix + other + rest);
    if (!/(^|:)(bf|vec):$/.test(prefix)) add(`${prefix}bf:${other}${rest}`);
  }
  return names;
}
