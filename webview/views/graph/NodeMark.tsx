/** One node: an input with value and gradient beside its dot, an operation in a circle, a folded group, the output. */
import { useContext } from 'preact/hooks';
import { valueText } from '../../../src/export/graph/valueText';
import { formatNumber } from '../../../src/format/number';
import { NOT_CONNECTED } from '../../../src/format/words';
import { PlayerContext, SessionContext } from '../../state/context';
import { Name, StepName } from '../../math/stepName';
import { HeatMap } from '../../parts/HeatMap';
import { asNumber, isTensor } from '../../state/values';
import type { Direction } from '../../../src/export/graph/geometry';
import type { GraphNode } from '../../../src/export/graph/model';

interface Props {
  readonly node: GraphNode;
  readonly x: number;
  readonly y: number;
  readonly size: readonly [number, number];
  readonly direction: Direction;
  readonly focused: boolean;
  readonly selected: boolean;
  readonly onPath: boolean;
}

export function NodeMark({ node, x, y, size, direction, focused, selected, onPath }: Props) {
  const session = useContext(SessionContext);
  const under = 'step' in node && node.kind !== 'output' && session.cursor.value === node.step.row;
  const choose = () => {
    if (node.kind === 'group') {
      if (node.group) session.foldInGraph(node.group, false);
    } else {
      session.select(node.step.row, 'show');
    }
  };
  return (
    <g
      class={`node ${node.kind} ${selected && node.kind !== 'output' ? 'selected' : ''} ${under ? 'under' : ''} ${onPath ? 'on-path' : ''} ${focused ? 'focused' : ''}`}
      data-node={node.id}
      style={{ transform: `translate(${x}px, ${y}px)` }}
      onClick={choose}
    >
      <Shape node={node} size={size} direction={direction} selected={selected} />
    </g>
  );
}

function Shape({
  node,
  size: [width, height],
  direction,
  selected,
}: {
  node: GraphNode;
  size: readonly [number, number];
  direction: Direction;
  selected: boolean;
}) {
  const session = useContext(SessionContext);
  const right = direction === 'right';
  if (node.kind === 'group') {
    return (
      <>
        <rect class="body back" x={-width / 2 + 4} y={-height / 2 - 4} width={width} height={height} rx={2} />
        <rect class="body" x={-width / 2} y={-height / 2} width={width} height={height} rx={2} />
        <text class="sign" text-anchor="middle" y={4}>
          {node.name.length > 24 ? `${node.name.slice(0, 23)}…` : node.name}
        </text>
        <text class="caption" text-anchor="middle" y={height / 2 + 15}>
          {node.to - node.from} steps
        </text>
      </>
    );
  }
  if (node.kind === 'operation') {
    const round = width <= 30;
    return (
      <>
        {selected &&
          (round ? (
            <circle class="ring" r={19} />
          ) : (
            <rect class="ring" x={-width / 2 - 4} y={-19} width={width + 8} height={38} rx={19} />
          ))}
        {round ? (
          <circle class="body" r={15} />
        ) : (
          <rect class="body" x={-width / 2} y={-15} width={width} height={height} rx={15} />
        )}
        <text class="sign" text-anchor="middle" y={node.sign.length === 1 ? 6 : 4.5}>
          {node.sign}
        </text>
        <foreignObject x={right ? -30 : -width / 2 - 66} y={right ? height / 2 + 2 : -10} width={60} height={20}>
          <div class={`leaf-label ${right ? 'over' : 'before'} soft`}>
            <StepName index={node.step.index} />
          </div>
        </foreignObject>
      </>
    );
  }
  const value = session.value(node.step, 'primal');
  const adjoint = session.value(node.step, 'adjoint');
  // While the sweeps are played, an adjoint is shown once all contributions have come.
  const player = useContext(PlayerContext);
  const course = player.course.value;
  const at = player.at.value;
  const sofar = course && at !== undefined ? course.arrived(course.positionOfRow(node.step.row) ?? -1, at) : undefined;
  const arrived = sofar === undefined || sofar.count >= sofar.of;
  const x = asNumber(value);
  const bar = asNumber(adjoint);
  const isInput = node.kind === 'input';
  const first = x === undefined ? '' : ` = ${formatNumber(x)}`;
  const second = adjoint === null ? ` ${NOT_CONNECTED.mark}` : bar === undefined ? '' : ` = ${formatNumber(bar)}`;
  const pictures = isInput && isTensor(value);
  const room = 150;
  const place = right
    ? { x: isInput ? -12 - room : 12, y: pictures ? -24 : -20, height: 50 }
    : { x: -room / 2, y: isInput ? (pictures ? -60 : -50) : 8, height: 50 };
  const side = right ? (isInput ? 'before' : 'after') : 'over';
  return (
    <>
      <circle class="target" r={14} />
      <circle class="body" r={3.5} />
      <foreignObject x={place.x} y={place.y} width={room} height={place.height}>
        <div class={`leaf-label ${side}`}>
          <p>
            <Name tex={node.tex} />
            {isInput && first}
            {pictures && <span class="small soft"> {valueText(value)}</span>}
          </p>
          {pictures && (
            <p class="leaf-pictures">
              <HeatMap tensor={value} size={24} largest={6} />
              {isTensor(adjoint) && arrived && <HeatMap tensor={adjoint} size={24} largest={6} adjoint />}
              {adjoint === null && <span class="soft small">{NOT_CONNECTED.word}</span>}
            </p>
          )}
          {!isTensor(value) && arrived && (
            <p class="adjoint">
              <Name tex={node.tex} accent="bar" />
              {isInput ? <b>{second}</b> : ' = 1'}
            </p>
          )}
        </div>
      </foreignObject>
    </>
  );
}
