/**
 * Finds what may be a derivative written by hand, and what it is the derivative of: pairs of functions by name or
 * directive, methods of one class, backward passes with a cache. Whether a pair is one is decided by its numbers.
 */
import type { Span } from '../../../model';
import type { ClassDef, Expr } from '../ast';
import type { PythonAnalysis } from '../analysis';
import {
  type Callee,
  methodOf,
  parametersOf,
  qualifiedName,
  returnedExpressions,
  topClasses,
  topFunctions,
} from './callee';
import { isLossName } from '../find/lossNames';
import { gradientEvidence } from './evidence';
import {
  BACKWARD_METHODS,
  companionNames,
  DERIVATIVE_METHODS,
  derivativeNames,
  FORWARD_METHODS,
  forwardNames,
  forwardsOf,
  gradientTarget,
  isNumericalCheck,
} from './names';
import { declaredPairs } from './solverPairs';
import { stubReason } from './stubs';
import { nodesIn } from './walk';
import { beginsAtLoss, lossBetween, type ThroughLoss } from './throughLoss';

/** A function and what is called to have its derivative. */
export interface CallPair {
  readonly kind: 'calls';
  readonly id: string;
  readonly name: string;
  readonly style: 'function' | 'layer' | 'cache' | 'network' | 'bundle' | 'solver';
  readonly span: Span;
  readonly nameSpan: Span;
  readonly forward: Callee;
  readonly backward: Callee;
  /** The columns of the derivative belong to the parameters after the first. */
  readonly byColumns?: boolean;
  /** Of a function that returns its gradients beside the loss: where the loss stands. */
  readonly lossAt?: number;
  /** The argument that the name says. */
  readonly by?: string;
  /** The loss that the backward pass begins at; `forward` is the forward pass before it. */
  readonly loss?: Callee;
  /** Why it is more than a resemblance of names: a directive, a docstring, a use; undefined for names alone. */
  readonly reason?: string;
}

export function callPairs(analysis: PythonAnalysis): CallPair[] {
  const { module } = analysis.parsed;
  const functions = topFunctions(module);
  const classes = topClasses(module);
  const pairs: CallPair[] = [];
  const add = (
    forward: Callee,
    backward: Callee,
    style: CallPair['style'],
    more: { readonly by?: string | undefined; readonly spelled?: boolean; readonly declared?: string } = {},
  ): void => {
    if (pairs.some((p) => p.backward.node === backward.node && p.forward.node === forward.node)) return;
    const reason =
      more.declared ??
      (more.spelled ? 'its name says so' : undefined) ??
      gradientEvidence(analysis.parsed.module, forward, backward);
    pairs.push({
      kind: 'calls',
      id: `${qualifiedName(forward)}:${qualifiedName(backward)}`,
      name: qualifiedName(backward),
      style,
      span: backward.span,
      nameSpan: backward.nameSpan,
      forward,
      backward,
      ...(more.by === undefined ? {} : { by: more.by }),
      ...(reason === undefined ? {} : { reason }),
    });
  };

  const addThroughLoss = (found: ThroughLoss): void => {
    const { forward, backward } = found;
    const id = `${qualifiedName(found.loss)}:${qualifiedName(forward)}:${qualifiedName(backward)}`;
    pairs.push({
      kind: 'calls',
      id,
      name: qualifiedName(backward),
      style: 'cache',
      span: backward.span,
      nameSpan: backward.nameSpan,
      forward,
      backward,
      loss: found.loss,
      reason: 'its name says so',
    });
  };

  const named = (name: string): Callee | undefined => {
    const [first, second] = name.split('.');
    if (second === undefined) return functions.get(first as string);
    const cls = classes.get(first as string);
    return cls && methodOf(classes, cls, second);
  };
  for (const d of analysis.directives.directives) {
    if (d.kind !== 'checks') continue;
    const [of, by] = [named(d.of), named(d.by)];
    if (of && by) add(of, by, of.owner ? 'layer' : 'function', { declared: 'a directive says so' });
  }

  for (const d of declaredPairs(module, functions)) {
    const of = qualifiedName(d.forward);
    if (pairs.some((p) => p.backward.node === d.backward.node && p.forward.node === d.forward.node)) continue;
    pairs.push({
      kind: 'calls',
      id: d.isBundle ? `${of}:gradients` : `${of}:${qualifiedName(d.backward)}`,
      name: qualifiedName(d.backward),
      style: d.isBundle ? 'bundle' : 'solver',
      span: d.backward.span,
      nameSpan: d.backward.nameSpan,
      forward: d.forward,
      backward: d.backward,
      ...(d.isBundle ? { lossAt: 0 } : {}),
      ...(d.by === undefined || d.byColumns ? {} : { by: d.by }),
      ...(d.byColumns ? { byColumns: true } : {}),
      reason: `\`${d.routine}\` is given it as the derivative`,
    });
  }

  for (const backward of functions.values()) {
    if (isNumericalCheck(backward.name)) continue;
    const found = partner(backward, (name) => functions.get(name));
    if (!found || pairs.some((p) => p.backward.node === backward.node)) continue;
    const { forward, spelled, by } = found;
    const whole = beginsAtLoss(forward, backward) ? lossBetween(module, forward, backward) : undefined;
    if (whole) addThroughLoss(whole);
    else add(forward, backward, isWithCache(forward, backward) ? 'cache' : 'function', { by, spelled });
  }

  for (const cls of classes.values()) {
    for (const { forward, backward, by, spelled, style } of pairsIn(classes, cls)) {
      if (isAutogradFunction(forward)) continue;
      // A base class that leaves both open.
      if (stubReason(forward.node, analysis.document.text) !== undefined) continue;
      add(forward, backward, style, { by, spelled });
    }
  }
  const bundles = [
    ...functions.values(),
    ...[...classes.values()].flatMap((c) =>
      c.body.flatMap((s) => (s.kind === 'FunctionDef' ? (methodOf(classes, c, s.name.id) ?? []) : [])),
    ),
  ];
  for (const callee of bundles) {
    const lossAt = lossAmongGradients(callee);
    if (lossAt === undefined || isNumericalCheck(callee.name)) continue;
    // What is already taken for the gradient of something else is that.
    if (pairs.some((p) => p.backward.node === callee.node)) continue;
    pairs.push({
      kind: 'calls',
      id: `${qualifiedName(callee)}:gradients`,
      name: qualifiedName(callee),
      style: 'bundle',
      span: callee.span,
      nameSpan: callee.nameSpan,
      forward: callee,
      backward: callee,
      lossAt,
      reason: 'it returns them beside the loss',
    });
  }
  return pairs.sort((a, b) => a.nameSpan.from - b.nameSpan.from);
}

/** The place of the loss in `return loss, grads`; undefined where it is no such function. */
function lossAmongGradients(c: Callee): number | undefined {
  const last = returnedExpressions(c).at(-1);
  if (last?.kind !== 'Tuple' || last.elts.length < 2) return undefined;
  const isLoss = (e: Expr) => e.kind === 'Name' && isLossName(e.id);
  const isGradient = (e: Expr): boolean =>
    e.kind === 'Name'
      ? gradientTarget(e.id) !== undefined || /^(?:g|grads?|gradients?|jac|dx)$/i.test(e.id)
      : e.kind === 'Tuple' || e.kind === 'List'
        ? e.elts.every(isGradient)
        : e.kind === 'Dict' && e.items.every((i) => i.key?.kind === 'Constant');
  const at = last.elts.findIndex(isLoss);
  return at >= 0 && last.elts.every((e, i) => i === at || isGradient(e)) ? at : undefined;
}

/** `forward(ctx, …)` of a framework's own functions: the framework's module knows how they are called. */
function isAutogradFunction(c: Callee): boolean {
  return c.node.params[0]?.name === 'ctx';
}

function partner(
  backward: Callee,
  find: (name: string) => Callee | undefined,
): { forward: Callee; spelled: boolean; by?: string | undefined } | undefined {
  const readings: { readonly names: readonly string[]; readonly spelled: boolean; readonly by?: string }[] = [
    { names: forwardsOf(backward.name), spelled: true },
    ...derivativeNames(backward.name).map((r) => ({ ...r, names: forwardNames(r.of) })),
  ];
  for (const reading of readings) {
    for (const name of reading.names) {
      const forward = find(name);
      if (!forward || forward.node === backward.node || isNumericalCheck(forward.name)) continue;
      if (!fits(forward, backward)) continue;
      // `gradient_loss` may be a loss of gradients: a word in front of a loss says nothing for sure.
      const ambiguous = /^(?:grad|gradient)_(?:loss|cost|penalty)$/i.test(backward.name);
      return { forward, spelled: reading.spelled && !ambiguous, by: reading.by };
    }
  }
  for (const name of companionNames(backward.name)) {
    const forward = find(name);
    if (forward && forward.node !== backward.node && fits(forward, backward)) return { forward, spelled: true };
  }
  return undefined;
}

/** Whether the parameters leave room for a pair: a derivative is not asked for more things than there are. */
function fits(forward: Callee, backward: Callee): boolean {
  const [f, b] = [parametersOf(forward), parametersOf(backward)];
  // What is given a function and calls it takes derivatives of any.
  if (callsParameter(backward)) return false;
  if (f.length === 0 || f.some((p) => p.kind.startsWith('var')) || b.some((p) => p.kind.startsWith('var')))
    return false;
  const names = new Set(f.map((p) => p.name));
  const strangers = b.filter((p) => !names.has(p.name) && p.default === undefined);
  // One for the upstream gradient, one for a cache or the output; others take the places of parameters.
  return strangers.length <= f.length + 2;
}

function callsParameter(c: Callee): boolean {
  const names = new Set(parametersOf(c).map((p) => p.name));
  return [...nodesIn(c.node.body)].some((n) => n.kind === 'Call' && n.func.kind === 'Name' && names.has(n.func.id));
}

function isWithCache(forward: Callee, backward: Callee): boolean {
  return (
    returnedExpressions(forward).some((e) => e.kind === 'Tuple') &&
    parametersOf(backward).some((p) => /cache|ctx|saved|memory/i.test(p.name))
  );
}

function* pairsIn(
  classes: ReadonlyMap<string, ClassDef>,
  cls: ClassDef,
): Generator<{
  forward: Callee;
  backward: Callee;
  style: CallPair['style'];
  by?: string | undefined;
  spelled: boolean;
}> {
  const method = (name: string) => methodOf(classes, cls, name);
  const first = (names: readonly string[]): Callee | undefined => {
    for (const name of names) {
      const found = method(name);
      if (found) return found;
    }
    return undefined;
  };
  const evaluates = FORWARD_METHODS.filter((n) => n !== 'predict');
  const done = new Set<object>();
  const backward = first(BACKWARD_METHODS);
  if (backward) {
    // `loss(x, t)` beside `forward(x)`: the backward pass of a network takes what the loss takes.
    const forward = first(['forward', 'forward_pass', 'fprop', ...evaluates]);
    const loss = first(['loss', 'compute_loss', 'cost', 'calculate']);
    const wants = parametersOf(backward).map((p) => p.name);
    const isOfLoss =
      loss && wants.length > 0 && wants.every((n) => parametersOf(loss).some((p) => p.name === n)) && forward !== loss;
    const chosen = isOfLoss ? loss : forward;
    if (chosen && chosen.node !== backward.node) {
      done.add(backward.node);
      yield { forward: chosen, backward, style: isOfLoss ? 'network' : 'layer', spelled: true };
    }
  }
  for (const s of cls.body) {
    if (s.kind !== 'FunctionDef' || done.has(s) || isNumericalCheck(s.name.id)) continue;
    const own = method(s.name.id);
    if (!own || own.node !== s) continue;
    const byName = partner(own, (name) => (name === own.name ? undefined : method(name)));
    if (byName) {
      done.add(s);
      yield { forward: byName.forward, backward: own, style: 'layer', by: byName.by, spelled: byName.spelled };
      continue;
    }
    if (!DERIVATIVE_METHODS.includes(s.name.id)) continue;
    const forward = first(evaluates.filter((n) => n !== 'forward').concat('forward'));
    if (forward && forward.node !== s && fits(forward, own)) {
      const isNetwork = parametersOf(own).length > 1 && forward.name.includes('loss');
      yield { forward, backward: own, style: isNetwork ? 'network' : 'layer', spelled: s.name.id.length > 2 };
    }
  }
}
