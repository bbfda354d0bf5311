/**
 * Canonical names of the syntax tree (`hat:y_1`, `alpha`, `w_{ji}`) and how they are written in TeX (`\hat{y}_1`,
 * `\alpha`, `w_{ji}`), which is how the reader knows them.
 */
import { texToText } from '../../format';
import { integralOf, integralToTex, isIntegral } from './integrals';
import { parseFormula } from './parse';
import { derivativeParts } from './unknownDerivatives';
import { ACCENTS, FONTS, LETTERS } from './vocabulary';
import { bare } from './tree';

const COMMANDS: ReadonlyMap<string, string> = new Map([
  ...[...ACCENTS].reverse().map(([command, prefix]): [string, string] => [prefix, command]),
  ...[...FONTS]
    .filter(([, prefix]) => prefix !== '')
    .reverse()
    .map(([command, prefix]): [string, string] => [prefix, command]),
]);

/** TeX of a canonical name. */
export function nameToTex(name: string): string {
  const derivative = derivativeParts(name);
  if (derivative) {
    const [operand, ...variables] = derivative.map(nameToTex);
    const order = variables.length === 1 ? '' : `^${variables.length}`;
    return `\\frac{\\partial${order} ${operand}}{${variables.map((v) => `\\partial ${v}`).join(' ')}}`;
  }
  if (isIntegral(name)) return integralToTex(integralOf(name), nameToTex);
  const colon = name.indexOf(':');
  const command = colon > 0 ? COMMANDS.get(name.slice(0, colon)) : undefined;
  if (command) {
    const rest = name.slice(colon + 1);
    const scripts = /[_^]/.exec(rest)?.index ?? rest.length;
    const inner = nameToTex(rest.slice(0, scripts));
    // \mathbf has no Greek letters.
    const bold = command === 'mathbf' && inner.startsWith('\\') ? 'boldsymbol' : command;
    return `\\${bold}{${inner}}${scriptsToTex(rest.slice(scripts))}`;
  }
  const scripts = /[_^]/.exec(name)?.index ?? name.length;
  const base = name.slice(0, scripts);
  return (LETTERS.has(base) ? `\\${base}` : base) + scriptsToTex(name.slice(scripts));
}

/** A name as plain text: `bar:v_1` as v̄₁, `alpha` as α, `cal:L_i` as Lᵢ. */
export function nameToText(name: string): string {
  return texToText(nameToTex(name));
}

/** `_mu` is a command below, `_13` two digits: braces and backslashes as TeX wants them. */
function scriptsToTex(scripts: string): string {
  return scripts.replace(/([_^])(\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|[^_^{}]+)/g, (_, mark: string, script: string) => {
    if (script.startsWith('{') || script.length === 1) return mark + script;
    return LETTERS.has(script) ? `${mark}\\${script}` : `${mark}{${script}}`;
  });
}

/** The canonical name that a reader means by a text: TeX, or a Greek letter by its plain name. */
export function nameOf(text: string): string | undefined {
  const word = /^([A-Za-z]+)((?:[_^].*)?)$/.exec(text.trim());
  const source = word && LETTERS.has(word[1] as string) ? `\\${word[1]}${word[2]}` : text;
  const { root, errors } = parseFormula(source);
  const node = bare(root);
  if (errors.length === 0 && node.kind === 'symbol') return node.name;
  // A word in several letters, such as `loss`.
  return word && !word[2] ? word[1] : undefined;
}
