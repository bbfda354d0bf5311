/** Derivatives that are not written yet. */
import type { FunctionDef, Lambda, Stmt } from '../ast';
import { nodesIn, ownStatements, returnsOf } from './walk';

/** Why a function counts as not written yet; undefined where it computes something. */
export function stubReason(f: FunctionDef | Lambda, text: string): string | undefined {
  if (f.kind === 'Lambda') return undefined;
  const body = f.body.filter((s, i) => !(i === 0 && isText(s)));
  if (body.length === 0 || body.every((s) => s.kind === 'Pass' || isEllipsis(s))) return 'its body is empty';
  const own = [...ownStatements(f.body)];
  const raises = own.find((s) => s.kind === 'Raise' && s.exc && [...nodesIn(s.exc)].some(isNotImplemented));
  if (raises && body.includes(raises)) return 'it raises NotImplementedError';
  const returns = returnsOf(f);
  const source = text.slice(f.from, f.to);
  const hasNote = /#.*\b(?:TODO|FIXME|YOUR CODE|START CODE|IMPLEMENT|FILL IN|your code here)\b/i.test(source);
  if (hasNote && returns.every((r) => !r.value || isPlaceholder(f, r.value))) return 'it is still to be filled in';
  if (returns.length > 0 && returns.every((r) => !r.value || isNone(r.value))) {
    return own.some((s) => s.kind === 'Assign' || s.kind === 'AugAssign') ? undefined : 'it returns None';
  }
  return undefined;
}

const isText = (s: Stmt) => s.kind === 'Expr' && s.value.kind === 'Constant' && s.value.value.type === 'str';
const isEllipsis = (s: Stmt) => s.kind === 'Expr' && s.value.kind === 'Constant' && s.value.value.type === 'Ellipsis';
const isNone = (e: { readonly kind: string; readonly value?: unknown }) =>
  e.kind === 'Constant' && (e.value as { type: string }).type === 'None';
const isNotImplemented = (n: { readonly kind: string; readonly id?: string }) =>
  n.kind === 'Name' && n.id === 'NotImplementedError';

/** `None`, or names that were only ever given None. */
function isPlaceholder(f: FunctionDef, e: { readonly kind: string }): boolean {
  const names = [...nodesIn(e)].filter((n) => n.kind === 'Name');
  if (names.length === 0) return [...nodesIn(e)].every((n) => n.kind === 'Tuple' || isNone(n));
  return names.every((name) => {
    const values = [...ownStatements(f.body)].flatMap((s) => {
      if (s.kind !== 'Assign') return [];
      return s.targets.flatMap((t) => {
        if (t.kind === 'Name') return t.id === name.id ? [s.value] : [];
        if (t.kind !== 'Tuple') return [];
        const i = t.elts.findIndex((x) => x.kind === 'Name' && x.id === name.id);
        if (i < 0) return [];
        return s.value.kind === 'Tuple' ? [s.value.elts[i] ?? s.value] : [s.value];
      });
    });
    return values.length > 0 && values.every(isNone);
  });
}
