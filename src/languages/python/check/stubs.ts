/** Derivatives that are not written yet. */
import type { Expr, FunctionDef, Lambda, Stmt } from '../ast';
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

/** `None` or zeros, or names that were only ever given those. */
function isPlaceholder(f: FunctionDef, e: Expr): boolean {
  if (e.kind === 'Tuple' || e.kind === 'List') return e.elts.every((x) => isPlaceholder(f, x));
  if (e.kind === 'Dict') return e.items.every((i) => isPlaceholder(f, i.value));
  if (e.kind !== 'Name') return isNothing(e);
  const values = [...ownStatements(f.body)].flatMap((s): Expr[] => {
    if (s.kind !== 'Assign') return [];
    return s.targets.flatMap((t): Expr[] => {
      if (t.kind === 'Name') return t.id === e.id ? [s.value] : [];
      if (t.kind !== 'Tuple') return [];
      const i = t.elts.findIndex((x) => x.kind === 'Name' && x.id === e.id);
      if (i < 0) return [];
      return s.value.kind === 'Tuple' ? [s.value.elts[i] ?? s.value] : [s.value];
    });
  });
  return values.length > 0 && values.every((value) => isPlaceholder(f, value)) && !isFilled(f, e.id);
}

/** `None`, 0, and arrays of zeros. */
function isNothing(e: Expr): boolean {
  if (isNone(e)) return true;
  if (e.kind === 'Constant')
    return e.value.type === 'float' || e.value.type === 'int' ? Number(e.value.value) === 0 : false;
  if (e.kind !== 'Call') return false;
  const name = e.func.kind === 'Attribute' ? e.func.attr : e.func.kind === 'Name' ? e.func.id : '';
  return /^(?:zeros|zeros_like|empty|empty_like)$/.test(name);
}

/** Whether something is written into a name: elements, sums, a call that may. */
function isFilled(f: FunctionDef, name: string): boolean {
  const isIt = (e: Expr): boolean => e.kind === 'Name' && e.id === name;
  return [...nodesIn(f.body)].some((n) => {
    if (n.kind === 'AugAssign') return [...nodesIn(n.target)].some((x) => x.kind === 'Name' && x.id === name);
    if (n.kind === 'Assign') {
      return n.targets.some(
        (t) => t.kind !== 'Name' && t.kind !== 'Tuple' && [...nodesIn(t)].some((x) => isIt(x as Expr)),
      );
    }
    return n.kind === 'Call' && n.args.some(isIt);
  });
}
