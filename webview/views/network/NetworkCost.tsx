/** The ways to all derivatives of this network, counted. */
import { formatCount, formatNumber } from '../../../src/format/number';
import { fromJsonNumber, type NetworkView } from '../../../src/protocol';

export function NetworkCost({ network }: { network: NetworkView }) {
  const { cost } = network;
  const rows = [
    ['Reverse mode', `${cost.reverse.sweeps} sweep`, cost.reverse.operations, cost.reverse.bytes],
    ['Forward mode', `${whole(cost.forward.sweeps)} sweeps`, cost.forward.operations, cost.forward.bytes],
    ['Centre differences', `${whole(cost.numerical.evaluations)} evaluations`, cost.numerical.operations, 0],
  ] as const;
  const { symbolic } = cost;
  return (
    <section class="network-cost">
      <h2>
        <b>What the gradient by all {whole(cost.parameters)} parameters costs</b>{' '}
        <span class="small soft">counted; one evaluation takes {whole(cost.evaluation)} operations</span>
      </h2>
      <table>
        <thead>
          <tr class="small soft">
            <th scope="col">way</th>
            <th scope="col">it takes</th>
            <th scope="col" class="right">
              operations
            </th>
            <th scope="col" class="right">
              kept
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([way, takes, operations, bytes]) => (
            <tr key={way}>
              <th scope="row">{way}</th>
              <td class="soft">{takes}</td>
              <td class="right">{whole(operations)}</td>
              <td class="right">{bytes === 0 ? <span class="soft">nothing</span> : size(bytes)}</td>
            </tr>
          ))}
          {symbolic && (
            <tr>
              <th scope="row">Written out</th>
              <td class="soft">{formatNumber(fromJsonNumber(symbolic.paths))} paths</td>
              <td class="right">{formatNumber(fromJsonNumber(symbolic.operations))} in the loss alone</td>
              <td class="right soft">no sharing</td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}

function whole(n: number): string {
  return formatCount(BigInt(Math.round(n)));
}

function size(n: number): string {
  if (n < 1024) return `${n}\u2009B`;
  if (n < 1024 ** 2) return `${(n / 1024).toPrecision(3)}\u2009KiB`;
  return `${(n / 1024 ** 2).toPrecision(3)}\u2009MiB`;
}
