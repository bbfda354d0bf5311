/** One printer and one parser for name paths: `x1` · `self.params['W1']` · `layers[0].weight` · `x_{i,1}`. */
import type { NamePart, NamePath } from '../model';

const IDENTIFIER = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** Prints a path as the reader would write it: the root as it is, fields behind a dot, indices and keys in brackets. */
export function printNamePath(path: NamePath): string {
  return path
    .map((part, i) => {
      const name = nameOf(part);
      if (i === 0) return String(name);
      if (typeof name === 'number') return `[${name}]`;
      if (typeof part === 'string' && IDENTIFIER.test(name)) return `.${name}`;
      return `['${name.replace(/[\\']/g, '\\$&')}']`;
    })
    .join('');
}

/** What a field, key or index is called, however it is written. */
export function nameOf(part: NamePart): string | number {
  return typeof part === 'object' ? part.key : part;
}

/** Reads what {@link printNamePath} prints; `undefined` where the text is no path. */
export function parseNamePath(text: string): NamePath | undefined {
  const parts: NamePart[] = [];
  // The root may hold TeX such as `\hat{y}` or `x_{i,1}`: everything up to the first `.` or `[` outside braces.
  let depth = 0;
  let i = 0;
  for (; i < text.length; i++) {
    const c = text[i];
    if (c === '{') depth++;
    else if (c === '}') depth--;
    else if (depth === 0 && (c === '.' || c === '[')) break;
  }
  const root = text.slice(0, i).trim();
  if (root === '') return undefined;
  parts.push(root);
  const rest =
    /\s*(?:\.([\p{L}_][\p{L}\p{N}_]*)|\[\s*(-?\d+)\s*\]|\[\s*'((?:[^'\\]|\\.)*)'\s*\]|\[\s*"((?:[^"\\]|\\.)*)"\s*\])/uy;
  rest.lastIndex = i;
  while (rest.lastIndex < text.length) {
    const match = rest.exec(text);
    if (!match) return undefined;
    if (match[1] !== undefined) parts.push(match[1]);
    else if (match[2] !== undefined) parts.push(Number(match[2]));
    else parts.push({ key: ((match[3] ?? match[4]) as string).replace(/\\(.)/g, '$1') });
  }
  return parts;
}

/** Equal paths are the same name; a field and a key of one name are not told apart, because readers seldom do. */
export function sameNamePath(a: NamePath, b: NamePath): boolean {
  return a.length === b.length && isPartOf(a, b);
}

/** Whether `part` lies in `whole`: `params['W1']` and `layers[0]` in `params` and `layers`. */
export function isPartOf(whole: NamePath, part: NamePath): boolean {
  return whole.length <= part.length && whole.every((each, i) => nameOf(each) === nameOf(part[i] as NamePart));
}

/** Whether a name is one of these, or a part of one: `params['W1']` of `params`. Texts that are no names hold nothing. */
export function isAnyPart(wholes: readonly string[], name: NamePath): boolean {
  return wholes.some((text) => {
    const whole = parseNamePath(text);
    return whole !== undefined && isPartOf(whole, name);
  });
}
