/** Names of code and the names of formulas that they are written for. */
import { LETTERS } from '../../latex/vocabulary';

const ACCENTS: ReadonlyMap<string, string> = new Map([
  ['hat', 'hat'],
  ['bar', 'bar'],
  ['tilde', 'tilde'],
]);

/** The names of formulas that a name of code is written for: an array may be set in bold, a number is not. */
export function formulaNames(name: string, isArray: boolean): string[] {
  const match = /^([A-Za-z]+?)(?:_(hat|bar|tilde))?_?(\d*)(?:_(hat|bar|tilde))?$/.exec(name);
  if (!match) return [];
  const [, word = '', accent, digits = '', late] = match;
  const mark = ACCENTS.get(accent ?? late ?? '');
  const joined = mark === undefined && digits === '' ? /^([A-Za-z])(hat|bar)$/.exec(word) : null;
  const letter = joined?.[1] ?? (word === 'lam' || word === 'lmbda' ? 'lambda' : word);
  const prefix = joined?.[2] ?? mark;
  if (letter.length !== 1 && !LETTERS.has(letter)) return [];
  const accented = prefix === undefined ? '' : `${prefix}:`;
  const fonts = [accented + letter, ...(isArray ? [`${accented}bf:${letter}`, `${accented}vec:${letter}`] : [])];
  if (digits === '') return fonts;
  return fonts.flatMap((font) => [`${font}_${digits}`, `${font}^{(${digits})}`, `${font}^{[${digits}]}`]);
}
