/** What a check is called where it can not be typeset: code by its name, an equation by itself. */
import { texToText } from './texText';

const MAX_LENGTH = 72;
const IDENTIFIER = /^[\p{L}_][\p{L}\d_.]*$/u;

export function checkTitle({
  kind,
  id,
  name,
}: {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
}): string {
  // Names in code stand as they are: `__call__`, `layer_10`.
  if (kind !== 'claim') return IDENTIFIER.test(name) && !/^[A-Za-z]_\d$/.test(name) ? name : texToText(name);
  // Equations that are written twice are told apart by a number.
  const text = texToText(id.replace(/#\d+$/, ''));
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text;
}
