/** The chain rule written out: every path with its product, their running sum, and the share of each. */
import { useContext } from 'preact/hooks';
import { scaleLinear } from 'd3-scale';
import type { StepView, TraceView } from '../../../src/protocol';
import { formatCount, formatNumber, formatPercent } from '../../../src/format/number';
import { operatorSign } from '../../../src/format/operators';
import { Name, Partial } from '../../math/stepName';
import { Num } from '../../parts/Num';
import { SessionContext } from '../../state/context';
import type { Path, PathSum } from '../../state/paths';
import type { Open } from '../../state/session';
import { wholeTrace, WHOLE_LIMIT } from '../../state/wholeTrace';
import { bracketed, usePaths } from './PathChooser';

/** Paths listed of each input at first. */
const LISTED = 8;
/** Operations that are named on a path before the middle is left out. */
const NAMED = 7;
const BAR_WIDTH = 240;

type Input = TraceView['inputs'][number];

export function PathsView({ open }: { open: Open }) {
  const steps = wholeTrace(open);
  if (steps === null)
    return (
      <p class="view-message">{`Paths are listed for traces of up to ${WHOLE_LIMIT.toLocaleString('en')} steps.`}</p>
    );
  if (steps === undefined) return <p class="view-message soft">Fetching the steps…</p>;
  return <Listed open={open} steps={steps} />;
}

function Listed({ open, steps }: { open: Open; steps: readonly StepView[] }) {
  const paths = usePaths(open, steps);
  if (!paths) return null;
  const rows = open.trace.inputs.flatMap((input) => {
    const sum = paths.from.get(input.row);
    return sum ? [{ input, sum }] : [];
  });
  const ends = rows
    .flatMap(({ sum }) => runningSums(sum).flatMap(({ from, to }) => [from, to]))
    .filter(Number.isFinite);
  const scale = scaleLinear()
    .domain([Math.min(0, ...ends), Math.max(0, ...ends)])
    .nice(5)
    .range([6, BAR_WIDTH - 6]);
  const total = rows.reduce((n, { sum }) => n + sum.count, 0n);
  const edges = steps.reduce((n, step) => n + step.contributions.length, 0);
  const multiplications = rows.reduce((n, { sum }) => n + sum.multiplications, 0n);
  return (
    <div class={`scroll-view ${paths.behind ? 'behind' : ''}`}>
      <table class="paths">
        <thead>
          <tr class="small soft">
            <th scope="col">path</th>
            <th scope="col" class="products">
              product of local partials
            </th>
            <th scope="col" class="number-head">
              contribution
            </th>
            <th scope="col" class="bars">
              running sum
            </th>
            <th scope="col" class="number-head">
              share
            </th>
          </tr>
        </thead>
        {rows.map(({ input, sum }) => (
          <OneInput key={input.name} open={open} steps={steps} input={input} sum={sum} scale={scale} />
        ))}
        <tbody aria-hidden="true">
          <tr>
            <td class="before-bars" />
            <td class="products" />
            <td />
            <td class="bars">
              <svg width={BAR_WIDTH} height={24}>
                {scale.ticks(5).map((x) => (
                  <g key={x} class="tick" transform={`translate(${scale(x)} 0)`}>
                    <path d="M0 0v4" />
                    <text y={17} text-anchor="middle">
                      {scale.tickFormat(5)(x)}
                    </text>
                  </g>
                ))}
              </svg>
            </td>
            <td />
          </tr>
        </tbody>
      </table>
      <p class="say soft">
        Share is the part of the sum of magnitudes<span class="of-bars">; a hollow bar subtracts</span>. Path by path
        takes {formatCount(multiplications)} multiplication{multiplications === 1n ? '' : 's'} for {formatCount(total)}{' '}
        path
        {total === 1n ? '' : 's'} here; the reverse sweep goes through each of the {edges} edges once.
      </p>
    </div>
  );
}

interface Bar {
  readonly from: number;
  readonly to: number;
}

function runningSums(sum: PathSum): Bar[] {
  let at = 0;
  return sum.paths.slice(0, LISTED).map((path) => {
    const from = at;
    at += path.product;
    return { from, to: at };
  });
}

function OneInput({
  open,
  steps,
  input,
  sum,
  scale,
}: {
  open: Open;
  steps: readonly StepView[];
  input: Input;
  sum: PathSum;
  scale: (x: number) => number;
}) {
  const session = useContext(SessionContext);
  const chosen = session.path.value;
  const listed = sum.paths.slice(0, LISTED);
  const bars = runningSums(sum);
  const rest = sum.count - BigInt(listed.length);
  const gradient = session.gradient(input);
  return (
    <tbody>
      <tr class="path-head">
        <th scope="rowgroup" colSpan={5}>
          <Partial of={open.trace.output.tex} by={input.tex} />{' '}
          <span class="small soft">
            {sum.count === 0n ? 'not connected' : `${formatCount(sum.count)} path${sum.count === 1n ? '' : 's'}`}
          </span>
        </th>
      </tr>
      {listed.map((path, index) => {
        const on = chosen?.input === input.row && chosen.index === index;
        const share = sum.magnitude > 0 ? Math.abs(path.product) / sum.magnitude : 0;
        const choose = () => (session.path.value = on ? undefined : { input: input.row, index });
        return (
          <tr
            key={index}
            class={`path ${on ? 'chosen' : ''}`}
            tabIndex={0}
            aria-selected={on}
            onClick={choose}
            onKeyDown={(event) => {
              if (event.key === 'Enter' || event.key === ' ') {
                event.preventDefault();
                choose();
              }
            }}
          >
            <td class="way">
              <Way path={path} steps={steps} input={input} open={open} />
            </td>
            <td class="products soft">{productText(path)}</td>
            <td class="adjoint">
              <Num value={toView(path.product)} />
            </td>
            <td class="bars">
              <RunningBar {...(bars[index] as Bar)} scale={scale} />
            </td>
            <td class="share small soft">{sum.magnitude > 0 ? formatPercent(share) : ''}</td>
          </tr>
        );
      })}
      {rest > 0n && (
        <tr class="rest">
          <td class="way soft">{formatCount(rest)} more</td>
          <td class="products" />
          <td class="adjoint">
            <Num value={toView(sum.sum - (bars[bars.length - 1]?.to ?? 0))} />
          </td>
          <td class="bars" />
          <td class="share small soft">
            {sum.magnitude > 0
              ? formatPercent(1 - listed.reduce((s, p) => s + Math.abs(p.product), 0) / sum.magnitude)
              : ''}
          </td>
        </tr>
      )}
      {sum.count > 0n && (
        <tr class="sum">
          <td class="before-bars" />
          <td class="products small soft">sum</td>
          <td class="adjoint total">
            <Num value={gradient} />
          </td>
          <td class="bars">
            <svg width={BAR_WIDTH} height={28} aria-hidden="true">
              <path class="total-line" d={`M${scale(0)} 14H${scale(sum.sum)}`} />
              <circle class="total-dot" cx={scale(sum.sum)} cy={14} r={3.5} />
            </svg>
          </td>
          <td />
        </tr>
      )}
    </tbody>
  );
}

function toView(x: number) {
  return Number.isFinite(x) ? x : (String(x) as 'NaN');
}

function productText(path: Path): string {
  const factors = path.edges.map((edge) => bracketed(edge.partial));
  if (factors.length === 0) return '1';
  return factors.length > NAMED
    ? `${factors.slice(0, 3).join(' × ')} × … × ${factors.slice(-2).join(' × ')}`
    : factors.join(' × ');
}

function Way({ path, steps, input, open }: { path: Path; steps: readonly StepView[]; input: Input; open: Open }) {
  const signs = path.edges.map((edge) => operatorSign((steps[edge.user] as StepView).op));
  const shown = signs.length > NAMED ? [...signs.slice(0, 3), '…', ...signs.slice(-2)] : signs;
  return (
    <span>
      <Name tex={input.tex} />
      {shown.map((sign, i) => (
        <span key={i}>
          <wbr />
          <span class="to">→</span>
          <span class="sign">{sign}</span>
        </span>
      ))}
      <wbr />
      <span class="to">→</span>
      <Name tex={open.trace.output.tex} />
    </span>
  );
}

function RunningBar({ from, to, scale }: Bar & { scale: (x: number) => number }) {
  if (!Number.isFinite(from) || !Number.isFinite(to)) return null;
  const left = Math.min(scale(from), scale(to));
  const right = Math.max(scale(from), scale(to));
  const subtracts = Math.abs(to) < Math.abs(from);
  return (
    <svg width={BAR_WIDTH} height={28} role="img" aria-label={`from ${formatNumber(from)} to ${formatNumber(to)}`}>
      <path class="zero" d={`M${scale(0)} 0V28`} />
      <rect class={subtracts ? 'hollow' : 'full'} x={left} y={9.5} width={Math.max(1, right - left)} height={10} />
      <path class="carry" d={`M${scale(to)} 20V28`} />
    </svg>
  );
}
