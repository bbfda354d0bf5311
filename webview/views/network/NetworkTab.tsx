/** A network: what ails it first, then its layers with their gradients, and where the units of a layer sit. */
import { useContext } from 'preact/hooks';
import { NETWORK_FORMATS } from '../../../src/export/network';
import type { NetworkView } from '../../../src/protocol';
import type { Copies } from '../../state/copies';
import { SessionContext } from '../../state/context';
import { networkOf } from '../../state/network';
import type { Open, Session } from '../../state/session';
import { useWidth } from '../../state/useWidth';
import { Findings } from './Findings';
import { LayerDetails } from './LayerDetails';
import { LayerTable } from './LayerTable';
import { NetworkCost } from './NetworkCost';

export function NetworkTab({ open }: { open: Open }) {
  const session = useContext(SessionContext);
  const network = networkOf(session, open.trace).value;
  if (network === undefined) return <p class="view-message soft">Reading the layers…</p>;
  if (network === null) return <p class="view-message soft">No layers of parameters are recognised here.</p>;
  return <Shown network={network} />;
}

function Shown({ network }: { network: NetworkView }) {
  const session = useContext(SessionContext);
  const [frame, width] = useWidth<HTMLDivElement>();
  const blamed = network.diagnoses.find((d) => d.layer !== undefined)?.layer;
  const chosen = session.layer.value?.traceable === network.id ? session.layer.value.index : undefined;
  const layer = network.layers.find((l) => l.index === chosen) ?? network.layers[blamed ?? 0];
  const choose = (index: number) => {
    session.layer.value = { traceable: network.id, index };
    const range = network.layers[index]?.range;
    const uri = session.shown.peek()?.uri;
    if (!range || uri === undefined) return;
    session.send({ type: 'highlight', uri, ranges: [range] });
    session.send({ type: 'reveal', uri, range, focus: false });
  };
  return (
    <div class="scroll-view network">
      <div ref={frame}>
        <p class="structure">
          <span class="mono">{network.structure}</span>
          <span class="soft">
            {count(network.parameterCount)} parameter{network.parameterCount === 1 ? '' : 's'}, {count(network.samples)}{' '}
            example{network.samples === 1 ? '' : 's'} · values {network.origin}
          </span>
        </p>
        <Findings network={network} onChoose={choose} />
        {width > 0 && <LayerTable network={network} chosen={layer?.index} onChoose={choose} width={width} />}
        {layer && width > 0 && <LayerDetails network={network} layer={layer} width={width} />}
        <NetworkCost network={network} />
      </div>
    </div>
  );
}

export function count(n: number): string {
  return n < 10_000 ? String(n) : String(n).replace(/\B(?=(\d{3})+$)/g, ',');
}

export function networkCopies(session: Session, open: Open): Copies {
  const network = networkOf(session, open.trace).value;
  if (!network) return {};
  const output = { file: session.shown.peek()?.file ?? '', networks: [{ id: network.id, network }] };
  return {
    Markdown: () => NETWORK_FORMATS.markdown(output),
    LaTeX: () => NETWORK_FORMATS.latex(output),
    CSV: () => NETWORK_FORMATS.csv(output),
    SVG: () => NETWORK_FORMATS.svg(output),
    DOT: () => NETWORK_FORMATS.dot(output),
    JSON: () => `${JSON.stringify(network, null, 2)}\n`,
  };
}
