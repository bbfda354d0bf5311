/** One layer: where its units sit under the activation, and the gradient by each of its parameters. */
import { formatNumber, formatPercent, formatShape } from '../../../src/format/number';
import { fromJsonNumber, type LayerView, type NetworkView } from '../../../src/protocol';
import { Num } from '../../parts/Num';
import { ActivationPlot } from './ActivationPlot';
import { activationOf } from './LayerTable';
import { count } from './NetworkTab';

interface Props {
  readonly network: NetworkView;
  readonly layer: LayerView;
  readonly width: number;
}

export function LayerDetails({ network, layer, width }: Props) {
  const { activation, parameters } = layer;
  return (
    <section class="layer-details">
      <h2>
        <b>Layer {layer.index + 1}</b>{' '}
        <span class="small soft">
          {layer.name === `layer ${layer.index + 1}` ? layer.kind : `${layer.name}, ${layer.kind}`},{' '}
          {count(layer.units)} unit{layer.units === 1 ? '' : 's'} × {count(layer.samples)} example
          {layer.samples === 1 ? '' : 's'}
          {activation.curve ? ` under ${activationOf(layer)} and its derivative` : ''}
        </span>
      </h2>
      {activation.curve && <ActivationPlot layer={layer} curve={activation.curve} width={Math.min(width, 860)} />}
      <table class="layer-parameters">
        <thead>
          <tr class="small soft">
            <th scope="col">parameter</th>
            <th scope="col" class="wide">
              shape
            </th>
            <th scope="col" class="right">
              ‖{network.loss.name.length > 8 ? 'gradient' : `∂${network.loss.name}`}‖
            </th>
            <th scope="col" class="right medium">
              min
            </th>
            <th scope="col" class="right medium">
              max
            </th>
            <th scope="col" class="right medium">
              mean
            </th>
            <th scope="col" class="right">
              zeros
            </th>
            <th
              scope="col"
              class="right"
              title="Norm of the gradient over norm of the parameter: the relative update that a learning rate of 1 makes"
            >
              update/weight
            </th>
          </tr>
        </thead>
        <tbody>
          {parameters.map((p) => (
            <tr key={p.row}>
              <th scope="row">
                <code>{p.name}</code>
              </th>
              <td class="soft wide">{p.shape.length === 0 ? '' : formatShape(p.shape)}</td>
              <td class="right">
                <Num value={p.gradient ? p.gradient.norm : null} class="adjoint" />
              </td>
              <td class="right medium">{p.gradient && <Num value={p.gradient.min} />}</td>
              <td class="right medium">{p.gradient && <Num value={p.gradient.max} />}</td>
              <td class="right medium">{p.gradient && <Num value={p.gradient.mean} />}</td>
              <td class="right">{p.gradient ? formatPercent(p.gradient.zeros / Math.max(1, p.gradient.count)) : ''}</td>
              <td class="right">{p.gradient && ratio(fromJsonNumber(p.gradient.norm), fromJsonNumber(p.norm))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Of weights that are all 0 there is no relative update. */
function ratio(gradient: number, weight: number): string {
  return weight === 0 ? '' : formatNumber(gradient / weight);
}
