/**
 * Backward passes that begin at the loss: `backward(parameters, cache, X, Y)` beside `forward(X, parameters)` and
 * `compute_cost(A2, Y)`. What they are the derivative of stands in no function of the document: it is the loss of what
 * the forward pass returns, and is written down here as one.
 */
import { type Callee, parametersOf, topFunctions } from './callee';
import type { Module } from '../ast';
import { isCacheName, isLearningRate, isLossFunctionName, isTargetName, isUpstreamName } from './names';
import { outputNames } from './roles';

export interface ThroughLoss {
  readonly forward: Callee;
  readonly loss: Callee;
  readonly backward: Callee;
}

/** The function that a composition is defined as, behind the text of the document. */
const NAME = '_composition';

/** Whether a backward pass wants right answers that its forward pass does not know: then it begins at a loss. */
export function beginsAtLoss(forward: Callee, backward: Callee): boolean {
  const given = new Set(parametersOf(forward).map((p) => p.name));
  const outputs = outputNames(forward);
  return parametersOf(backward).some(
    ({ name, default: otherwise }) =>
      otherwise === undefined && isTargetName(name) && !given.has(name) && !outputs.includes(name),
  );
}

/** The loss between the two, if the module has one that fits; of several the one that uses most of what is at hand. */
export function lossBetween(module: Module, forward: Callee, backward: Callee): ThroughLoss | undefined {
  if (parametersOf(backward).some((p) => isUpstreamName(p.name))) return undefined;
  const known = new Set([...parametersOf(forward), ...parametersOf(backward)].map((p) => p.name));
  const [output] = outputNames(forward);
  let best: { readonly loss: Callee; readonly used: number } | undefined;
  for (const loss of topFunctions(module).values()) {
    if (!isLossFunctionName(loss.name) || loss.node === forward.node || loss.node === backward.node) continue;
    const wanted = parametersOf(loss).filter((p) => p.default === undefined);
    if (!wanted.some((p) => isTargetName(p.name))) continue;
    const strangers = wanted.filter((p) => !known.has(p.name) && p.name !== output && !isTargetName(p.name));
    // One may be what the forward pass returns, under a name of its own.
    if (strangers.length > (wanted.some((p) => p.name === output) ? 0 : 1)) continue;
    const used = wanted.filter((p) => known.has(p.name) || p.name === output).length;
    if (!best || used > best.used) best = { loss, used };
  }
  return best && { forward, backward, loss: best.loss };
}

/** The text of a document with the composition as a function behind it; places in the document stay where they are. */
export function withComposition(text: string, { forward, loss, backward }: ThroughLoss): string {
  const own = parametersOf(forward).map((p) => p.name);
  const parameters = [...own];
  const returned = outputNames(forward);
  const outputs = returned.map((name, i) => name ?? `_output${i}`);
  const wanted = parametersOf(backward).map((p) => p.name);
  // `return h, h @ w2`: the one result without a name is the one thing that the backward pass wants and nobody else gives.
  const strangers = wanted.filter(
    (name) =>
      !own.includes(name) &&
      !outputs.includes(name) &&
      !isTargetName(name) &&
      !isCacheName(name) &&
      !isLearningRate(name),
  );
  const nameless = returned.flatMap((name, i) => (name === undefined ? [i] : []));
  if (strangers.length === 1 && nameless.length === 1) outputs[nameless[0] as number] = strangers[0] as string;
  // A cache may have another name where it comes in.
  const cache = wanted.find((name) => isCacheName(name) && !own.includes(name));
  if (cache !== undefined && !outputs.includes(cache) && outputs.length > 1) outputs[1] = cache;
  const target = wanted.find((name) => isTargetName(name) && !own.includes(name)) as string;
  const value = parametersOf(loss)
    .filter((p) => p.default === undefined)
    .map(({ name }) => {
      if (outputs.includes(name) || own.includes(name)) return name;
      if (isTargetName(name)) return target;
      return wanted.includes(name) ? name : (outputs[0] as string);
    });
  for (const name of [...value, ...wanted]) {
    if (!parameters.includes(name) && !outputs.includes(name) && !isLearningRate(name)) parameters.push(name);
  }
  const results = outputs.join(', ');
  return `${text.endsWith('\n') ? text : `${text}\n`}

def ${NAME}(${parameters.join(', ')}):
    ${results} = ${forward.name}(${own.join(', ')})
    _loss = ${loss.name}(${value.join(', ')})
    return _loss, ${results}
`;
}

/** The composition in the document that {@link withComposition} made. */
export function compositionIn(module: Module): Callee | undefined {
  return topFunctions(module).get(NAME);
}
