/** The outline of a document: what can be traced, and the layers of its networks. */
import { texToText } from '../format';
import type { Traceable } from '../languages/frontEnd';
import { isUnknown } from '../model';
import type { LayerView, OutlineItem, Range } from '../protocol';
import type { OpenDocument } from './documents';
import type { Evaluation } from './evaluation';
import { networkView } from './networkView';
import { trySweep } from './sweep';

/** How long networks are looked for, in milliseconds: a hover may wait behind it. What is not reached is listed without layers. */
const PATIENCE = 100;

/**
 * Items in the order of the text. An outline is asked for at every edit: only what has its point in the document is evaluated,
 * which is scripts and formulas; functions would need a search for shapes.
 */
export async function outline(document: OpenDocument, evaluation: Evaluation): Promise<OutlineItem[]> {
  const end = Date.now() + PATIENCE;
  const items: OutlineItem[] = [];
  for (const traceable of document.traceables) {
    const network =
      (traceable.kind === 'script' || traceable.kind === 'formula') && Date.now() < end
        ? await networkOf(document, traceable, evaluation)
        : undefined;
    const range = document.range(traceable.span);
    const selection = traceable.nameSpan && within(document.range(traceable.nameSpan), range);
    items.push({
      name: traceable.kind === 'formula' ? texToText(traceable.name) : traceable.name,
      detail: network ? `${network.structure}, ${counted(network.parameterCount, 'parameter')}` : traceable.kind,
      kind: network ? 'network' : traceable.kind,
      range,
      selection: selection ?? { ...range, end: range.start },
      children: (network?.layers ?? []).map((layer) => layerItem(layer, range, traceable.id)),
      traceable: traceable.id,
    });
  }
  return items;
}

/** The layers of one traceable: asked for by a reader, who waits for the search of a point. */
export async function layersOf(document: OpenDocument, id: string, evaluation: Evaluation): Promise<OutlineItem[]> {
  const traceable = document.traceables.find((t) => t.id === id);
  const network = traceable && (await networkOf(document, traceable, evaluation));
  const range = traceable && document.range(traceable.span);
  return network && range ? network.layers.map((layer) => layerItem(layer, range, id)) : [];
}

async function networkOf(document: OpenDocument, traceable: Traceable, evaluation: Evaluation) {
  const outcome = await evaluation.record(document, traceable, {});
  const swept = isUnknown(outcome) ? undefined : trySweep(document, outcome.trace);
  return swept === undefined || typeof swept === 'string' ? undefined : networkView(swept, traceable);
}

function layerItem(layer: LayerView, around: Range, traceable: string): OutlineItem {
  const range = (layer.range && within(layer.range, around)) ?? { ...around, end: around.start };
  const activation = layer.activation.name === 'identity' ? '' : `, ${layer.activation.name}`;
  return {
    name: layer.name,
    detail: `${layer.kind}${activation}, ${layer.units} ${layer.units === 1 ? 'unit' : 'units'}, ${counted(layer.parameterCount, 'parameter')}`,
    kind: 'layer',
    range,
    selection: range,
    children: [],
    traceable,
    layer: layer.index,
    ...(layer.range ? { place: layer.range } : {}),
  };
}

const counted = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;

/** A range, if it lies in another; an editor takes no part that stands outside of the whole. */
function within(inner: Range, outer: Range): Range | undefined {
  const after = (a: Range['start'], b: Range['start']) =>
    a.line > b.line || (a.line === b.line && a.character >= b.character);
  return inner.cell === outer.cell && after(inner.start, outer.start) && after(outer.end, inner.end)
    ? inner
    : undefined;
}
