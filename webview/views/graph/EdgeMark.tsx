/** One edge: value on the forward side, contribution on the backward side, local partial near the operation. */
import { useContext } from 'preact/hooks';
import type { ValueView } from '../../../src/protocol';
import { pictureOf, valueExtent } from '../../../src/export/graph/draw';
import { valueText } from '../../../src/export/graph/valueText';
import { formatNumber } from '../../../src/format/number';
import { NOT_CONNECTED } from '../../../src/format/words';
import { HeatMap } from '../../parts/HeatMap';
import { SessionContext } from '../../state/context';
import { asNumber, isTensor } from '../../state/values';
import type { Curve, Direction } from '../../../src/export/graph/geometry';
import { bearsContribution, bearsValue, type GraphEdge } from '../../../src/export/graph/model';

interface Props {
  readonly edge: GraphEdge;
  readonly curve: Curve;
  readonly direction: Direction;
  readonly labels: boolean;
  readonly emphasis: '' | 'near' | 'path' | 'now';
  readonly known: { readonly value: boolean; readonly contribution: boolean };
}

export function EdgeMark({ edge, curve, direction, labels, emphasis, known }: Props) {
  const session = useContext(SessionContext);
  const { use, carries } = edge;
  const value = carries ? session.value(carries, 'primal') : null;
  const back: ValueView | null = use
    ? session.contribution(use.operand, use.contribution)
    : carries
      ? session.value(carries, 'adjoint')
      : null;
  const partial = use ? session.partial(use.user, use.slot) : undefined;
  const { x, y } = curve.middle;
  // What has no room is shown while the edge is looked at.
  const shows = (what: keyof Curve['crowded']) => emphasis !== '' || !curve.crowded[what];
  return (
    <g class={`edge ${emphasis}`}>
      <path class="line" d={curve.d} style={{ d: `path("${curve.d}")` }} />
      {emphasis === 'now' && <circle class="traveller" r={5} style={{ offsetPath: `path("${curve.d}")` }} />}
      {labels && carries && (
        <g class="labels" style={{ transform: `translate(${x}px, ${y}px)` }}>
          {known.value && bearsValue(edge) && shows('value') && (
            <Label value={value} side="value" direction={direction} />
          )}
          {known.contribution && bearsContribution(edge) && shows('back') && (
            <Label value={back} side="back" direction={direction} />
          )}
        </g>
      )}
      {labels && partial !== undefined && known.value && shows('partial') && (
        <text
          class="partial-label"
          style={{ transform: `translate(${curve.nearEnd.x}px, ${curve.nearEnd.y}px)` }}
          y={4}
          text-anchor="middle"
        >
          ×{formatNumber(partial)}
        </text>
      )}
    </g>
  );
}

function Label({ value, side, direction }: { value: ValueView | null; side: 'value' | 'back'; direction: Direction }) {
  const right = direction === 'right';
  if (isTensor(value)) return <TensorLabel value={value} side={side} right={right} />;
  const x = asNumber(value);
  const place = right
    ? { x: 0, y: side === 'value' ? -7 : 16, anchor: 'middle' }
    : { x: side === 'value' ? -8 : 8, y: 4, anchor: side === 'value' ? 'end' : 'start' };
  return (
    <text class={`number ${side}`} x={place.x} y={place.y} text-anchor={place.anchor}>
      {x === undefined ? NOT_CONNECTED.mark : formatNumber(x)}
    </text>
  );
}

function TensorLabel({
  value,
  side,
  right,
}: {
  value: Extract<ValueView, object>;
  side: 'value' | 'back';
  right: boolean;
}) {
  const { rows, columns, cell } = pictureOf(value);
  const back = side === 'back';
  const width = columns * cell;
  const height = rows * cell + (back ? 4 : 0);
  const beside = 8 + valueExtent(value)[0] / 2;
  const x = (right ? 0 : back ? beside : -beside) - width / 2;
  const y = right ? (back ? 8 : -8 - height) : -height / 2;
  return (
    <>
      <g transform={`translate(${x} ${y})`}>
        <HeatMap tensor={value} size={40} largest={9} adjoint={back} />
      </g>
      <text
        class={`shape ${side}`}
        x={right ? 0 : x + width / 2}
        y={right && back ? y + height + 12 : y - 5}
        text-anchor="middle"
      >
        {valueText(value)}
      </text>
    </>
  );
}
