/**
 * What ails a network, with the numbers that tell it, and the layer where it happens. Thresholds are stated here once.
 */
import { OP_CONSTANT, type Ref } from '../tape';
import type { Guard, Trace } from '../trace';
import type { Activation } from './activation';
import type { Layer, Network, Parameter } from './network';
import { wordOf } from './roles';

/** A gradient that reaches the first layer this much smaller (or larger) than it left the last one has vanished. */
export const VANISHED = 1e-2;
export const EXPLODED = 1e2;
/** Fewer layers do not make a product of many factors. */
export const LEAST_LAYERS = 3;
/** Factors that differ by no more are about the same. */
export const EVEN = 3;
/** A unit is saturated where its slope is below this share of the activation's largest. */
export const SATURATED_SLOPE = 0.2;
/** A layer is, where at least this share of its values are. */
export const SATURATED_SHARE = 0.5;
/** Units that were off for fewer examples may be on for others. */
export const LEAST_EXAMPLES = 5;
export const DEAD_SHARE = 0.5;
/** Where units of ordinary weights and inputs sit. */
export const ORDINARY: readonly [number, number] = [-6, 6];
export const FLAT_SHARE = 0.95;
/** A slope that changes its sign more often within the ordinary range gives no direction. */
export const MOST_SWINGS = 40;

export type Diagnosis =
  | {
      readonly code: 'vanishing' | 'exploding';
      /** The layer where most of it happens, and whether by its activation or by its weights. */
      readonly layer: number;
      readonly part: 'activation' | 'weights';
      readonly factor: number;
      /** From the δ of the last layer to the extreme one, which is at layer `to`: the product of the factors between. */
      readonly overall: number;
      readonly to: number;
      /** From each layer to the one before it, in order of the layers. */
      readonly factors: readonly number[];
      /** All factors are about the same: no layer is to blame alone. */
      readonly even: boolean;
    }
  | {
      readonly code: 'saturated';
      readonly layer: number;
      readonly count: number;
      readonly of: number;
      readonly below: number;
    }
  | {
      readonly code: 'dead';
      readonly layer: number;
      readonly units: number;
      readonly of: number;
      readonly samples: number;
    }
  | { readonly code: 'flat'; readonly layer: number; readonly count: number; readonly of: number }
  | { readonly code: 'swinging'; readonly layer: number; readonly changes: number }
  | NoGradient
  | { readonly code: 'loss-not-connected' }
  | { readonly code: 'not-finite'; readonly layer: number };

export interface NoGradient {
  readonly code: 'no-gradient';
  readonly layer: number | undefined;
  /** Those that the same thing keeps from a gradient, in order. */
  readonly parameters: readonly Parameter[];
  /** Why: the loss does not use it, only a decision does, or every way has a derivative of 0. */
  readonly why: 'unused' | 'decision' | 'zero-input' | 'zero-factor' | 'zero-weights' | 'zero-slope';
  /** The layer that stops the gradient. */
  readonly at?: number;
  readonly guard?: Guard;
}

/** Faults of the program's structure hold at any point; the others depend on the numbers. */
export function isStructural(diagnosis: Diagnosis): boolean {
  return (
    diagnosis.code === 'loss-not-connected' ||
    diagnosis.code === 'flat' ||
    diagnosis.code === 'swinging' ||
    (diagnosis.code === 'no-gradient' && (diagnosis.why === 'unused' || diagnosis.why === 'decision'))
  );
}

/** Findings, the gravest first. */
export function diagnoseNetwork(trace: Trace, network: Network): Diagnosis[] {
  const { layers } = network;
  const parameters = [...layers.flatMap((layer) => layer.parameters), ...network.otherParameters];
  const any = parameters.some((p) => p.gradient !== undefined);
  const found: Diagnosis[] = [];
  if (!any) found.push({ code: 'loss-not-connected' });
  for (const layer of layers) found.push(...ofLayer(layer, layers.length, trace.output));
  const stopped = new Set(
    found.flatMap((d) => ('layer' in d && (d.code === 'dead' || d.code === 'flat') ? [d.layer] : [])),
  );
  found.push(...alongLayers(layers, stopped.size > 0));
  found.push(...withoutGradient(trace, network, stopped));
  return found;
}

function ofLayer(layer: Layer, count: number, output: Ref): Diagnosis[] {
  const { index, slopes, activation } = layer;
  if (!Number.isFinite(layer.gradient.norm) || !Number.isFinite(layer.delta.norm)) {
    return [{ code: 'not-finite', layer: index }];
  }
  if (!activation.at || !slopes) return [];
  const { at } = activation;
  const shape = shapeOfActivation(at);
  const flatUnits = slopes.filter((s) => s === 0).length;
  // A decision that is handed out (a predicted class) is the answer, and nothing is trained through it.
  if (shape.flat >= FLAT_SHARE && layer.outputs.includes(output)) return [];
  if (shape.flat >= FLAT_SHARE) return [{ code: 'flat', layer: index, count: flatUnits, of: slopes.length }];
  const found: Diagnosis[] = [];
  if (shape.changes > MOST_SWINGS) found.push({ code: 'swinging', layer: index, changes: shape.changes });
  const alive = new Set<number>();
  slopes.forEach((slope, i) => slope !== 0 && alive.add(layer.unitOf(i)));
  const dead = layer.units - alive.size;
  // Nothing comes in: the layer before is the one to blame.
  const starved = layer.inputNorm === 0 && layer.depth > 0;
  if (!starved && (dead === layer.units || (layer.samples >= LEAST_EXAMPLES && dead >= DEAD_SHARE * layer.units))) {
    found.push({ code: 'dead', layer: index, units: dead, of: layer.units, samples: layer.samples });
  }
  // The last layer may be certain of its answer: with the loss that belongs to it, that is what it is for.
  if (shape.squashes && index < count - 1) {
    const below = SATURATED_SLOPE * shape.steepest;
    const saturated = slopes.filter((s) => Math.abs(s) < below).length;
    if (saturated >= SATURATED_SHARE * slopes.length && dead < layer.units) {
      found.push({ code: 'saturated', layer: index, count: saturated, of: slopes.length, below });
    }
  }
  return found;
}

/** What an activation is like, whatever its values here. */
export function shapeOfActivation(at: NonNullable<Activation['at']>) {
  const [from, to] = ORDINARY;
  const n = 4001;
  let [flat, changes, steepest, before] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    // Not evenly: a regular grid may fall in step with a periodic function.
    const { slope } = at(from + ((to - from) * (i + 0.5 + 0.37 * Math.sin(i * 1.7))) / n);
    if (slope === 0) flat++;
    else {
      if (before !== 0 && Math.sign(slope) !== before) changes++;
      before = Math.sign(slope);
    }
    steepest = Math.max(steepest, Math.abs(slope));
  }
  const tail = (z: number) => Math.abs(at(z).slope) <= 1e-3 * steepest;
  return { flat: flat / n, changes, steepest, squashes: steepest > 0 && tail(-50) && tail(50) };
}

/** The product of local derivatives along the layers. */
function alongLayers(layers: readonly Layer[], stopped: boolean): Diagnosis[] {
  // One layer a depth: of branches the one that got most.
  const chain: Layer[] = [];
  for (const layer of layers) {
    const last = chain[chain.length - 1];
    if (last?.depth !== layer.depth) chain.push(layer);
    else if (layer.delta.norm > last.delta.norm) chain[chain.length - 1] = layer;
  }
  const [first, last] = [chain[0], chain[chain.length - 1]];
  if (stopped || !first || !last || chain.length < LEAST_LAYERS) return [];
  const relative = chain.map((layer) => layer.delta.norm / last.delta.norm);
  if (!relative.every((x) => x > 0 && Number.isFinite(x))) return [];
  const [least, most] = [Math.min(...relative), Math.max(...relative)];
  const code = most > EXPLODED ? 'exploding' : least < VANISHED ? 'vanishing' : undefined;
  if (!code) return [];
  const overall = code === 'exploding' ? most : least;
  const extreme = relative.indexOf(overall);
  const steps = chain.slice(extreme, -1).map((layer, j) => {
    const i = extreme + j;
    const next = chain[i + 1] as Layer;
    return {
      layer,
      next,
      factor: layer.delta.norm / next.delta.norm,
      activation: layer.activationFactor,
      weights: layer.outputAdjoint / next.delta.norm,
    };
  });
  const factors = steps.map((s) => s.factor);
  const worse = (x: number, y: number) => (code === 'vanishing' ? x < y : x > y);
  const worst = steps.reduce((a, b) => (worse(b.factor, a.factor) ? b : a));
  const part = worse(worst.activation, worst.weights) ? 'activation' : 'weights';
  return [
    {
      code,
      layer: (part === 'activation' ? worst.layer : worst.next).index,
      part,
      factor: worst.factor,
      overall,
      to: (chain[extreme] as Layer).index,
      factors,
      even: factors.length > 1 && Math.max(...factors) <= EVEN * Math.min(...factors),
    },
  ];
}

/** Parameters that the loss does not move with, and why. */
function withoutGradient(trace: Trace, network: Network, stopped: ReadonlySet<number>): Diagnosis[] {
  const found: Diagnosis[] = [];
  const { layers } = network;
  const places = [
    ...layers.flatMap((layer) =>
      layer.parameters.map((parameter) => ({ parameter, layer: layer as Layer | undefined })),
    ),
    ...network.otherParameters.map((parameter) => ({ parameter, layer: undefined as Layer | undefined })),
  ];
  const byCause = new Map<string, Parameter[]>();
  const blocked = (cause: Omit<NoGradient, 'code' | 'parameters'>, p: Parameter) => {
    const key = `${cause.why} ${cause.at ?? cause.guard?.site}`;
    const known = byCause.get(key);
    if (known) return void known.push(p);
    const parameters = [p];
    byCause.set(key, parameters);
    found.push({ code: 'no-gradient', ...cause, parameters });
  };
  for (const { parameter, layer } of places) {
    if (parameter.gradient === undefined) {
      // What belongs to no layer may be a rate, a setting, a moment: only under the name of a weight it is missed.
      if (!layer && !isForgotten(parameter, network)) continue;
      const guard = guardOn(trace, parameter.row);
      if (guard) blocked({ layer: layer?.index, why: 'decision', guard }, parameter);
      else found.push({ code: 'no-gradient', layer: layer?.index, parameters: [parameter], why: 'unused' });
      continue;
    }
    const { gradient } = parameter;
    // Where a layer is off as a whole, that is said, and why nothing passes is clear.
    if (!layer || !gradient || gradient.zeros < gradient.count || stopped.size > 0) continue;
    if (layer.delta.zeros < layer.delta.count) {
      blocked(
        { layer: layer.index, why: layer.inputNorm === 0 ? 'zero-input' : 'zero-factor', at: layer.index },
        parameter,
      );
      continue;
    }
    // Every way to the loss is closed: by the activation of this layer or of a later one, or by weights that are 0.
    const slopeless = layers.find(
      ({ index, delta, outputAdjoint }) => index >= layer.index && delta.norm === 0 && outputAdjoint > 0,
    );
    if (slopeless?.outputs.includes(trace.output)) continue;
    const next = layers.find(({ depth, delta }) => depth > layer.depth && delta.norm > 0);
    const isClosed = next?.inputs.some((row) => layer.outputs.includes(row)) ?? false;
    const at = slopeless ?? (isClosed ? next : undefined);
    if (at) blocked({ layer: layer.index, why: slopeless ? 'zero-slope' : 'zero-weights', at: at.index }, parameter);
    // Where the loss has no slope by any output, the network is where it should be: at a minimum.
    else if (layers.some(({ outputAdjoint }) => outputAdjoint > 0))
      blocked({ layer: layer.index, why: 'zero-factor', at: layer.index }, parameter);
  }
  return found;
}

/** Weights by their plain names; `W_old`, `best_weights`, `W_target` are copies that no loss is meant to use, `m` and `v` moments. */
const PLAIN_WEIGHT = /^(?:[A-Za-ln-tw-z][A-Za-z]{0,2}\d*|[Ww]_?\d+|b_?\d+|weights?\d*|bias(?:es)?\d*|kernels?\d*)$/;
/** Names that say so where nothing lies beside it that is used. */
const CERTAIN_WEIGHT = /^(?:[WwUb]_?\d*|weights?_?\d*|bias(?:es)?_?\d*|kernels?_?\d*)$/;
const BIAS = /^b(?:ias(?:es)?)?_?\d*$/;

/**
 * Whether a parameter that the loss does not use was meant to be used: it lies beside parameters that are, under a plain name.
 * Other things are rates and settings, buffers of zeros, moments, copies.
 */
export function isForgotten({ name, count, norm }: Parameter, { layers, otherParameters }: Network): boolean {
  const used = [...layers.flatMap((l) => l.parameters), ...otherParameters].filter((p) => p.gradient !== undefined);
  const parent = (path: Parameter['name']) => JSON.stringify(path.slice(0, -1));
  if (!used.some((u) => parent(u.name) === parent(name))) return false;
  const word = wordOf(name);
  if (norm === 0) return BIAS.test(word) && (name.length === 1 || count > 1);
  return (name.length > 1 && count > 1 ? PLAIN_WEIGHT : CERTAIN_WEIGHT).test(word);
}

/** A decision that looked at something that a leaf reaches. */
function guardOn(trace: Trace, leaf: Ref): Guard | undefined {
  const { tape, guards } = trace;
  const reached = new Uint8Array(tape.length);
  reached[leaf] = 1;
  for (let row = leaf + 1; row < tape.length; row++) {
    if (tape.code(row) !== OP_CONSTANT && tape.operands(row).some((p) => reached[p])) reached[row] = 1;
  }
  return guards.find(({ x, y }) => reached[x] || (y !== undefined && reached[y]));
}
