/** What an update does in each of its readings, and the conventions by which a formula was read. */
import { useContext } from 'preact/hooks';
import type { TraceView, UpdateView } from '../../../src/protocol';
import { Name } from '../../math/stepName';
import { Inline } from '../../parts/Num';
import { SessionContext } from '../../state/context';

export function Foot({ trace }: { trace: TraceView }) {
  const { update, readings } = trace;
  if (!update && readings.length === 0) return null;
  return (
    <div class="foot">
      {update && <Update update={update} />}
      {readings.length > 0 && <Readings trace={trace} />}
    </div>
  );
}

const ORDER_WORDS = {
  successive:
    'The backward pass goes on with the value that was just updated, and keeps all others of the one evaluation',
  reevaluated: 'Values and derivatives are computed again with what was updated before',
} as const;

/** One row a reading: all updates at once, as it is traced, and after those that stand before it. */
function Update({ update }: { update: UpdateView }) {
  const { tex, orders } = update;
  const all = [update, ...orders];
  const has = (column: 'before' | 'gradient') => all.some((values) => values[column] !== undefined);
  return (
    <table class="update">
      <thead class="small">
        <tr>
          <th scope="col">
            <span class="hidden">update of </span>
            <Name tex={tex} />
          </th>
          {has('before') && <th scope="col">before</th>}
          {has('gradient') && (
            <th scope="col" class="adjoint">
              gradient
            </th>
          )}
          <th scope="col">after</th>
        </tr>
      </thead>
      <tbody>
        {all.map((values, i) => (
          <tr key={i}>
            <th
              scope="row"
              title={'order' in values ? ORDER_WORDS[(values as UpdateView['orders'][number]).order] : undefined}
            >
              {'order' in values ? (
                <Order {...(values as UpdateView['orders'][number])} />
              ) : orders.length > 0 ? (
                'all at once, as traced'
              ) : (
                'update'
              )}
            </th>
            {has('before') && <td>{values.before !== undefined && <Inline value={values.before} />}</td>}
            {has('gradient') && (
              <td class="adjoint">{values.gradient !== undefined && <Inline value={values.gradient} />}</td>
            )}
            <td>
              <Inline value={values.after} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Order({ order, first }: UpdateView['orders'][number]) {
  const names = first.map((tex, i) => (
    <span key={tex}>
      {i > 0 && ', '}
      <Name tex={tex} />
    </span>
  ));
  return (
    <>
      after {names}, {order === 'successive' ? 'in one backward pass' : 'evaluated anew'}
    </>
  );
}

function Readings({ trace }: { trace: TraceView }) {
  const session = useContext(SessionContext);
  const { readings } = trace;
  return (
    <details class="readings small soft">
      <summary>
        {readings.length === 1
          ? 'One place could be read in another way'
          : `${readings.length} places could be read in another way`}
      </summary>
      <ul>
        {readings.map(({ range, text }) => (
          <li key={text}>
            {session.alone ? (
              text
            ) : (
              <button
                type="button"
                class="plain"
                title="Show it in the document"
                onClick={() => session.send({ type: 'reveal', uri: trace.address.uri, range, focus: false })}
              >
                {text}
              </button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
