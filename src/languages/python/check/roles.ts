/** What the parameters of a derivative stand for: arguments of the function, its result, what flows in, what it kept. */
import type { Expr } from '../ast';
import { type Callee, keptResult, parametersOf, returnedExpressions } from './callee';
import { BACKWARD_METHODS, gradientTarget, isCacheName, isLearningRate, isTargetName, isUpstreamName } from './names';

export type Role =
  /** The value of a parameter of the function, by name. */
  | { readonly kind: 'argument'; readonly name: string }
  /** The result, or one of several. */
  | { readonly kind: 'output'; readonly index: number | undefined }
  /** What flows in from above into one result. */
  | { readonly kind: 'upstream'; readonly index: number }
  /** What the function returned beside its result. */
  | { readonly kind: 'cache' }
  /** What the function left in a field of the object. */
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'rate' }
  | { readonly kind: 'default' };

/** One role a parameter, in order. */
export interface Assignment {
  readonly roles: readonly Role[];
  /** Said of a pass that needed this reading. */
  readonly note?: string;
  /**
   * A parameter of the derivative whose role is a guess: no name says what it stands for, and the parameters of the two do
   * not match one by one. A pass shows that the guess was right; a difference shows nothing.
   */
  readonly unsure?: string;
  /** Of several results the derivative is that of their mean, or of their sum. */
  readonly reduction?: Reduction;
}

export type Reduction = 'mean' | 'sum';

/** Names of the results of a function, as far as its `return` says them; of a method that returns nothing the field. */
export function outputNames(c: Callee): readonly (string | undefined)[] {
  const kept = keptResult(c);
  if (kept) return [kept.field];
  const last = returnedExpressions(c).at(-1);
  if (!last) return [];
  const items: readonly Expr[] = last.kind === 'Tuple' ? last.elts : [last];
  return items.map((e) => (e.kind === 'Name' ? e.id : e.kind === 'Attribute' ? e.attr : undefined));
}

/** Whether a function has one parameter that must be given. */
const takesOne = (c: Callee) => parametersOf(c).filter((p) => p.default === undefined).length === 1;

/**
 * The likeliest reading first; the others are tried where it does not agree with the numbers.
 * @param known what calls of the program say that parameters stand for
 * @param reductions what may be made of several values of a method that is given nothing from above
 */
export function assignments(
  forward: Callee,
  backward: Callee,
  style: string,
  known: ReadonlyMap<string, Role> = new Map(),
  reductions: readonly Reduction[] = [],
): Assignment[] {
  const given = parametersOf(forward).map((p) => p.name);
  const wanted = parametersOf(backward);
  const outputs = outputNames(forward);
  const returnsMore = outputs.length > 1;
  const isBackward =
    style === 'cache' ||
    BACKWARD_METHODS.includes(backward.name) ||
    /back|bwd|bprop|vjp/i.test(backward.name) ||
    style === 'layer';
  const roles = new Array<Role | undefined>(wanted.length);
  const free = new Set(given);
  wanted.forEach((p, i) => {
    const role = known.get(p.name);
    if (role) {
      roles[i] = role;
      if (role.kind === 'argument') free.delete(role.name);
    } else if (free.has(p.name)) {
      roles[i] = { kind: 'argument', name: p.name };
      free.delete(p.name);
    } else if (outputs.includes(p.name))
      roles[i] = { kind: 'output', index: returnsMore ? outputs.indexOf(p.name) : undefined };
    else if (isCacheName(p.name) && returnsMore) roles[i] = { kind: 'cache' };
    else if (isLearningRate(p.name)) roles[i] = { kind: 'rate' };
  });
  let hasUpstream = known.size > 0;
  let unsure: string | undefined;
  wanted.forEach((p, i) => {
    if (roles[i]) return;
    const isFirstOfBackward = isBackward && !hasUpstream && BACKWARD_METHODS.includes(backward.name);
    const target = gradientTarget(p.name);
    const index = target === undefined ? -1 : outputs.findIndex((o) => o?.toLowerCase() === target.toLowerCase());
    const isNamed = isUpstreamName(p.name) || index >= 0;
    if (isNamed || isFirstOfBackward) {
      if (p.default !== undefined) {
        roles[i] = { kind: 'default' };
        hasUpstream = true;
        return;
      }
      const taken = roles.some((r) => r?.kind === 'upstream' && r.index === Math.max(index, 0));
      if (!taken) {
        const isOnly = roles.filter((r) => r === undefined).length === 1 && !isTargetName(p.name);
        if (!isNamed && !isOnly) unsure ??= p.name;
        roles[i] = { kind: 'upstream', index: Math.max(index, 0) };
        hasUpstream = true;
      }
    } else if (p.default !== undefined) roles[i] = { kind: 'default' };
  });
  // What is left takes what is left, in order.
  const order = [...free];
  const left = wanted.filter((_, i) => !roles[i]);
  if (left.length > 0 && left.length !== order.length) unsure ??= left[0]?.name;
  wanted.forEach((_, i) => {
    if (roles[i]) return;
    const name = order.shift();
    roles[i] =
      name === undefined
        ? returnsMore
          ? { kind: 'cache' }
          : { kind: 'output', index: undefined }
        : { kind: 'argument', name };
  });
  // Right answers that the function does not know say most: the derivative is that of a loss.
  const answer = wanted.find((p) => isTargetName(p.name) && !given.includes(p.name) && !outputs.includes(p.name));
  if (unsure !== undefined && answer) unsure = answer.name;
  const first: Assignment = { roles: roles as Role[], ...(unsure === undefined ? {} : { unsure }) };
  const found = [first];
  const vary = (i: number, role: Role, note: string, unsure = first.unsure): void => {
    const varied = [...first.roles];
    varied[i] = role;
    found.push({ ...first, roles: varied, note, ...(unsure === undefined ? {} : { unsure }) });
  };
  first.roles.forEach((role, i) => {
    const p = wanted[i] as (typeof wanted)[number];
    if (role.kind === 'argument' && p.default === undefined && takesOne(forward) && takesOne(backward)) {
      vary(
        i,
        { kind: 'output', index: undefined },
        `\`${p.name}\` is the value of \`${forward.name}\`, not its argument`,
      );
    }
    if (role.kind === 'upstream' && free.size > 0 && first.roles.some((r) => r.kind === 'argument')) {
      // `backward(dvalues, y_true)` of a loss: the predictions come in.
      const name = [...free][0] as string;
      vary(i, { kind: 'argument', name }, `\`${p.name}\` is the argument \`${name}\``, p.name);
    }
    if (role.kind === 'output' && order.length > 0) {
      vary(i, { kind: 'argument', name: order[0] as string }, `\`${p.name}\` is the argument \`${order[0]}\``);
    }
  });
  return found.flatMap((way) => {
    const whole = reduced(way, backward, reductions);
    // Where the program says what it makes of the values, nothing else is meant.
    return whole.length === 1 ? whole : [way, ...whole];
  });
}

/** A loss that is kept for each example is meant to be summed up or averaged, by whoever calls it. */
function reduced(way: Assignment, backward: Callee, reductions: readonly Reduction[]): Assignment[] {
  const isMethod = backward.owner !== undefined && BACKWARD_METHODS.includes(backward.name);
  if (!isMethod || way.roles.some((r) => r.kind === 'upstream' || r.kind === 'default')) return [];
  return reductions.map((reduction) => ({
    ...way,
    reduction,
    note: [...(way.note === undefined ? [] : [way.note]), `of the ${reduction} of its values`].join('; '),
  }));
}
