/**
 * The graph as a tree of sentences, for the keyboard and for screen readers: out of sight, while the node that
 * has the focus is ringed in the drawing.
 */
import { useContext, useRef } from 'preact/hooks';
import type { Drawing } from '../../../src/layout/layered';
import { formatNumber } from '../../../src/format/number';
import type { ValueView } from '../../../src/protocol';
import { NOT_CONNECTED } from '../../../src/format/words';
import { spokenStep } from '../../math/stepName';
import { SessionContext } from '../../state/context';
import type { Open, Session } from '../../state/session';
import { asNumber, isTensor } from '../../state/values';
import type { GraphModel, GraphNode } from '../../../src/export/graph/model';

interface Props {
  readonly open: Open;
  readonly model: GraphModel;
  readonly drawing: Drawing;
  readonly onFocus: (id: string | undefined) => void;
}

export function NodeTree({ open, model, drawing, onFocus }: Props) {
  const session = useContext(SessionContext);
  const list = useRef<HTMLUListElement>(null);
  const selected = session.selected.value;
  const isSelected = (node: GraphNode) => 'step' in node && node.kind !== 'output' && node.step.row === selected;
  const entry = model.nodes.find(isSelected) ?? model.nodes.find((node) => node.kind === 'input') ?? model.nodes[0];
  const go = (to: string | undefined) => {
    const next = model.nodes.find((node) => node.id === to);
    if (!next) return;
    if ('step' in next) session.select(next.step.row);
    list.current?.querySelector<HTMLElement>(`[data-id="${CSS.escape(next.id)}"]`)?.focus();
  };
  return (
    <ul
      ref={list}
      class="node-tree"
      role="tree"
      aria-label="Steps of the graph; right and left go to users and operands, up and down within a layer"
      onKeyDown={(event) => onKey(event, model, drawing, session, go)}
    >
      {model.nodes.map((node) => (
        <li
          key={node.id}
          role="treeitem"
          aria-level={(drawing.nodes.get(node.id)?.layer ?? 0) + 1}
          aria-selected={isSelected(node)}
          {...(node.kind === 'group' ? { 'aria-expanded': false } : {})}
          tabIndex={node.id === entry?.id ? 0 : -1}
          data-id={node.id}
          onFocus={() => onFocus(node.id)}
          onBlur={() => onFocus(undefined)}
        >
          {sentence(node, open, session)}
        </li>
      ))}
    </ul>
  );
}

function onKey(
  event: KeyboardEvent,
  model: GraphModel,
  drawing: Drawing,
  session: Session,
  go: (to: string | undefined) => void,
): void {
  const id = (event.target as Element).getAttribute('data-id');
  const node = model.nodes.find((n) => n.id === id);
  if (!node || event.ctrlKey || event.metaKey || event.altKey) return;
  const layer = [...drawing.nodes]
    .filter(([, place]) => place.layer === drawing.nodes.get(node.id)?.layer)
    .sort(([, a], [, b]) => a.across - b.across)
    .map(([other]) => other);
  const keys: Readonly<Record<string, () => void>> = {
    ArrowRight: () => go(model.edges.find((edge) => edge.from === id)?.to),
    ArrowLeft: () => go(model.edges.find((edge) => edge.to === id)?.from),
    ArrowDown: () => go(layer[layer.indexOf(node.id) + 1]),
    ArrowUp: () => go(layer[layer.indexOf(node.id) - 1]),
    Home: () => go(model.nodes.find((n) => n.kind === 'input')?.id),
    End: () => go('output'),
    Enter: () => {
      if (node.kind !== 'group') session.select(node.step.row, 'focus');
      else if (node.group) session.foldInGraph(node.group, false);
    },
  };
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

function sentence(node: GraphNode, open: Open, session: Session): string {
  if (node.kind === 'group') return `${node.name}, ${node.to - node.from} steps, folded`;
  const { step } = node;
  const value = say(session.value(step, 'primal'));
  if (node.kind === 'output') return `output ${open.trace.output.name}, value ${value}`;
  const name = node.kind === 'input' ? node.name : `${step.op}, ${spokenStep(step.index)}`;
  const uses = step.operands.flatMap((operand, slot) => {
    const source = open.rows.ofRow(operand.row);
    const partial = session.partial(step, slot);
    return source
      ? [`from ${spokenStep(source.index)}${partial === undefined ? '' : `, partial ${formatNumber(partial)}`}`]
      : [];
  });
  return [name, `value ${value}`, `adjoint ${say(session.value(step, 'adjoint'))}`, ...uses].join(', ');
}

function say(value: ValueView | null): string {
  const x = asNumber(value);
  if (x !== undefined) return formatNumber(x);
  return isTensor(value) ? `array ${value.shape.join(' by ')}` : NOT_CONNECTED.word;
}
