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

const choose = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)] as T;

/** A printed number with a wrong digit, sign or power of ten. The last digit stays: it may be cut off or rounded. */
export function damageNumber(text: string, random: () => number): string {
  const digits = [...text.matchAll(/\d/g)].map((m) => m.index).slice(0, -1);
  const changes = [
    () => (text.startsWith('-') ? text.slice(1) : `-${text}`),
    () => {
      const at = choose(digits, random);
      const other = (Number(text[at]) + 1 + Math.floor(random() * 8)) % 10;
      return text.slice(0, at) + String(other) + text.slice(at + 1);
    },
    () => {
      const [whole = '', fraction = ''] = text.split('.');
      return `${whole}${fraction[0] ?? '0'}.${fraction.slice(1)}0`;
    },
  ];
  const damaged = choose(changes, random)();
  return Number(damaged) === Number(text) ? `-${text.replace('-', '')}9` : damaged;
}

/** A product of derivatives with one of them dropped, damaged, or of the wrong sign. */
export function damageChain(factors: readonly [string, string], random: () => number): string {
  const group = (f: string) => `\\left(${f}\\right)`;
  const [first, second] = factors;
  const changes = [
    ...(second === '1' ? [] : [() => group(first)]),
    ...(first === '1' ? [] : [() => group(second)]),
    () => `-${group(first)} ${group(second)}`,
    () => `${group(mutate(first, random))} ${group(second)}`,
    () => `${group(first)} ${group(mutate(second, random))}`,
  ];
  return choose(changes, random)();
}

/** A row of a trace with a term dropped, a wrong sign, or the row of another variable. */
export function damageRow(row: string, random: () => number): string {
  const terms = row.split(' + ');
  const at = Math.floor(random() * terms.length);
  const term = terms[at] as string;
  const joined = (by: string | undefined) =>
    terms.flatMap((t, i) => (i !== at ? [t] : by === undefined ? [] : [by])).join(' + ');
  const changes = [
    ...(terms.length > 1 ? [() => joined(undefined)] : []),
    () => joined(`2 ${term}`),
    () => `${terms.slice(0, at).join(' + ')} - ${terms.slice(at).join(' - ')}`,
    // Another index, one that the term does not have.
    () =>
      joined(
        term.replace(/(\\(?:bar|dot)\{v\})_(\d)/, (_, v: string, i: string) => `${v}_${i === '8' ? 7 : Number(i) + 1}`),
      ),
  ];
  return choose(changes, random)();
}
