/** Arguments from the examples of a docstring: `>>> f(2, 5)`. */

/** The literal numbers of the first example that calls the function; undefined where there is none. */
export function doctestArguments(docstring: string | undefined, name: string): readonly number[] | undefined {
  if (!docstring) return undefined;
  for (const line of docstring.split('\n')) {
    const prompt = /^\s*>>>\s*(.*)$/.exec(line)?.[1];
    if (prompt === undefined) continue;
    const at = prompt.search(new RegExp(`(?<![\\w.])${name}\\(`));
    if (at < 0) continue;
    const inner = /^[^(]*\(([^()]*)\)/.exec(prompt.slice(at))?.[1];
    if (inner === undefined) continue;
    const parts = inner.split(',').map((p) => p.trim());
    if (parts.every((p) => /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(p))) return parts.map(Number);
  }
  return undefined;
}
