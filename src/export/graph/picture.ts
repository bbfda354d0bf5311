/** The graph of a trace, placed and with its texts: what the exported drawings share. */
import type { StepView, TraceView, ValueView } from '../../protocol';
import type { ShownValues } from '../trace';
import { boxOf, type Curve, type Direction, type Screen, toScreen } from './geometry';
import { drawGraph, extent, layCurves, marginOf } from './draw';
import { foldedInGraph, type Group, groupsOf } from './groups';
import { bearsContribution, bearsValue, graphOf, type GraphEdge, type GraphNode } from './model';

/** Drawings of longer traces than this would take long and could not be read. */
export const DRAWN_LIMIT = 5_000;

export interface PlacedNode {
  readonly node: GraphNode;
  readonly at: Screen;
  readonly size: readonly [number, number];
}

export interface PlacedEdge {
  readonly edge: GraphEdge;
  readonly curve: Curve;
  /** `undefined`: shown elsewhere. */
  readonly value: ValueView | null | undefined;
  readonly back: ValueView | null | undefined;
  readonly partial: number | undefined;
}

export interface GraphPicture {
  readonly direction: Direction;
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

/** @param isFolded which groups are drawn as one node; by default the largest, until few enough nodes are left */
export function graphPicture(
  trace: TraceView,
  steps: readonly StepView[],
  shown: ShownValues,
  direction: Direction = 'right',
  isFolded?: (group: Group) => boolean,
): GraphPicture {
  const groups = groupsOf(trace.scopes);
  const folded = foldedInGraph(groups, trace.steps);
  const model = graphOf(trace, steps, groups, isFolded ?? ((group) => folded.has(group.key)));
  const drawing = drawGraph(model, direction, undefined, undefined);
  const curves = layCurves(model, drawing, direction);
  return {
    direction,
    box: boxOf(drawing, direction, marginOf(model, direction)),
    nodes: model.nodes.flatMap((node) => {
      const place = drawing.nodes.get(node.id);
      return place ? [{ node, at: toScreen(place, direction), size: extent(node) }] : [];
    }),
    edges: model.edges.map((edge, i) => {
      const { use, carries } = edge;
      const value = carries && shown.value(carries, 'primal');
      return {
        edge,
        curve: curves[i] as Curve,
        value: bearsValue(edge) ? value : undefined,
        back: !bearsContribution(edge)
          ? undefined
          : use
            ? shown.contribution(use.operand, use.contribution)
            : carries && shown.value(carries, 'adjoint'),
        partial: use ? shown.partial(use.user, use.slot) : undefined,
      };
    }),
  };
}
