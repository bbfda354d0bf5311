/** Directives among the comments of a Python text. */
import type { Fault } from '../frontEnd';
import { type Directive, isFault, mayHoldDirectives, readDirective } from '../directives';
import type { ParsedModule } from './parse';

export interface Directives {
  readonly directives: readonly Directive[];
  readonly faults: readonly Fault[];
}

const LAYOUT_OF_CODE = 'this is for text: in code, shapes say how derivatives are laid out';

export function directivesOf({ text, tree }: ParsedModule): Directives {
  const directives: Directive[] = [];
  const faults: Fault[] = [];
  if (!mayHoldDirectives(text)) return { directives, faults };
  for (const match of text.matchAll(/#+([^\n\r]*)/g)) {
    // In a string it is no comment.
    const node = tree.resolveInner(match.index, 1);
    if (node.name !== 'Comment' || node.from !== match.index) continue;
    const content = match[1] as string;
    const directive = readDirective(content, match.index + match[0].length - content.length);
    if (directive === undefined) continue;
    if (isFault(directive)) faults.push(directive);
    else if (directive.kind === 'layout')
      faults.push({ span: directive, code: 'malformed-directive', message: LAYOUT_OF_CODE });
    else directives.push(directive);
  }
  return { directives, faults };
}
