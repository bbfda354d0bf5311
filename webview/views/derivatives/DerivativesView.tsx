/** The derivative as a function: in symbols, along each input, and over two inputs at once. */
import { useContext, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { TraceView } from '../../../src/protocol';
import { fromJsonNumber } from '../../../src/protocol';
import { formatNumber } from '../../../src/format/number';
import { ContourPlot } from '../../charts/ContourPlot';
import { type Interval, useDomain } from '../../charts/domain';
import { LinePlot } from '../../charts/LinePlot';
import { sampleAlong } from '../../charts/sampling';
import { Name, Partial } from '../../math/stepName';
import { Tex } from '../../math/Tex';
import { ArrayFigure } from '../../parts/ArrayFigure';
import { Inline } from '../../parts/Num';
import { SessionContext } from '../../state/context';
import type { Open, Session } from '../../state/session';
import type { Replay } from '../../state/replay';
import { useSettled } from '../../state/useSettled';
import { asNumber, isTensor } from '../../state/values';
import { Matrices } from './Matrices';

type Input = TraceView['inputs'][number];

/** Inputs with a plot of their own at first, and gradients listed. */
const PLOTTED = 2;
const LISTED = 12;

export function DerivativesView({ open }: { open: Open }) {
  const { replay, trace } = open;
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const measure = () => setWidth(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const inputs = replay?.inputs ?? [];
  return (
    <div class="scroll-view">
      <div class="derivatives" ref={frame}>
        <Forms trace={trace} />
        {replay && inputs.length > 0 && width > 0 && (
          <Plots open={open} replay={replay} inputs={inputs} width={width} />
        )}
        {!replay && <Arrays trace={trace} />}
        {!replay && width > 0 && <Matrices open={open} width={width} />}
      </div>
    </div>
  );
}

function Forms({ trace }: { trace: TraceView }) {
  const session = useContext(SessionContext);
  const hessian = trace.hessian;
  return (
    <div class="forms">
      <ul class="gradient-forms">
        {trace.inputs
          .filter((input) => !isTensor(input.gradient))
          .slice(0, LISTED)
          .map((input) => (
            <li key={input.name} class="adjoint">
              {input.gradientTex !== undefined ? (
                <Tex
                  tex={`\\dfrac{\\partial ${trace.output.tex}}{\\partial ${input.tex}} = \\displaystyle ${input.gradientTex}`}
                />
              ) : (
                <Partial of={trace.output.tex} by={input.tex} />
              )}
              <span class="equals">=</span>
              <Inline value={session.gradient(input)} class="result" />
            </li>
          ))}
        {trace.inputs.length > LISTED && !trace.inputs.some((input) => isTensor(input.gradient)) && (
          <li class="soft">and {trace.inputs.length - LISTED} more</li>
        )}
      </ul>
      {hessian && !session.isMoved.value && <Hessian trace={trace} hessian={hessian} />}
    </div>
  );
}

/** Gradients by arrays, in full. */
function Arrays({ trace }: { trace: TraceView }) {
  const arrays = trace.inputs.filter((input) => isTensor(input.gradient));
  return (
    <div class="arrays gradients">
      {arrays
        .slice(0, LISTED)
        .map((input) =>
          isTensor(input.gradient) ? (
            <ArrayFigure
              key={input.name}
              title={`gradient by ${input.name}`}
              heading={<Partial of={trace.output.tex} by={input.tex} />}
              tensor={input.gradient}
              role="adjoint"
              row={input.row}
            />
          ) : null,
        )}
      {arrays.length > LISTED && <p class="soft">and {arrays.length - LISTED} more in the trace</p>}
    </div>
  );
}

function Hessian({ trace, hessian }: { trace: TraceView; hessian: NonNullable<TraceView['hessian']> }) {
  const values = hessian.map((row) => row.map(fromJsonNumber));
  const most = Math.max(...values.flat().map(Math.abs).filter(Number.isFinite), 0);
  return (
    <table class="grid hessian" aria-label="Hessian: second derivatives">
      <thead>
        <tr class="small soft">
          <th scope="col">Hessian</th>
          {trace.inputs.map((input) => (
            <th key={input.name} scope="col">
              <Name tex={input.tex} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {values.map((row, r) => (
          <tr key={r}>
            <th scope="row">{trace.inputs[r] && <Name tex={trace.inputs[r].tex} />}</th>
            {row.map((x, c) => (
              <td
                key={c}
                class={x < 0 ? 'negative' : 'positive'}
                title={formatNumber(x, { digits: 'full', plain: true })}
                style={{
                  '--strength': `${most > 0 && Number.isFinite(x) ? Math.round(Math.sqrt(Math.abs(x) / most) * 33) : 0}%`,
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

function Plots({
  open,
  replay,
  inputs,
  width,
}: {
  open: Open;
  replay: Replay;
  inputs: readonly Input[];
  width: number;
}) {
  const [along, setAlong] = useState<readonly string[]>([]);
  const [pair, setPair] = useState<readonly [string, string] | undefined>(undefined);
  const byName = (name: string | undefined) => inputs.find((input) => input.name === name);
  const plotted = Array.from(
    { length: Math.min(PLOTTED, inputs.length) },
    (_, i) => byName(along[i]) ?? (inputs[i] as Input),
  );
  const two =
    inputs.length > 1
      ? ([byName(pair?.[0]) ?? (inputs[0] as Input), byName(pair?.[1]) ?? (inputs[1] as Input)] as const)
      : undefined;
  // Three beside each other, the wide one last; or stacked.
  const columns = width >= 820 ? 3 : width >= 520 ? 2 : 1;
  const gap = 28;
  const small = columns === 3 ? Math.min(360, (width - 2 * gap) * 0.29) : columns === 2 ? (width - gap) / 2 : width;
  const large = columns === 3 ? width - 2 * gap - 2 * small : columns === 2 ? width : width;
  return (
    <div class="plots">
      {plotted.map((input, i) => (
        <Along
          key={i}
          open={open}
          replay={replay}
          input={input}
          inputs={inputs}
          width={plotted.length === 1 && columns > 1 ? Math.min(width, 560) : small}
          onChoose={(name) => setAlong(plotted.map((p, k) => (k === i ? name : p.name)))}
        />
      ))}
      {two && two[0] !== two[1] && (
        <Over
          open={open}
          replay={replay}
          across={two[0]}
          up={two[1]}
          inputs={inputs}
          width={Math.min(large, 720)}
          onChoose={(a, b) => setPair([a, b])}
        />
      )}
    </div>
  );
}

function InputChoice({
  inputs,
  value,
  label,
  onChoose,
}: {
  inputs: readonly Input[];
  value: string;
  label: string;
  onChoose: (name: string) => void;
}) {
  const input = inputs.find((i) => i.name === value);
  if (inputs.length <= 1) return input ? <Name tex={input.tex} /> : null;
  return (
    <span class="choice">
      {input && <Name tex={input.tex} />}
      <span aria-hidden="true"> ▾</span>
      <select aria-label={label} value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        {inputs.map((i) => (
          <option key={i.name} value={i.name}>
            {i.name}
          </option>
        ))}
      </select>
    </span>
  );
}

function drag(session: Session, changes: readonly (readonly [number, number])[], dragging: number): void {
  session.dragging.value = dragging;
  session.move(new Map(changes.map(([row, x]) => [row, Number(x.toPrecision(3))])));
}

function drop(session: Session): void {
  session.dragging.value = undefined;
  session.settle();
}

function Along({
  open,
  replay,
  input,
  inputs,
  width,
  onChoose,
}: {
  open: Open;
  replay: Replay;
  input: Input;
  inputs: readonly Input[];
  width: number;
  onChoose: (name: string) => void;
}) {
  const session = useContext(SessionContext);
  const { output } = open.trace;
  const point = session.point.value;
  const x = point.get(input.row) ?? NaN;
  const domain = useDomain(x, session.dragging.value === input.row);
  const [others, behind] = useSettled(
    [...point].filter(([row]) => row !== input.row).join(' '),
    replay.rows.length <= 800,
  );
  const samples = useMemo(() => {
    const count = Math.max(31, Math.min(181, Math.floor(400_000 / replay.rows.length)));
    return sampleAlong(replay, point, input.row, domain[0], domain[1], count, true);
  }, [replay, others, input.row, domain[0], domain[1]]);
  const y = asNumber(session.output.value) ?? NaN;
  const slope = asNumber(session.gradient(input));
  const move = (to: number) => drag(session, [[input.row, to]], input.row);
  const shared = { samples, domain, width, onMove: move, onDone: () => drop(session) };
  const fixed = inputs.filter((other) => other.row !== input.row).slice(0, 3);
  return (
    <figure class={`along-plot ${behind ? 'behind' : ''}`}>
      <figcaption class="small soft">
        along <InputChoice inputs={inputs} value={input.name} label="Input of this plot" onChoose={onChoose} />
        {fixed.length > 0 && (
          <>
            {' '}
            with{' '}
            {fixed.map((other, i) => (
              <span key={other.name}>
                {i > 0 && ', '}
                <Name tex={other.tex} /> = {formatNumber(point.get(other.row) ?? NaN)}
              </span>
            ))}
            {inputs.length > 4 && ' …'}
          </>
        )}
      </figcaption>
      <p class="plot-title">
        <Name tex={output.tex} />
      </p>
      <LinePlot
        {...shared}
        of={(s) => s.y}
        at={{ x, y, slope }}
        role="primal"
        height={170}
        label={`${output.name} along ${input.name}`}
        axis={false}
      />
      <p class="plot-title adjoint">
        <Partial of={output.tex} by={input.tex} />
      </p>
      <LinePlot
        {...shared}
        of={(s) => s.slope}
        at={{ x, y: slope ?? NaN }}
        role="adjoint"
        height={140}
        label={`gradient by ${input.name}`}
        axis
      />
    </figure>
  );
}

function Over({
  open,
  replay,
  across,
  up,
  inputs,
  width,
  onChoose,
}: {
  open: Open;
  replay: Replay;
  across: Input;
  up: Input;
  inputs: readonly Input[];
  width: number;
  onChoose: (across: string, up: string) => void;
}) {
  const session = useContext(SessionContext);
  const point = session.point.value;
  const moving = session.dragging.value !== undefined;
  const x1 = point.get(across.row) ?? NaN;
  const x2 = point.get(up.row) ?? NaN;
  const [d1, d2] = [useDomain(x1, moving), useDomain(x2, moving)];
  const axis = (input: Input, x: number, [low, high]: Interval) => ({
    row: input.row,
    tex: input.tex,
    name: input.name,
    x,
    reach: (high - low) / 2,
    centre: (low + high) / 2,
  });
  return (
    <figure class="over-plot">
      <figcaption class="small soft">
        level lines of <Name tex={open.trace.output.tex} /> over{' '}
        <InputChoice
          inputs={inputs}
          value={across.name}
          label="Input across"
          onChoose={(name) => onChoose(name, name === up.name ? across.name : up.name)}
        />{' '}
        and{' '}
        <InputChoice
          inputs={inputs}
          value={up.name}
          label="Input upwards"
          onChoose={(name) => onChoose(name === across.name ? up.name : across.name, name)}
        />
        , <span class="adjoint">gradient</span> square to them
      </figcaption>
      <ContourPlot
        replay={replay}
        point={point}
        across={axis(across, x1, d1)}
        up={axis(up, x2, d2)}
        y={asNumber(session.output.value) ?? NaN}
        gradient={[asNumber(session.gradient(across)) ?? NaN, asNumber(session.gradient(up)) ?? NaN]}
        width={width}
        height={Math.min(350, Math.max(240, width * 0.8))}
        outputName={open.trace.output.name}
        onMove={(a, b) =>
          drag(
            session,
            [
              [across.row, a],
              [up.row, b],
            ],
            across.row,
          )
        }
        onDone={() => drop(session)}
      />
    </figure>
  );
}
