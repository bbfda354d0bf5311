/** What the parameters of a derivative stand for: arguments of the function, its result, what flows in, what it kept. */
import type { Expr } from '../ast';
import { type Callee, parametersOf, returnedExpressions } from './callee';
import { BACKWARD_METHODS, gradientTarget, isCacheName, isLearningRate, isUpstreamName } from './names';

export type Role =
  /** The value of a parameter of the function, by name. */
  | { readonly kind: 'argument'; readonly name: string }
  /** The result, or one of several. */
  | { readonly kind: 'output'; readonly index: number | undefined }
  /** What flows in from above into one result. */
  | { readonly kind: 'upstream'; readonly index: number }
  /** What the function returned beside its result. */
  | { readonly kind: 'cache' }
  | { readonly kind: 'rate' }
  | { readonly kind: 'default' };

/** One role a parameter, in order. */
export interface Assignment {
  readonly roles: readonly Role[];
  /** Said of a pass that needed this reading. */
  readonly note?: string;
}

/** Names of the results of a function, as far as its `return` says them. */
export function outputNames(c: Callee): readonly (string | undefined)[] {
  const last = returnedExpressions(c).at(-1);
  if (!last) return [];
  const items: readonly Expr[] = last.kind === 'Tuple' ? last.elts : [last];
  return items.map((e) => (e.kind === 'Name' ? e.id : e.kind === 'Attribute' ? e.attr : undefined));
}

/** Whether a function has one parameter that must be given. */
const takesOne = (c: Callee) => parametersOf(c).filter((p) => p.default === undefined).length === 1;

/** The likeliest reading first; the others are tried where it does not agree with the numbers. */
export function assignments(forward: Callee, backward: Callee, style: string): Assignment[] {
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
    if (free.has(p.name)) {
      roles[i] = { kind: 'argument', name: p.name };
      free.delete(p.name);
    } else if (isCacheName(p.name) && returnsMore) roles[i] = { kind: 'cache' };
    else if (outputs.includes(p.name))
      roles[i] = { kind: 'output', index: returnsMore ? outputs.indexOf(p.name) : undefined };
    else if (isLearningRate(p.name)) roles[i] = { kind: 'rate' };
  });
  let hasUpstream = false;
  wanted.forEach((p, i) => {
    if (roles[i]) return;
    const isFirstOfBackward = isBackward && !hasUpstream && BACKWARD_METHODS.includes(backward.name);
    if (isUpstreamName(p.name) || isFirstOfBackward) {
      if (p.default !== undefined) {
        roles[i] = { kind: 'default' };
        hasUpstream = true;
        return;
      }
      const target = gradientTarget(p.name);
      const index = target === undefined ? -1 : outputs.findIndex((o) => o?.toLowerCase() === target.toLowerCase());
      const taken = roles.some((r) => r?.kind === 'upstream' && r.index === Math.max(index, 0));
      if (!taken) {
        roles[i] = { kind: 'upstream', index: Math.max(index, 0) };
        hasUpstream = true;
      }
    } else if (p.default !== undefined) roles[i] = { kind: 'default' };
  });
  // What is left takes what is left, in order.
  const order = [...free];
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
  const first: Assignment = { roles: roles as Role[] };
  const found = [first];
  const vary = (i: number, role: Role, note: string): void => {
    const varied = [...first.roles];
    varied[i] = role;
    found.push({ roles: varied, note });
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
      vary(i, { kind: 'argument', name }, `\`${p.name}\` is the argument \`${name}\``);
    }
    if (role.kind === 'output' && order.length > 0) {
      vary(i, { kind: 'argument', name: order[0] as string }, `\`${p.name}\` is the argument \`${order[0]}\``);
    }
  });
  return found;
}
