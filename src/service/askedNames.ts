/** Names in a request that mean nothing in what was recorded: a slip of the pen must not pass in silence. */
import { isAnyPart, parseNamePath, printNamePath } from '../format';
import type { NamePath } from '../model';
import type { TraceAddress } from '../protocol';
import type { OpenDocument } from './documents';
import { RequestError } from './sweep';

/**
 * @param inputs the names of all inputs of what was recorded
 * @throws {RequestError} with a sentence for whoever asked
 */
export function requireKnownNames(
  document: OpenDocument,
  { wrt = [], tangent, set = {} }: TraceAddress,
  inputs: readonly NamePath[],
): void {
  const known = (text: string) => inputs.some((name) => isAnyPart([text], name));
  for (const name of [...wrt, ...(tangent === undefined ? [] : [tangent])]) {
    if (!known(name)) throw new RequestError(`there is no input ${name}${listed(inputs)}`);
  }
  for (const name of Object.keys(set)) {
    // A value may be given that reaches no output; a name that the document does not even hold is a mistake.
    const root = parseNamePath(name)?.[0];
    if (root === undefined) throw new RequestError(`${name} is no name`);
    const occurs = document.source.text.includes(String(root));
    if (!known(name) && !occurs) throw new RequestError(`there is no ${name} to set${listed(inputs)}`);
  }
}

/** More names than this are not listed: nobody reads them. */
const MANY = 12;

function listed(inputs: readonly NamePath[]): string {
  const names = [...new Set(inputs.map(printNamePath))];
  if (names.length === 0) return '';
  const rest = names.length > MANY ? ` and ${names.length - MANY} more` : '';
  return `; there is ${names.slice(0, MANY).join(', ')}${rest}`;
}
