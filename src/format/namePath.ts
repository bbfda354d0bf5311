/** One printer and one parser for name paths: `x1` · `self.params['W1']` · `layers[0].weight` · `x_{i,1}`. */
type NamePath = readonly (string | number)[];

const IDENTIFIER = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/**
 * Prints a path as the reader would write it: the root as it is, identifiers behind a dot, numbers and
 * other keys in brackets. A key that is an identifier but was a dictionary key is printed behind a dot
 * too unless `keyed` says that it is a key; {@link parseNamePath} reads both to the same path.
 */
export function printNamePath(path: NamePath, keyed: (index: number) => boolean = () => false): string {
  return path
    .map((part, i) => {
      if (i === 0) return String(part);
      if (typeof part === 'number') return `[${part}]`;
      if (IDENTIFIER.test(part) && !keyed(i)) return `.${part}`;
      return `['${part.replace(/[\\']/g, '\\$&')}']`;
    })
    .join('');
}

/** Reads what {@link printNamePath} prints; `undefined` where the text is no path. */
export function parseNamePath(text: string): NamePath | undefined {
  const parts: (string | number)[] = [];
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
    else parts.push(((match[3] ?? match[4]) as string).replace(/\\(.)/g, '$1'));
  }
  return parts;
}

/** Equal paths are the same name. */
export function sameNamePath(a: NamePath, b: NamePath): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i]);
}
