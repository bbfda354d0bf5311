import { formatNumber, formatShape } from '../../format';
import { fromJsonNumber, type NetworkOutput } from '../../protocol';

/** Layers as nodes, δ on the edges, for Graphviz. */
export function dot({ networks }: NetworkOutput): string {
  const quote = (s: string) => `"${s.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;
  return networks
    .flatMap(({ id, network }) => (network ? [{ id, network }] : []))
    .map(({ id, network }) => {
      const { layers } = network;
      const nodes = layers.map(
        (l) =>
          `  l${l.index} [label=${quote(`${l.name}\n${l.kind}, ${l.activation.name}\n${formatShape(l.shapeIn)} → ${formatShape(l.shapeOut)}\n${l.parameterCount} parameters`)}];`,
      );
      const chain = ['data', ...layers.map((l) => `l${l.index}`), 'loss'];
      const edges = chain.slice(1).map((to, i) => {
        const layer = layers[i];
        const label = layer ? ` [label=${quote(`|δ| ${formatNumber(fromJsonNumber(layer.delta.norm))}`)}]` : '';
        return `  ${chain[i]} -> ${to}${label};`;
      });
      return `digraph ${quote(id)} {\n  rankdir=LR;\n  node [shape=box];\n  data; loss [label=${quote(network.loss.name)}];\n${[...nodes, ...edges].join('\n')}\n}\n`;
    })
    .join('\n');
}
