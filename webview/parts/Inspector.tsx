/** The selected array: value and adjoint as grids with their statistics. */
import { useContext } from 'preact/hooks';
import type { StepView, TensorView } from '../../src/protocol';
import { fromJsonNumber } from '../../src/protocol';
import { formatNumber, formatShape } from '../../src/format/number';
import { StepName } from '../math/stepName';
import { Tex } from '../math/Tex';
import { SessionContext } from '../state/context';
import { isTensor } from '../state/values';
import { HeatMap } from './HeatMap';

/** Larger arrays are shown as a heat map of block means. */
const MOST_ROWS = 12;
const MOST_COLUMNS = 12;

export function Inspector({ step }: { step: StepView }) {
  const session = useContext(SessionContext);
  const value = session.value(step, 'primal');
  const adjoint = session.value(step, 'adjoint');
  return (
    <section class="inspector" aria-label={`Step v ${step.index}`}>
      <p>
        <StepName index={step.index} /> = <Tex tex={step.primal.right} /> <code class="soft">{step.label}</code>
      </p>
      <div class="arrays">
        {isTensor(value) && <Array title="value" tensor={value} />}
        {isTensor(adjoint) && <Array title="adjoint" tensor={adjoint} adjoint />}
      </div>
    </section>
  );
}

function Array({ title, tensor, adjoint = false }: { title: string; tensor: TensorView; adjoint?: boolean }) {
  const n = (x: TensorView['min']) => formatNumber(fromJsonNumber(x), { digits: 3 });
  return (
    <figure>
      <figcaption class="small soft">
        <span class={adjoint ? 'adjoint' : 'ink'}>{title}</span> {formatShape(tensor.shape)} {tensor.dtype}, min{' '}
        {n(tensor.min)}, mean {n(tensor.mean)}, max {n(tensor.max)}
        {tensor.zeros > 0 && `, ${tensor.zeros} zero`}
        {tensor.nonFinite > 0 && <span class="warn">, {tensor.nonFinite} not finite</span>}
      </figcaption>
      <Grid tensor={tensor} />
    </figure>
  );
}

function Grid({ tensor }: { tensor: TensorView }) {
  const columns = tensor.shape[tensor.shape.length - 1] ?? 1;
  const rows = tensor.shape.slice(0, -1).reduce((a, b) => a * b, 1);
  if (!tensor.elements || rows > MOST_ROWS || columns > MOST_COLUMNS)
    return <HeatMap tensor={tensor} size={140} largest={14} />;
  const most = fromJsonNumber(tensor.maxAbs);
  const elements = tensor.elements.map(fromJsonNumber);
  return (
    <table class="grid">
      <tbody>
        {Object.keys(new Int8Array(rows)).map((r) => (
          <tr key={r}>
            {elements.slice(Number(r) * columns, (Number(r) + 1) * columns).map((x, c) => (
              <td
                key={c}
                class={x < 0 ? 'negative' : 'positive'}
                title={formatNumber(x, { digits: 'full', plain: true })}
                style={{
                  '--strength': `${most > 0 && Number.isFinite(x) ? Math.round(Math.sqrt(Math.abs(x) / most) * 38) : 0}%`,
                }}
              >
                {formatNumber(x, { digits: 3 })}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
