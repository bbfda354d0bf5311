/** Excerpts of notes leave out their imports: `np.exp(x)` without `import numpy as np` is still NumPy's. */

/** Short names that stand for one library everywhere. */
const CONVENTIONAL: ReadonlyMap<string, string> = new Map([
  ['np', 'numpy'],
  ['math', 'math'],
]);

/** The libraries that a text uses by their usual names without binding those anywhere; the reader is told. */
export function assumedImports(text: string): ReadonlyMap<string, string> {
  const assumed = new Map<string, string>();
  // Any name may come with a star.
  if (/^[ \t]*from[ \t]+[\w.]+[ \t]+import[ \t]*\*/m.test(text)) return assumed;
  for (const [name, library] of CONVENTIONAL) {
    const used = new RegExp(`(?<![\\p{L}\\p{N}_.'"])${name}\\.[\\p{L}_]`, 'u').test(text);
    const bound = new RegExp(
      `\\bimport\\b[^\\n#]*\\b${name}\\b|(?<![\\p{L}\\p{N}_.])${name}[ \\t]*(?:=(?!=)|:=|,[^\\n=()]*=(?!=)|\\bin\\b)|[(,][ \\t]*${name}[ \\t]*[,:)=]|\\b(?:for|lambda|as)[ \\t]+${name}\\b`,
      'u',
    ).test(text);
    if (used && !bound) assumed.set(name, library);
  }
  return assumed;
}
