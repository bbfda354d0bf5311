/** A recorded trace as a network: layers, gradients per layer, findings in words. */
import { costOf } from '../autodiff/cost';
import type { Activation } from '../autodiff/network/activation';
import {
  type Diagnosis,
  diagnoseNetwork,
  isStructural,
  ORDINARY,
  SATURATED_SLOPE,
  shapeOfActivation,
} from '../autodiff/network/diagnoses';
import { type Layer, type Network, networkOf, type Parameter } from '../autodiff/network/network';
import type { Statistics } from '../autodiff/network/statistics';
import { isArranging, isContraction } from '../autodiff/network/operations';
import { wordOf } from '../autodiff/network/roles';
import { norm } from '../autodiff/network/statistics';
import { OP_CONSTANT, OP_SCALAR, type Ref } from '../autodiff/tape';
import type { Trace } from '../autodiff/trace';
import { formatShape, isPartOf, ORIGIN_WORDS, printNamePath, sameNamePath, texName } from '../format';
import type { NamePath, Site } from '../model';
import {
  type LayerView,
  type NetworkCostView,
  type NetworkView,
  type ParameterView,
  type StatisticsView,
  toJsonNumber,
} from '../protocol';
import type { Traceable } from '../languages/frontEnd';
import { inWords } from './networkSentences';
import type { OpenDocument } from './documents';
import type { SweptTrace } from './stepView';

/** More positions are not told apart in a chart. */
const MOST_POSITIONS = 600;
/** Points of a curve: eight a unit of z, and never too few or too many. */
const CURVE_POINTS = [161, 481] as const;

const networks = new WeakMap<SweptTrace, Network | null>();

/** The network of a trace, found when first asked for; undefined where the trace is none. */
export function networkIn(swept: SweptTrace): Network | undefined {
  let known = networks.get(swept);
  if (known === undefined) {
    known = networkOf(swept.trace, swept.adjoint) ?? null;
    if (known && !(isWorthShowing(swept, known) && leadsToOutput(swept, known))) known = null;
    networks.set(swept, known);
  }
  return known ?? undefined;
}

/** A straight line through one point is a network as well, but nobody looks at it as one. */
function isWorthShowing({ trace }: SweptTrace, { layers }: Network): boolean {
  const [only] = layers;
  if (!only || layers.length > 1) return true;
  const { tape, output } = trace;
  const usersOf = (row: Ref): Ref[] => {
    const found: Ref[] = [];
    for (let user = row + 1; user <= output; user++) if (tape.operands(user).includes(row)) found.push(user);
    return found;
  };
  // xᵀ A x: what was weighed is weighed by itself. And of a polynomial each coefficient may stand in several terms.
  const isForm = only.z.some((z) => usersOf(z).some((user) => isProductWith(trace, user, z, only.inputs)));
  if (only.activation.name === 'identity' && isForm) return false;
  if (only.kind === 'dense' || only.kind === 'convolution') return true;
  const uses = only.samples;
  if (only.kind === 'neurons' && only.parameters.some((p) => usersOf(p.row).length > uses)) return false;
  return only.activation.name !== 'custom' && (only.activation.name !== 'identity' || !only.z.includes(trace.output));
}

/** Whether a step is a product of a row with one of others, however these are arranged. */
function isProductWith({ tape }: Trace, step: Ref, row: Ref, others: readonly Ref[]): boolean {
  const leaf = (r: Ref): Ref => {
    let at = r;
    while (isArranging(tape.opName(at)) && tape.operands(at)[0] !== undefined) at = tape.operands(at)[0] as Ref;
    return at;
  };
  if (!isContraction(tape.opName(step))) return false;
  return tape.operands(step).some((p) => p !== row && others.some((o) => leaf(o) === leaf(p)));
}

/** What weighs something only on the way to a decision (the size of an output) is no network, unless the decision is all there is. */
function leadsToOutput({ trace: { tape, output } }: SweptTrace, { layers }: Network): boolean {
  if (tape.code(output) === OP_CONSTANT) return true;
  const needed = new Set([output]);
  for (let row = output; row >= 0; row--) if (needed.has(row)) for (const p of tape.operands(row)) needed.add(p);
  return layers.some((layer) => layer.z.some((row) => needed.has(row)));
}

/**
 * A function that is given all parameters of a network (a cost, one layer, a backward pass) need not use them all, nor need a
 * method of what other methods use; that an object, a script or a loop has one that its loss does not use is a fault.
 */
function isOneOfMany(d: Diagnosis, { kind, span }: Traceable, { source: { text } }: OpenDocument): boolean {
  if (d.code !== 'no-gradient' || d.why !== 'unused' || kind === 'script') return false;
  const isReadElsewhere = (word: string) =>
    /^\w+$/.test(word) &&
    [...text.matchAll(new RegExp(`\\.${word}\\b(?!\\s*[-+*/]?=[^=])`, 'g'))].some(
      ({ index }) => index < span.from || index >= span.to,
    );
  return d.parameters.every(
    ({ name }) => name.length > 1 && (name[0] !== 'self' || isReadElsewhere(wordOf(name.slice(0, 2)))),
  );
}

export function networkView(swept: SweptTrace, traceable: Traceable): NetworkView | undefined {
  const network = traceable.derivative ? undefined : networkIn(swept);
  if (!network) return undefined;
  const { document, trace } = swept;
  const names = layerNames(swept, network);
  const layers = network.layers.map((layer, i) => layerView(swept, network, layer, names[i] as string));
  const { text: origin, assumed } = originOf(swept);
  const diagnoses = diagnoseNetwork(trace, network)
    .filter((d) => (!assumed || isStructural(d)) && !isOneOfMany(d, traceable, document))
    .map((d) => inWords(d, network, names, rangeOfLayer(swept, network), (site) => rangeOfSite(swept, site)));
  const output = trace.tape.isArray(trace.output)
    ? norm(trace.tape.array(trace.output).elements() as ArrayLike<number>)
    : (trace.tape.value[trace.output] as number);
  return {
    id: traceable.id,
    title: traceable.name,
    version: document.source.version,
    range: document.range(traceable.span),
    structure: structureOf(network),
    parameterCount: network.parameterCount,
    samples: Math.max(...network.layers.map((l) => l.samples)),
    loss: { name: printNamePath(trace.outputName), value: toJsonNumber(output) },
    layers,
    diagnoses,
    origin,
    assumed,
    cost: networkCost(swept, network),
  };
}

/** `2 → 8 → 1`: how many numbers go in, and come out of each layer, for one example. */
function structureOf({ layers }: Network): string {
  const out = (layer: Layer) => (layer.kind === 'convolution' ? formatShape(layer.shapeOut.slice(-3)) : layer.units);
  const [first] = layers;
  if (!first) return '';
  const into = first.kind === 'convolution' ? formatShape(first.shapeIn.slice(-3)) : first.width;
  return [into, ...layers.map(out)].join(' → ');
}

function layerView(swept: SweptTrace, network: Network, layer: Layer, name: string): LayerView {
  const { activation, slopes } = layer;
  const next = network.layers.find((l) => l.depth > layer.depth);
  const shape = activation.at && shapeOfActivation(activation.at);
  const below = shape?.squashes ? SATURATED_SLOPE * shape.steepest : undefined;
  const connected = layer.parameters.some((p) => p.gradient !== undefined);
  const range = rangeOfLayer(swept, network)(layer.index);
  return {
    index: layer.index,
    name,
    kind: layer.kind,
    shapeIn: [...layer.shapeIn],
    shapeOut: [...layer.shapeOut],
    units: layer.units,
    samples: layer.samples,
    parameters: layer.parameters.map((p) => parameterView(swept, p)),
    parameterCount: layer.parameterCount,
    activation: {
      name: activation.name,
      text: activation.text,
      ...(activation.at && activation.name !== 'identity' ? { curve: curveOf(activation.at, layer.positions) } : {}),
      ...(below === undefined ? {} : { saturatedBelow: below }),
    },
    positions: thinned(layer.positions).map(toJsonNumber),
    ...(below === undefined || !slopes
      ? {}
      : { saturated: { count: slopes.filter((s) => Math.abs(s) < below).length, of: slopes.length } }),
    ...(shape && shape.flat > 0 ? { off: { count: unitsOff(layer), of: layer.units } } : {}),
    gradient: connected ? statisticsView(layer.gradient) : null,
    delta: statisticsView(layer.delta),
    ...(next && next.delta.norm > 0 ? { factor: toJsonNumber(layer.delta.norm / next.delta.norm) } : {}),
    ...(layer.outputAdjoint > 0 ? { activationFactor: toJsonNumber(layer.activationFactor) } : {}),
    updateRatio: toJsonNumber(layer.relativeGradient),
    ...(range ? { range } : {}),
  };
}

function unitsOff(layer: Layer): number {
  const alive = new Set<number>();
  layer.slopes?.forEach((slope, i) => slope !== 0 && alive.add(layer.unitOf(i)));
  return layer.units - alive.size;
}

function parameterView(swept: SweptTrace, p: Parameter): ParameterView {
  const span = swept.trace.spans(swept.trace.tape.site(p.row))[0];
  return {
    name: printNamePath(p.name),
    tex: texName(p.name),
    row: p.row,
    shape: [...p.shape],
    count: p.count,
    gradient: p.gradient ? statisticsView(p.gradient) : null,
    norm: toJsonNumber(p.norm),
    ...(span ? { range: swept.document.range(span) } : {}),
  };
}

export function statisticsView(s: Statistics): StatisticsView {
  return {
    count: s.count,
    norm: toJsonNumber(s.norm),
    min: toJsonNumber(s.min),
    max: toJsonNumber(s.max),
    mean: toJsonNumber(s.mean),
    zeros: s.zeros,
    median: toJsonNumber(s.median),
    low: toJsonNumber(s.low),
    high: toJsonNumber(s.high),
  };
}

/** The activation over the ordinary range, and as far as the units of the layer sit. */
function curveOf(at: NonNullable<Activation['at']>, positions: Float64Array) {
  const finite = positions.filter(Number.isFinite);
  const from = Math.min(ORDINARY[0], ...minMax(finite));
  const to = Math.max(ORDINARY[1], ...minMax(finite));
  const room = (to - from) * 0.03;
  const n = Math.round(Math.min(CURVE_POINTS[1], Math.max(CURVE_POINTS[0], (to - from) * 8)));
  const z = Array.from({ length: n }, (_, i) => from - room + ((to - from + 2 * room) * i) / (n - 1));
  const points = z.map(at);
  return { z, value: points.map((p) => toJsonNumber(p.value)), slope: points.map((p) => toJsonNumber(p.slope)) };
}

function minMax(values: Float64Array): number[] {
  let [min, max] = [Infinity, -Infinity];
  for (const x of values) {
    if (x < min) min = x;
    if (x > max) max = x;
  }
  return values.length === 0 ? [] : [min, max];
}

function thinned(values: Float64Array): number[] {
  const stride = Math.max(1, Math.ceil(values.length / MOST_POSITIONS));
  return Array.from({ length: Math.ceil(values.length / stride) }, (_, i) => values[i * stride] as number);
}

/** What each layer is called: by the group of steps it is, by the object that holds its parameters, else by its place. */
export function layerNames(swept: SweptTrace, { layers }: Network): string[] {
  const scopes = layers.map((layer) => layerScope(swept, layer.scope));
  const owners = layers.map((layer) => commonOwner(layer.parameters.map((p) => p.name)));
  // A container that other layers are in as well names none of them.
  const isOwn = (owner: NamePath, i: number) =>
    !layers.some((layer, k) => k !== i && layer.parameters.some(({ name }) => isPartOf(owner, name)));
  const proposals = layers.map((_, i) => {
    const owner = owners[i];
    if (scopes[i] !== undefined) return scopes[i];
    return owner && isOwn(owner, i) ? printNamePath(owner.slice(owner[0] === 'self' ? 1 : 0)) : undefined;
  });
  return proposals.map((name, i) =>
    name !== undefined && name !== '' && proposals.filter((other) => other === name).length === 1
      ? name
      : `layer ${i + 1}`,
  );
}

function layerScope({ trace: { scopes } }: SweptTrace, scope: number): string | undefined {
  for (let s = scope; s > 0; s = scopes[s]?.parent ?? -1) if (scopes[s]?.kind === 'layer') return scopes[s]?.name;
  return undefined;
}

/** `self.hidden` of `self.hidden.weights` and `self.hidden.bias`. */
function commonOwner(names: readonly NamePath[]): NamePath | undefined {
  const [first] = names;
  if (!first) return undefined;
  let length = first.length - 1;
  for (const name of names) {
    let same = 0;
    while (same < Math.min(length, name.length - 1) && sameNamePath(name.slice(0, same + 1), first.slice(0, same + 1)))
      same++;
    length = same;
  }
  return length === 0 ? undefined : first.slice(0, length);
}

function rangeOfLayer(swept: SweptTrace, { layers }: Network) {
  return (index: number) => rangeOfSite(swept, swept.trace.tape.site(layers[index]?.z[0] ?? -1) ?? -1);
}

function rangeOfSite({ document, trace }: SweptTrace, site: Site) {
  const span = site < 0 ? undefined : trace.spans(site)[0];
  return span && document.range(span);
}

/** Where the values of the inputs come from, in words. */
function originOf({ trace, connected }: SweptTrace): { text: string; assumed: boolean } {
  const used = trace.inputs.filter((i) => connected.has(i.row));
  const kinds = [...new Set((used.length > 0 ? used : trace.inputs).map((i) => i.origin.kind))];
  const assumed = used.find((i) => i.origin.kind === 'assumed');
  const words = kinds.map((kind) => ORIGIN_WORDS[kind]).join(', ');
  return {
    text: assumed?.origin.why ? `${words}: ${assumed.origin.why}` : words,
    assumed: assumed !== undefined,
  };
}

/** Floating-point operations and bytes of every way, counted on the trace. */
function networkCost(swept: SweptTrace, network: Network): NetworkCostView {
  const { trace } = swept;
  const cost = costOf(trace);
  const n = network.parameterCount;
  const kept = cost.tapeBytes + cost.arrayBytes;
  const numbers = trace.tape.scalarOnly ? writtenOut(swept, network) : undefined;
  return {
    parameters: n,
    evaluation: cost.evaluation,
    forward: { sweeps: n, operations: n * cost.forwardSweep, bytes: 0 },
    reverse: { sweeps: 1, operations: cost.reverseSweep, bytes: kept },
    numerical: { evaluations: 2 * n, operations: 2 * n * cost.evaluation, bytes: 0 },
    ...(numbers ? { symbolic: numbers } : {}),
  };
}

/** The loss as one expression without sharing: its operations, and how many paths lead from the parameters to it. */
function writtenOut({ trace }: SweptTrace, network: Network) {
  const { tape, output } = trace;
  const parameters = new Set<Ref>(network.layers.flatMap((l) => l.parameters.map((p) => p.row)));
  const operations = new Float64Array(output + 1);
  const paths = new Float64Array(output + 1);
  for (let row = 0; row <= output; row++) {
    if (parameters.has(row)) paths[row] = 1;
    if (tape.code(row) < OP_SCALAR) continue;
    operations[row] = 1;
    for (const p of tape.operands(row)) {
      operations[row] = (operations[row] as number) + (operations[p] as number);
      paths[row] = (paths[row] as number) + (paths[p] as number);
    }
  }
  return { operations: toJsonNumber(operations[output] as number), paths: toJsonNumber(paths[output] as number) };
}
