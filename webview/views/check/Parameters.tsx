/** The evidence of a check: one row a parameter, with the columns that there is something in. */
import type { ComponentChildren } from 'preact';
import { type CheckView as Check, fromJsonNumber, type JsonNumber, type ParameterCheck } from '../../../src/protocol';
import { formatNumber } from '../../../src/format/number';
import { NOT_CONNECTED } from '../../../src/format/words';
import { Num } from '../../parts/Num';
import { Quoted } from '../NoTrace';
import { Verdict } from './CheckView';

/** Parameters listed at first; what fails is listed always. */
const LISTED = 12;

interface Column {
  readonly head: string;
  readonly title?: string;
  readonly class: string;
  readonly has: (p: ParameterCheck) => boolean;
  readonly cell: (p: ParameterCheck) => ComponentChildren;
}

const number = (x: JsonNumber | null | undefined) =>
  x === null ? (
    <span title={NOT_CONNECTED.word}>{NOT_CONNECTED.mark}</span>
  ) : x === undefined ? null : (
    <Num value={x} />
  );

function columnsOf(kind: Check['kind']): readonly Column[] {
  const byHand = kind !== 'gradient';
  return [
    {
      head: 'parameter',
      class: '',
      has: () => true,
      cell: (p) => (
        <>
          <code>{p.name}</code>
          {p.claim !== undefined && p.claim !== p.name && (
            <span class="small soft">
              {' '}
              as <code>{p.claim}</code>
            </span>
          )}
        </>
      ),
    },
    {
      head: 'adjoint',
      title: 'by the reverse sweep',
      class: 'right adjoint',
      has: (p) => p.adjoint !== undefined,
      cell: (p) => number(p.adjoint),
    },
    {
      head: 'tangent',
      title: 'by a forward sweep',
      class: 'right tangent',
      has: (p) => p.tangent !== undefined,
      cell: (p) => number(p.tangent),
    },
    {
      head: 'centre difference',
      title: '(f(x + h) − f(x − h)) / 2h',
      class: 'right',
      has: (p) => p.centreDifference !== undefined,
      cell: (p) => number(p.centreDifference),
    },
    {
      head: 'forward difference',
      title: '(f(x + h) − f(x)) / h',
      class: 'right wide',
      has: (p) => p.forwardDifference !== undefined,
      cell: (p) => number(p.forwardDifference),
    },
    {
      head: 'worst element',
      class: 'wide',
      has: (p) => (p.worst?.index.length ?? 0) > 0,
      cell: (p) => <code>{p.worst && p.worst.index.length > 0 ? `[${p.worst.index.join(', ')}]` : ''}</code>,
    },
    {
      head: byHand ? 'yours' : 'adjoint there',
      class: 'right yours',
      has: (p) => p.worst !== undefined,
      cell: (p) => number(p.worst?.claimed),
    },
    {
      head: byHand ? 'expected' : 'difference there',
      class: 'right',
      has: (p) => p.worst !== undefined,
      cell: (p) => number(p.worst?.expected),
    },
    {
      head: 'ratio',
      title: 'yours / expected',
      class: 'right wide',
      has: (p) => p.verdict === 'fail' && ratioOf(p) !== undefined,
      cell: (p) => (p.verdict === 'fail' ? number(ratioOf(p)) : null),
    },
    {
      head: 'relative error',
      title: '‖a − b‖ / (‖a‖ + ‖b‖)',
      class: 'right yours error',
      has: (p) => p.relativeError !== undefined,
      cell: (p) =>
        p.relativeError === undefined ? null : formatNumber(fromJsonNumber(p.relativeError), { digits: 2 }),
    },
  ];
}

function ratioOf({ worst }: ParameterCheck): number | undefined {
  if (!worst) return undefined;
  const ratio = fromJsonNumber(worst.claimed) / fromJsonNumber(worst.expected);
  return Number.isFinite(ratio) ? ratio : undefined;
}

export function Parameters({
  parameters,
  kind,
  all,
  onAll,
}: {
  parameters: readonly ParameterCheck[];
  kind: Check['kind'];
  all: boolean;
  onAll: () => void;
}) {
  if (parameters.length === 0) return null;
  const shown = all ? parameters : parameters.filter((p, i) => i < LISTED || p.verdict !== 'pass');
  const columns = columnsOf(kind).filter((column) => parameters.some(column.has));
  return (
    <div class="parameters-frame" tabIndex={0} role="group" aria-label="What was compared">
      <table class="parameters">
        <thead>
          <tr class="small soft">
            <th scope="col">
              <span class="hidden">verdict</span>
            </th>
            {columns.map((column) => (
              <th
                key={column.head}
                scope="col"
                class={column.class.replace(/adjoint|tangent|yours/, '')}
                title={column.title}
              >
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((p) => (
            <Row key={`${p.name} ${p.claim ?? ''}`} p={p} columns={columns} />
          ))}
        </tbody>
      </table>
      {shown.length < parameters.length && (
        <button type="button" class="link small" onClick={onAll}>
          {parameters.length - shown.length} more, all passing
        </button>
      )}
    </div>
  );
}

function Row({ p, columns }: { p: ParameterCheck; columns: readonly Column[] }) {
  const failing = p.verdict === 'fail' || p.verdict === 'error';
  const why = p.cause ?? (p.verdict === 'pass' ? undefined : p.message);
  return (
    <>
      <tr class={why === undefined ? '' : 'explained'}>
        <td>
          <Verdict verdict={p.verdict} />
        </td>
        {columns.map((column) => (
          <td key={column.head} class={`${column.class} ${failing && column.class.includes('yours') ? 'fail' : ''}`}>
            {column.cell(p)}
          </td>
        ))}
      </tr>
      {why !== undefined && (
        <tr class="why">
          <td />
          <td colSpan={columns.length}>
            <Quoted text={why} />
          </td>
        </tr>
      )}
    </>
  );
}
