/** Damages the TeX of a derivative in the ways in which people get them wrong: sign, index, factor, dropped factor. */

/** A small generator of reproducible numbers in [0, 1). */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

type Mutation = (tex: string) => string[];

const replaceEach =
  (pattern: RegExp, by: (match: string) => string): Mutation =>
  (tex) =>
    [...tex.matchAll(pattern)].map((m) => tex.slice(0, m.index) + by(m[0]) + tex.slice(m.index + m[0].length));

const MUTATIONS: readonly Mutation[] = [
  // A sign between terms, or in front of everything.
  replaceEach(/(?<=[\w}] )[+-](?= )/g, (s) => (s === '+' ? '-' : '+')),
  (tex) => [tex.startsWith('- ') ? tex.slice(2) : `- \\left(${tex}\\right)`],
  // An index.
  replaceEach(/x_\{1\}/g, () => 'x_{2}'),
  replaceEach(/x_\{2\}/g, () => 'x_{3}'),
  // A number that is a factor or exponent.
  replaceEach(/(?<![\d.])[2-9](?!\d)/g, (d) => String(Number(d) + 1)),
  (tex) => [`2 \\left(${tex}\\right)`],
  // One function taken for another.
  replaceEach(/\\sin(?!h)/g, () => '\\cos'),
  replaceEach(/\\cos(?!h)/g, () => '\\sin'),
  // The factor in front, dropped.
  (tex) =>
    /^[a-z] (?=[\\a-z])/.test(tex) && !/ [+-] /.test(tex.replace(/\\left\(.*\\right\)/g, '')) ? [tex.slice(2)] : [],
];

/** One damage of a formula, chosen by the generator. */
export function mutate(tex: string, random: () => number): string {
  const kinds = MUTATIONS.map((m) => m(tex)).filter((list) => list.length > 0);
  const kind = kinds[Math.floor(random() * kinds.length)] as string[];
  return kind[Math.floor(random() * kind.length)] as string;
}
