/**
 * A trace read as a network: layers in order, and what the reverse sweep brought to each. Layers are recognised by what
 * is computed, so that arrays, lists of numbers and neurons written out one by one are read alike.
 */
import type { NamePath } from '../../model';
import { shapeOfRow } from '../linearization';
import { adjoints, type Seeds, type Sweep } from '../sweeps';
import type { Ref } from '../tape';
import type { Trace } from '../trace';
import { type Activation, activationOf } from './activation';
import { affineUnits, type AffineUnit } from './affine';
import { type RoleHints, rolesOf } from './roles';
import { norm, type Statistics, statisticsOf } from './statistics';

export interface Parameter {
  /** The newest version that the network uses, and the input that it began as. */
  readonly row: Ref;
  readonly leaf: Ref;
  readonly name: NamePath;
  readonly shape: readonly number[];
  readonly count: number;
  /** Undefined where the loss does not depend on it. */
  readonly gradient: Statistics | undefined;
  readonly norm: number;
}

export interface Layer {
  /** From 0. */
  readonly index: number;
  readonly kind: 'dense' | 'convolution' | 'scale' | 'neurons';
  readonly shapeIn: readonly number[];
  /** Numbers that go in for one example. */
  readonly width: number;
  readonly shapeOut: readonly number[];
  readonly parameters: readonly Parameter[];
  readonly parameterCount: number;
  readonly activation: Activation;
  /** Rows of the pre-activations and of the outputs: several where the same layer is used several times. */
  readonly z: readonly Ref[];
  readonly outputs: readonly Ref[];
  readonly inputs: readonly Ref[];
  /** Pre-activations, and the local slope of the activation at each. */
  readonly positions: Float64Array;
  readonly slopes: Float64Array | undefined;
  /** Norm of what it weighs. */
  readonly inputNorm: number;
  /** Units, and how many examples each has seen. */
  readonly units: number;
  readonly samples: number;
  /** Of all parameters together. */
  readonly gradient: Statistics;
  /** δ: of the pre-activations. */
  readonly delta: Statistics;
  /** Norm of the adjoint of the layer's output. */
  readonly outputAdjoint: number;
  /** ‖δ‖ over the adjoint of the output: what the activation lets through. */
  readonly activationFactor: number;
  /** How many layers lie before it, on the longest way from the data. */
  readonly depth: number;
  /** By element of the pre-activations: which unit it belongs to. */
  readonly unitOf: (element: number) => number;
  /** Norm of the gradient over norm of the parameters: the relative change that a learning rate of 1 makes. */
  readonly relativeGradient: number;
  /** The innermost group of steps that all of its steps lie in. */
  readonly scope: number;
}

export interface Network {
  readonly layers: readonly Layer[];
  readonly parameterCount: number;
  /** Inputs that are data, and parameters that belong to no layer. */
  readonly data: readonly Ref[];
  readonly otherParameters: readonly Parameter[];
  /** The row that the loss begins from: the output of the last layer. */
  readonly prediction: readonly Ref[];
}

/** Undefined where nothing is weighed: the trace is no network. */
export function networkOf(trace: Trace, whole: Sweep, hints: RoleHints = {}): Network | undefined {
  const { tape } = trace;
  const roles = rolesOf(trace, hints);
  const { versions } = roles;
  const units = affineUnits(trace, roles);
  if (units.length === 0) return undefined;
  const users = new Map<Ref, Ref[]>();
  for (let row = 0; row < tape.length; row++) {
    for (const p of new Set(tape.operands(row))) {
      const known = users.get(p);
      if (known) known.push(row);
      else users.set(p, [row]);
    }
  }
  const weighed = new Set(units.flatMap((unit) => unit.inputs));
  const search = { trace, users, needed: roles.needed, weighed, known: new Map() };
  const adjoint = versions.size === 0 ? whole : adjoints(tape, seedOf(trace, whole), undefined, versions);
  const used = ancestorsOf(trace, versions);
  const leafOf = (row: Ref): Ref => versions.get(row) ?? row;
  /** @param rows versions of one leaf, the newest last: it gives the values, and all of them together the gradient */
  const parameterOf = (rows: readonly Ref[]): Parameter | undefined => {
    const row = rows[rows.length - 1] as Ref;
    const input = trace.inputs.find((i) => i.row === leafOf(row));
    if (!input) return undefined;
    const values = elementsOf(row);
    return {
      row,
      leaf: input.row,
      name: input.name,
      shape: shapeOf(row),
      count: values.length,
      gradient: rows.some((r) => used[r]) ? statisticsOf(sumOf(rows.map(adjointOf))) : undefined,
      norm: norm(values),
    };
  };

  const isNumber = (unit: AffineUnit) => !tape.isArray(unit.core) && !unit.inputs.some((row) => tape.isArray(row));
  const layers = grouped(units, isNumber, leafOf).map((uses, index): Layer => {
    const scalars = uses.every(isNumber);
    // Weights that lead back, turned over, in a backward pass by hand make no layer.
    const width = widthOf(uses[0] as AffineUnit);
    const group = scalars ? uses : (uses.filter((u) => widthOf(u) === width) as typeof uses);
    const activations = group.map(({ z }) => activationOf(search, z));
    const rows = byLeaf(
      group.flatMap((u) => u.parameters),
      leafOf,
    );
    const parameters = rows.map(parameterOf).filter((p) => p !== undefined);
    const z = group.map((u) => u.z);
    const outputs = activations.map((a) => a.row);
    const inputs = [...new Set(group.flatMap((u) => u.inputs))];
    const positions = joined(group.map((u) => elementsOf(u.core)));
    const [first] = activations as [Activation, ...Activation[]];
    const alike = activations.every((a) => a.name === first.name && a.text === first.text);
    const activation: Activation = alike ? first : { ...first, name: 'mixed', text: '', at: undefined };
    const gradient = statisticsOf(joined(rows.map((same) => sumOf(same.map(adjointOf)))));
    const delta = statisticsOf(joined(z.map(adjointOf)));
    const outputAdjoint = norm(joined([...new Set(outputs)].map(adjointOf)));
    const keyOf = (u: AffineUnit) => leavesIn(u, leafOf).join();
    const neurons = new Map([...group].reverse().map((u) => [keyOf(u), u]));
    const distinct = neurons.size;
    const fanIn = new Set([...neurons.values()].flatMap((u) => u.inputs)).size;
    const widest = group[0] as AffineUnit;
    const perUse = scalars ? 1 : examplesIn(widest);
    // Batches of different sizes may pass the same layer.
    const samples = scalars ? group.length / distinct : group.reduce((n, u) => n + examplesIn(u), 0);
    const order = new Map([...neurons.keys()].map((key, i) => [key, i]));
    const perSample = positions.length / Math.max(1, samples);
    const unitOf = scalars
      ? (i: number) => order.get(keyOf(group[i] as AffineUnit)) as number
      : widest.unitsFirst
        ? (i: number) => Math.floor(i / perUse) % perSample
        : (i: number) => i % perSample;
    const count = parameters.reduce((n, p) => n + p.count, 0);
    return {
      index,
      kind: scalars ? 'neurons' : widest.kind,
      shapeIn: scalars ? [fanIn] : shapeOf(widest.inputs[0] as Ref),
      width: scalars ? fanIn : (shapeOf(widest.inputs[0] as Ref).at(widest.unitsFirst ? 0 : -1) ?? 1),
      shapeOut: scalars ? [distinct] : shapeOf(tape.isArray(widest.z) ? widest.z : widest.core),
      parameters,
      parameterCount: count,
      activation,
      z,
      outputs,
      inputs,
      positions,
      inputNorm: norm(joined(inputs.map(elementsOf))),
      slopes:
        activation.at && Float64Array.from(positions, (x) => (activation.at as NonNullable<Activation['at']>)(x).slope),
      units: scalars ? distinct : perSample,
      samples,
      gradient,
      delta,
      outputAdjoint,
      activationFactor: delta.norm / outputAdjoint,
      depth: depthOf(group),
      unitOf,
      relativeGradient: gradient.norm / norm(joined(parameters.map((p) => elementsOf(p.row)))),
      scope: commonScope(trace, z),
    };
  });
  // Of what has moved on the way here, what it was at first is the loss's no more.
  const taken = new Set([...layers.flatMap((layer) => layer.parameters.map((p) => p.row)), ...versions.values()]);
  const others = trace.inputs.filter(({ row }) => roles.ofLeaf.get(row) === 'parameter' && !taken.has(row));
  return {
    layers,
    parameterCount: layers.reduce((n, layer) => n + layer.parameterCount, 0),
    data: trace.inputs.filter(({ row }) => roles.ofLeaf.get(row) === 'data').map((i) => i.row),
    otherParameters: others.map(({ row }) => parameterOf([row])).filter((p) => p !== undefined),
    prediction: (layers[layers.length - 1] as Layer).outputs,
  };

  /** Examples of a batch: what is left of the axes of the pre-activation without the one of the units. */
  function examplesIn({ core, inputs: [input = -1], unitsFirst }: AffineUnit): number {
    const shape = shapeOf(core);
    const all = shape.reduce((n, m) => n * m, 1);
    // A matrix times a vector of weights gives a number an example.
    if (shape.length < shapeOf(input).length) return all;
    const unitAxis = unitsFirst ? shape[0] : shape[shape.length - 1];
    return all / Math.max(1, unitAxis ?? 1);
  }
  /** Units that one use of the weights gives an example. */
  function widthOf(unit: AffineUnit): number {
    return shapeOf(unit.core).reduce((n, m) => n * m, 1) / Math.max(1, examplesIn(unit));
  }
  function shapeOf(row: Ref): readonly number[] {
    return shapeOfRow(tape, row);
  }
  function elementsOf(row: Ref): ArrayLike<number> {
    return tape.isArray(row) ? (tape.array(row).elements() as ArrayLike<number>) : [tape.value[row] as number];
  }
  function adjointOf(row: Ref): ArrayLike<number> {
    if (!tape.isArray(row)) return [adjoint.scalars[row] as number];
    const array = adjoint.arrays.get(row);
    return array ? (array.elements() as ArrayLike<number>) : new Float64Array(tape.array(row).size);
  }
}

/**
 * Units that make one layer: the same parameters used again, and single numbers at the same depth. In order of depth.
 */
function grouped(
  units: readonly AffineUnit[],
  isNumber: (unit: AffineUnit) => boolean,
  leafOf: (row: Ref) => Ref,
): AffineUnit[][] {
  const byParameters = new Map<string, AffineUnit[]>();
  for (const unit of units) {
    const key = leavesIn(unit, leafOf).join();
    byParameters.set(key, [...(byParameters.get(key) ?? []), unit]);
  }
  const groups = new Map<string, AffineUnit[]>();
  for (const [key, same] of byParameters) {
    const depth = Math.min(...same.map((u) => u.depth));
    // Single numbers: the neurons of one depth are a layer.
    const layer = same.every(isNumber) ? `at ${depth}` : key;
    groups.set(layer, [...(groups.get(layer) ?? []), ...same]);
  }
  return [...groups.values()].sort(
    (a, b) => depthOf(a) - depthOf(b) || (a[0] as AffineUnit).z - (b[0] as AffineUnit).z,
  );
}

/** The weight that the output of a sweep had. */
function seedOf({ tape, output }: Trace, { arrays, scalars }: Sweep): Seeds {
  const weight = tape.isArray(output) ? arrays.get(output) : scalars[output];
  return weight === undefined ? new Map() : new Map([[output, weight]]);
}

/** Rows that the output is computed from, versions of parameters being leaves. */
function ancestorsOf({ tape, output }: Trace, versions: ReadonlyMap<Ref, Ref>): Uint8Array {
  const found = new Uint8Array(tape.length);
  found[output] = 1;
  for (let row = output; row >= 0; row--)
    if (found[row] && !versions.has(row)) for (const p of tape.operands(row)) found[p] = 1;
  return found;
}

function depthOf(group: readonly AffineUnit[]): number {
  return Math.min(...group.map((u) => u.depth));
}

/** Rows that are versions of one leaf together, in order of the leaves. */
function byLeaf(rows: readonly Ref[], leafOf: (row: Ref) => Ref): Ref[][] {
  const groups = new Map<Ref, Ref[]>();
  for (const row of [...new Set(rows)].sort((a, b) => a - b)) {
    const leaf = leafOf(row);
    groups.set(leaf, [...(groups.get(leaf) ?? []), row]);
  }
  return [...groups].sort(([a], [b]) => a - b).map(([, same]) => same);
}

function leavesIn({ parameters }: AffineUnit, leafOf: (row: Ref) => Ref): Ref[] {
  return [...new Set(parameters.map(leafOf))].sort((a, b) => a - b);
}

function sumOf(parts: readonly ArrayLike<number>[]): ArrayLike<number> {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const sum = new Float64Array(only?.length ?? 0);
  for (const part of parts) for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (part[i] as number);
  return sum;
}

function joined(parts: readonly ArrayLike<number>[]): Float64Array {
  const all = new Float64Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The innermost scope that holds all rows. */
function commonScope({ tape, scopes }: Trace, rows: readonly Ref[]): number {
  const above = (scope: number): number[] => {
    const chain: number[] = [];
    for (let s = scope; s >= 0; s = scopes[s]?.parent ?? -1) chain.push(s);
    return chain;
  };
  const [first, ...rest] = rows.map((row) => above(tape.scope(row)));
  return first?.find((s) => rest.every((chain) => chain.includes(s))) ?? 0;
}
