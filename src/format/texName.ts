/** How a name of the source is typeset. */
import type { NamePath } from '../model';
import { nameOf } from './namePath';

const GREEK = new Set(
  (
    'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega ' +
    'Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega'
  ).split(' '),
);

/** Names that are already TeX: `x_{i,1}`, `\hat{y}`, `x_1`. */
const TEX = /[\\{^]|^\p{L}_\p{L}?\d*$|^\p{L}_\d+$/u;

/**
 * TeX of a name path. TeX names stay as they are; `x1` becomes x₁, `alpha` α, a longer word upright,
 * keys and indices follow in the notation of the code.
 */
export function texName(path: NamePath): string {
  const [root = '', ...rest] = path.map(nameOf);
  const last = rest.at(-1);
  // `self.W1` and `params['W1']` are the same quantity to a reader: the last name is what is drawn.
  if (typeof last === 'string' && last !== '') return texRoot(last);
  const indices = rest.map(String).join(',');
  const base = texRoot(String(root));
  return indices === '' ? base : `${base}{}_{[${indices}]}`;
}

function texRoot(name: string): string {
  if (TEX.test(name)) return name.replace(/_(\d\d+)$/, '_{$1}');
  const match = /^(.*?)_?(\d+)$/u.exec(name);
  const [base, digits] = match && match[1] ? [match[1], match[2] as string] : [name, ''];
  const subscript = digits === '' ? '' : digits.length === 1 ? `_${digits}` : `_{${digits}}`;
  if (GREEK.has(base)) return `\\${base}${subscript}`;
  if ([...base].length === 1) return `${base}${subscript}`;
  return `\\mathrm{${base.replace(/[_#$%&{}^~\\]/g, '\\$&')}}${subscript}`;
}
