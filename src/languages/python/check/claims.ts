/** What a derivative claims: what it returns, what it leaves in fields, what it moves by itself; and what each is the gradient by. */
import { isPartOf, nameOf as partName, printNamePath } from '../../../format/namePath';
import type { NamePath } from '../../../model';
import { type NdArray, zip } from '../../../tensor';
import type { Expr } from '../ast';
import { namePath } from '../compile/compiler';
import { PyDict, PyInstance, PyList, PyTuple, type PyValue } from '../values/object';
import type { Callee } from './callee';
import { gradientTarget } from './names';
import { numberArray, numberArrayOrList } from './numbersOf';
import type { CheckedLeaf } from './shot';

export interface Claim {
  /** How the program calls it: `dW`, `self.d_weights`, `grads['W1']`. */
  readonly label: string;
  readonly value: NdArray;
  /** The leaf that it is the gradient by, if a name says it. */
  readonly leaf?: CheckedLeaf;
  /** Its place among what is returned, where no name says more. */
  readonly position?: number;
  /** A part of an array that holds the gradients by all arguments. */
  readonly isStacked?: true;
}

export interface Answer {
  readonly answer: PyValue;
  readonly backward: Callee;
  /** What it returns, as it is written, see {@link returnedBy}. */
  readonly returned: Expr | undefined;
  readonly leaves: readonly CheckedLeaf[];
  /** Parameters of the function in order. */
  readonly parameters: readonly string[];
  /** The names under which calls in the document take several values apart. */
  readonly takenAs: readonly (readonly string[])[];
  readonly self: PyInstance | undefined;
  /** Numbers inside the object before the derivative was called, by path. */
  readonly before: ReadonlyMap<string, NdArray>;
  /** The learning rate that it was given. */
  readonly rate?: number;
  /** The place of the loss among what is returned. */
  readonly without?: number;
}

export function claimsIn(a: Answer): Claim[] {
  const claims: Claim[] = [];
  const { returned, without } = a;
  if (without !== undefined && a.answer instanceof PyTuple && returned?.kind === 'Tuple') {
    const parts = a.answer.items.filter((_, i) => i !== without);
    const written = returned.elts.filter((_, i) => i !== without);
    const [only] = parts;
    if (parts.length === 1 && only !== undefined) returnedClaims(a, only, written[0], claims);
    else returnedClaims(a, new PyTuple(parts), { ...returned, elts: written }, claims);
  } else returnedClaims(a, a.answer, returned, claims);
  if (a.self) fieldClaims(a, a.self, ['self'], claims, new Set());
  return claims;
}

/** @param within the containers that hold the value: one that holds itself holds no further gradients */
function returnedClaims(
  a: Answer,
  value: PyValue,
  e: Expr | undefined,
  claims: Claim[],
  within: readonly PyValue[] = [],
): void {
  if (within.includes(value)) return;
  const inside = [...within, value];
  const whole = numberArrayOrList(value);
  const label = e && nameOf(e);
  if (value instanceof PyList && within.length === 0) {
    const before = claims.length;
    elementClaims(value, [label ?? a.backward.name], elementsNamed(a.parameters[0], a.leaves), claims);
    if (claims.length > before) return;
  }
  if (whole && !(e?.kind === 'Tuple')) {
    const leaf = e && leafWritten(e, a.leaves);
    claims.push({
      label: label ?? a.backward.name,
      value: whole,
      ...(leaf ? { leaf } : {}),
      position: claims.length,
    });
    return;
  }
  if (value instanceof PyDict) {
    for (const { key, value: v } of value.entries.values()) {
      if (typeof key !== 'string') continue;
      const array = numberArray(v);
      const leaf = leafFor(key, a.leaves) ?? leafNamed(key, a.leaves);
      if (array && leaf) claims.push({ label: `${label ?? 'grads'}['${key}']`, value: array, leaf });
      else if (v instanceof PyDict) returnedClaims(a, v, undefined, claims, inside);
    }
    return;
  }
  if (!(value instanceof PyTuple || value instanceof PyList)) return;
  const isPermuted = e?.kind === 'Tuple' && permutes(a, e);
  value.items.forEach((item, i) => {
    const part = e?.kind === 'Tuple' ? e.elts[i] : undefined;
    if (item instanceof PyDict || item instanceof PyTuple || (item instanceof PyList && !numberArrayOrList(item))) {
      returnedClaims(a, item, part, claims, inside);
      return;
    }
    const array = numberArrayOrList(item);
    if (!array) return;
    const name = part && nameOf(part);
    const leaf = part && !isPermuted ? leafWritten(part, a.leaves) : undefined;
    claims.push({
      label: name ?? `${a.backward.name}(…)[${i}]`,
      value: array,
      ...(leaf ? { leaf } : {}),
      position: i,
    });
  });
}

/**
 * Whether gradients by all arguments are returned in another order than the arguments have, and no call in the document
 * takes them in that order: whoever calls it goes by the places.
 */
function permutes(a: Answer, e: Extract<Expr, { kind: 'Tuple' }>): boolean {
  const given = e.elts.map((x) => leafWritten(x, a.leaves)?.path);
  if (given.some((path) => path?.length !== 1)) return false;
  const names = given.map((path) => String(path?.[0]));
  if (new Set(names).size !== names.length) return false;
  const inOrder = a.parameters.filter((p) => names.includes(p));
  if (inOrder.length !== names.length || names.every((n, i) => n === inOrder[i])) return false;
  const all = a.parameters.filter((p) => a.leaves.some((l) => l.path.length === 1 && l.name === p));
  // Of some arguments only, the order is the author's; calls that take it apart otherwise tell.
  if (all.length !== names.length) {
    return a.takenAs.some((taken) => {
      const meant = taken.map((name) => leafFor(name, a.leaves)?.path[0]);
      return (
        meant.length === names.length && names.every((n) => meant.includes(n)) && meant.some((m, i) => m !== names[i])
      );
    });
  }
  const own = e.elts.map((x) => nameOf(x) ?? '');
  return !a.takenAs.some((taken) => taken.length === own.length && taken.every((name, i) => name === own[i]));
}

/** The name of an expression; of `dj_dw / m` and `0.5 * dw` that of the gradient in it. */
function pathIn(e: Expr): NamePath | undefined {
  if (e.kind !== 'BinOp' || (e.op !== '*' && e.op !== '/')) return namePath(e);
  const { left, right } = e;
  const gradient = isCount(right) ? left : e.op === '*' && isCount(left) ? right : undefined;
  return gradient && pathIn(gradient);
}

/** A number, or what is called like one: `m`, `len(x)`, `x.shape[0]`, `1 / m`. */
function isCount(e: Expr): boolean {
  switch (e.kind) {
    case 'Constant':
      return true;
    case 'Name':
      return /^(?:[mnNM]|batch\w*|n_\w+|num_\w+|size|count)$/.test(e.id);
    case 'Call':
      return e.func.kind === 'Name' && (e.func.id === 'len' || e.func.id === 'float');
    case 'Subscript':
      return e.value.kind === 'Attribute' && e.value.attr === 'shape';
    case 'Attribute':
      return e.attr === 'size';
    case 'BinOp':
      return isCount(e.left) && isCount(e.right);
    default:
      return false;
  }
}

/** The leaf that an expression is called after: of `self.hidden.d_weights` the one beside it. */
function leafWritten(e: Expr, leaves: readonly CheckedLeaf[]): CheckedLeaf | undefined {
  const path = pathIn(e);
  if (!path) return undefined;
  const name = lastName(path);
  const beside = path.length > 1 ? leaves.filter((l) => isUnder(l.path, path.slice(0, -1))) : [];
  return leafFor(name, beside) ?? leafFor(name, leaves);
}

function nameOf(e: Expr): string | undefined {
  const path = pathIn(e);
  if (path) return printNamePath(path);
  if (e.kind === 'Subscript' && e.slice.kind === 'Constant' && e.slice.value.type === 'str') return e.slice.value.value;
  return undefined;
}

/** Fields that hold gradients of fields beside them, in the object and the objects inside it. */
function fieldClaims(a: Answer, object: PyInstance, path: NamePath, claims: Claim[], seen: Set<PyValue>): void {
  if (seen.has(object) || path.length > 5) return;
  seen.add(object);
  const beside = a.leaves.filter((l) => isUnder(l.path, path));
  const own = beside.length > 0 ? beside : a.leaves;
  for (const [name, value] of object.attrs) {
    const here = [...path, name];
    const array = numberArray(value);
    if (array) {
      const text = printNamePath(here);
      const leaf = leafFor(name, own) ?? leafFor(name, a.leaves) ?? (path.length === 1 ? inputFor(name, a) : undefined);
      if (leaf && leaf.name !== text && hasChanged(a.before.get(text), array)) {
        claims.push({ label: text, value: array, leaf });
      } else if (a.rate !== undefined) moved(a, text, array, claims);
    } else if (value instanceof PyInstance) fieldClaims(a, value, here, claims, seen);
    else if (value instanceof PyList || value instanceof PyTuple) {
      elementClaims(value, here, elementsNamed(gradientTarget(name), a.leaves), claims);
      value.items.forEach((item, i) => {
        if (item instanceof PyInstance) fieldClaims(a, item, [...here, i], claims, seen);
      });
    } else if (value instanceof PyDict) {
      const isGradients = /grad|^d_|^d[A-Z]|delta/i.test(name);
      for (const { key, value: v } of value.entries.values()) {
        if (v instanceof PyInstance) fieldClaims(a, v, [...here, String(key)], claims, seen);
        const inner = numberArray(v);
        if (!inner || typeof key !== 'string') continue;
        const leaf = isGradients ? (leafFor(key, a.leaves) ?? leafNamed(key, a.leaves)) : leafFor(key, own);
        if (leaf && leaf.name !== printNamePath([...here, { key }])) {
          claims.push({ label: printNamePath([...here, { key }]), value: inner, leaf });
        }
      }
    }
  }
}

/** Leaves of a list of numbers with a name, in order; none where several lists have it, or one has other things in it. */
function elementsNamed(name: string | undefined, leaves: readonly CheckedLeaf[]): readonly CheckedLeaf[] {
  if (name === undefined) return [];
  const found = leaves.filter(({ path }) => path.length > 1 && lastName(path.slice(0, -1)) === name);
  return found.every(({ path }, i) => path.at(-1) === i) ? found : [];
}

/** A list of gradients by the elements of a list. */
function elementClaims(value: PyList | PyTuple, path: NamePath, leaves: readonly CheckedLeaf[], claims: Claim[]): void {
  const arrays = value.items.map((item) => numberArray(item));
  if (leaves.length === 0 || leaves.length !== arrays.length) return;
  arrays.forEach((array, i) => {
    const leaf = leaves[i];
    if (array?.size === 1 && leaf) claims.push({ label: printNamePath([...path, i]), value: array, leaf });
  });
}

/** `dinputs` of a layer whose argument goes by another name. */
function inputFor(name: string, { parameters, leaves }: Answer): CheckedLeaf | undefined {
  return /^inputs?$/.test(gradientTarget(name) ?? '') ? leaves.find((l) => l.name === parameters[0]) : undefined;
}

/** A parameter that the derivative moved by −rate · gradient. */
function moved(a: Answer, text: string, now: NdArray, claims: Claim[]): void {
  const before = a.before.get(text);
  const leaf = a.leaves.find((l) => l.name === text);
  if (!before || !leaf || a.rate === undefined || !hasChanged(before, now)) return;
  const { rate } = a;
  claims.push({ label: text, value: zip((was, is) => (was - is) / rate, before, now, 'float64'), leaf });
}

function hasChanged(before: NdArray | undefined, now: NdArray): boolean {
  if (!before || before.size !== now.size) return true;
  const [x, y] = [before.elements(), now.elements()];
  for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return true;
  return false;
}

function isUnder(path: NamePath, folder: NamePath): boolean {
  return isPartOf(folder, path);
}

/** The leaf that a gradient's name is called after; undefined where the name is none or fits several. */
export function leafFor(name: string, leaves: readonly CheckedLeaf[]): CheckedLeaf | undefined {
  const target = gradientTarget(name);
  return target === undefined ? undefined : leafNamed(target, leaves);
}

/** The leaf with a name, by its last part: exactly, else but for case and underscores where only one is like that. */
export function leafNamed(name: string, leaves: readonly CheckedLeaf[]): CheckedLeaf | undefined {
  const last = (leaf: CheckedLeaf) => lastName(leaf.path);
  const usable = leaves.filter((l) => !String(l.path[0]).startsWith('('));
  const exact = usable.filter((l) => last(l) === name);
  if (exact.length > 0) return exact.length === 1 ? exact[0] : exact.find((l) => l.path.length === 1);
  const plain = (text: string) => text.replace(/_/g, '').toLowerCase();
  const alike = usable.filter((l) => plain(last(l)) === plain(name));
  if (alike.length === 1) return alike[0];
  // `dw` beside a field `weights`, `db` beside `bias`.
  const short: Readonly<Record<string, RegExp>> = { w: /^(?:weights?|kernel)$/i, b: /^bias(?:es)?$/i };
  const pattern = short[name.toLowerCase()];
  const long = pattern ? usable.filter((l) => pattern.test(last(l))) : [];
  return long.length === 1 ? long[0] : undefined;
}

/** What the last part of a path is called. */
export function lastName(path: NamePath): string {
  return String(partName(path[path.length - 1] ?? ''));
}
