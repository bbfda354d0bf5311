/** Layers in order; their gradients on one logarithmic axis: the median of |∂L/∂W|, and 5 to 95 % of the elements. */
import { formatNumber, formatShape } from '../../../src/format/number';
import { fromJsonNumber, type JsonNumber, type LayerView, type NetworkView } from '../../../src/protocol';
import { Num } from '../../parts/Num';
import { count } from './NetworkTab';

interface Props {
  readonly network: NetworkView;
  readonly chosen: number | undefined;
  readonly onChoose: (layer: number) => void;
  readonly width: number;
}

export function LayerTable({ network, chosen, onChoose, width }: Props) {
  const { layers, diagnoses } = network;
  const narrow = width < 640;
  const chart = Math.max(90, Math.min(520, width - (narrow ? 330 : width < 820 ? 560 : 700)));
  const axis = axisOf(layers, chart);
  const blamed = new Set(diagnoses.flatMap((d) => (d.layer === undefined ? [] : [d.layer])));
  const judged = layers.some((l) => l.saturated ?? l.off);
  return (
    <table class="layers">
      <thead>
        <tr class="small soft">
          <th scope="col">layer</th>
          <th scope="col" class="wide">
            shape
          </th>
          <th scope="col" class="right wide">
            params
          </th>
          <th scope="col" class="chart">
            <span class="adjoint">|∂{network.loss.name}/∂W|</span> median, 5 to 95 %
          </th>
          <th scope="col" class="right">
            median
          </th>
          <th scope="col" class="right" title="Norm of the gradient by the pre-activations">
            ‖δ‖
          </th>
          <th scope="col" class="right" title="‖δ‖ here over ‖δ‖ of the next layer">
            factor
          </th>
          {judged && (
            <th scope="col" class="right medium">
              off or saturated
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {layers.map((layer) => (
          <tr
            key={layer.index}
            class={`${layer.index === chosen ? 'chosen' : ''} ${blamed.has(layer.index) ? 'blamed' : ''}`}
            onClick={() => onChoose(layer.index)}
          >
            <th scope="row">
              <button type="button" class="plain" aria-pressed={layer.index === chosen}>
                <span class="soft index">{layer.index + 1}</span>
                <span class="layer-name">{nameOf(layer)}</span>
                <span class="soft">{activationOf(layer)}</span>
              </button>
            </th>
            <td class="soft wide">
              {formatShape(layer.shapeIn)} → {formatShape(layer.shapeOut)}
            </td>
            <td class="right wide">{count(layer.parameterCount)}</td>
            <td class="chart">
              <Range layer={layer} axis={axis} width={chart} />
            </td>
            <td class="right adjoint">
              <Num value={layer.gradient ? layer.gradient.median : null} class="adjoint" />
            </td>
            <td class="right">
              <Num value={layer.delta.norm} />
            </td>
            <td class="right">{layer.factor === undefined ? '' : <Num value={layer.factor} />}</td>
            {judged && (
              <td class="right medium">
                <Off layer={layer} blamed={blamed.has(layer.index)} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
      <tfoot aria-hidden="true">
        <tr>
          <td />
          <td class="wide" />
          <td class="wide" />
          <td class="chart">
            <svg width={chart} height={16}>
              {axis.ticks.map((t) => (
                <text key={t} x={axis.x(10 ** t)} y={12} text-anchor="middle">
                  {t === 0 ? (
                    '1'
                  ) : (
                    <>
                      10<tspan dy="-4">{String(t).replace('-', '−')}</tspan>
                    </>
                  )}
                </text>
              ))}
            </svg>
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

/** A name of its own, or what it is. */
function nameOf(layer: LayerView): string {
  return /^layer \d+$/.test(layer.name) ? layer.kind : layer.name;
}

export function activationOf({ activation }: LayerView): string {
  if (activation.name === 'identity') return '';
  return activation.name === 'custom' ? activation.text || 'a function of its own' : activation.name;
}

function Off({ layer, blamed }: { layer: LayerView; blamed: boolean }) {
  const { saturated, off } = layer;
  const part = saturated ?? off;
  if (!part) return null;
  return (
    <span class={blamed && part.count > 0 ? 'warn strong' : part.count === 0 ? 'soft' : ''}>
      {blamed && part.count > 0 ? '⚠ ' : ''}
      {count(part.count)} of {count(part.of)}
    </span>
  );
}

interface Axis {
  readonly x: (size: number) => number;
  readonly ticks: readonly number[];
}

function axisOf(layers: readonly LayerView[], width: number): Axis {
  const sizes = layers
    .flatMap(({ gradient }) => (gradient ? [gradient.low, gradient.median, gradient.high] : []))
    .map(fromJsonNumber)
    .filter((size) => size > 0 && Number.isFinite(size));
  const from = Math.floor(Math.log10(Math.min(...(sizes.length > 0 ? sizes : [0.1]))) - 0.01);
  const to = Math.max(from + 1, Math.ceil(Math.log10(Math.max(...(sizes.length > 0 ? sizes : [1]))) + 0.01));
  const room = 16;
  const x = (size: number) => room + ((Math.log10(size) - from) / (to - from)) * (width - 2 * room);
  const step = Math.max(1, Math.ceil(((to - from) * 40) / (width - 2 * room)));
  const ticks: number[] = [];
  for (let t = from; t <= to; t += step) ticks.push(t);
  return { x, ticks };
}

function Range({ layer, axis, width }: { layer: LayerView; axis: Axis; width: number }) {
  const { gradient } = layer;
  const at = (size: JsonNumber | undefined) => fromJsonNumber(size ?? 'NaN');
  const [low, median, high] = [at(gradient?.low), at(gradient?.median), at(gradient?.high)];
  const label = gradient
    ? `median ${formatNumber(median)}, from ${formatNumber(low)} to ${formatNumber(high)}`
    : 'not connected';
  const start = axis.ticks[0] ?? 0;
  return (
    <svg class="range" width={width} height={28} role="img" aria-label={label}>
      {axis.ticks.map((t) => (
        <path key={t} class="rule" d={`M${axis.x(10 ** t)} 0V28`} />
      ))}
      {high > 0 && Number.isFinite(high) && (
        <path class="span" d={`M${axis.x(Math.max(low, 10 ** start))} 14H${axis.x(high)}`} />
      )}
      {median > 0 && Number.isFinite(median) && <circle cx={axis.x(median)} cy={14} r={4} />}
      {gradient && gradient.zeros === gradient.count && (
        <text x={axis.x(10 ** start) + 4} y={18}>
          0 everywhere
        </text>
      )}
      {!gradient && (
        <text x={axis.x(10 ** start) + 4} y={18}>
          not connected
        </text>
      )}
      {gradient && !Number.isFinite(median) && (
        <text x={axis.x(10 ** start) + 4} y={18} class="warn">
          not a number
        </text>
      )}
    </svg>
  );
}
