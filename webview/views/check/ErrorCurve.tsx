/** Relative error of forward and centre differences against the step h, both axes logarithmic. */
import { useContext, useMemo, useState } from 'preact/hooks';
import type { TraceView } from '../../../src/protocol';
import { formatNumber } from '../../../src/format/number';
import { Partial } from '../../math/stepName';
import { Tex } from '../../math/Tex';
import { SessionContext } from '../../state/context';
import type { Open } from '../../state/session';
import type { Replay } from '../../state/replay';
import { useSettled } from '../../state/useSettled';

interface Props {
  readonly open: Open;
  readonly replay: Replay;
  readonly width: number;
  /** Closed until asked for: something more important stands above. */
  readonly folded: boolean;
  /** Name of the input whose curve is shown first. */
  readonly first: string | undefined;
}

interface Sample {
  readonly h: number;
  readonly forward: number;
  readonly centre: number;
}

/** Powers of ten of h, and samples a decade. */
const FROM = -16;
const TO = 0;
const A_DECADE = 6;
/** Errors below this are drawn on the lower edge: zero has no logarithm. */
const LEAST = -16;

export function ErrorCurve({ open, replay, width, folded, first }: Props) {
  const [isOpen, setOpen] = useState(!folded);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const inputs = replay.inputs;
  const input = inputs.find((i) => i.name === (chosen ?? first)) ?? inputs[0];
  if (!input) return null;
  return (
    <section class="error-curve">
      <h2>
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          <b>How far can a difference quotient be trusted?</b>
        </button>
      </h2>
      {isOpen && (
        <>
          <p class="small soft">
            relative error of{' '}
            <span class="choice">
              <Partial of={open.trace.output.tex} by={input.tex} />
              {inputs.length > 1 && (
                <>
                  <span aria-hidden="true"> ▾</span>
                  <select
                    aria-label="Gradient by"
                    value={input.name}
                    onChange={(event) => setChosen(event.currentTarget.value)}
                  >
                    {inputs.map((i) => (
                      <option key={i.name} value={i.name}>
                        {i.name}
                      </option>
                    ))}
                  </select>
                </>
              )}
            </span>{' '}
            against the step h; the reverse sweep is taken as exact
          </p>
          <Curve
            replay={replay}
            input={input}
            width={width >= 760 ? Math.min(width - 260, 600) : Math.min(width, 720)}
          />
        </>
      )}
    </section>
  );
}

function Curve({ replay, input, width }: { replay: Replay; input: TraceView['inputs'][number]; width: number }) {
  const session = useContext(SessionContext);
  const [point, behind] = useSettled(session.point.value, replay.rows.length <= 300);
  const samples = useMemo(() => measure(replay, point, input.row), [replay, point, input.row]);
  if (samples.length === 0)
    return <p class="soft">The gradient is 0 or not finite here: there is no relative error.</p>;
  const height = 260;
  const left = 44;
  const top = 8;
  const plotWidth = width - left - 90;
  const bottom = height - 28;
  const toX = (h: number) => left + ((Math.log10(h) - FROM) / (TO - FROM)) * plotWidth;
  const logs = samples.flatMap((s) => [log(s.forward), log(s.centre)]).filter(Number.isFinite);
  const high = Math.ceil(Math.max(...logs, 0) + 0.2);
  const toY = (error: number) => top + ((high - Math.max(log(error), LEAST)) / (high - LEAST)) * (bottom - top);
  const path = (of: (s: Sample) => number) => {
    let d = '';
    let pen = false;
    for (const s of samples) {
      if (!Number.isFinite(of(s))) {
        pen = false;
        continue;
      }
      d += `${pen ? 'L' : 'M'}${toX(s.h).toFixed(1)} ${toY(of(s)).toFixed(1)}`;
      pen = true;
    }
    return d;
  };
  const best = (of: (s: Sample) => number) =>
    samples.reduce((a, b) => (of(b) < of(a) || !Number.isFinite(of(a)) ? b : a));
  const bestForward = best((s) => s.forward);
  const bestCentre = best((s) => s.centre);
  const decades = [0, -4, -8, -12, -16];
  return (
    <div class={`error-plot ${behind ? 'behind' : ''}`}>
      <svg
        class="plot"
        width={width}
        height={height}
        role="img"
        aria-label={`Best forward step ${formatNumber(bestForward.h, { digits: 2 })} with error ${formatNumber(bestForward.forward, { digits: 2 })}; best centre step ${formatNumber(bestCentre.h, { digits: 2 })} with error ${formatNumber(bestCentre.centre, { digits: 2 })}`}
      >
        {decades.map((power) => (
          <g key={power} class="tick">
            {power <= high && (
              <>
                <path class="rule" d={`M${left} ${toY(10 ** power)}H${left + plotWidth}`} />
                <text x={left - 6} y={toY(10 ** power) + 4} text-anchor="end">
                  {powerOfTen(power)}
                </text>
              </>
            )}
            <path d={`M${toX(10 ** power)} ${bottom + 1}v4`} />
            <text x={toX(10 ** power)} y={bottom + 18} text-anchor="middle">
              {powerOfTen(power)}
            </text>
          </g>
        ))}
        <path class="axis-line" d={`M${left} ${bottom + 1}H${left + plotWidth}`} />
        <path class="curve forward" d={path((s) => s.forward)} />
        <path class="curve" d={path((s) => s.centre)} />
        <circle class="open-point" cx={toX(bestForward.h)} cy={toY(bestForward.forward)} r={4} />
        <circle class="point" cx={toX(bestCentre.h)} cy={toY(bestCentre.centre)} r={4} />
        <Slope samples={samples} of={(s) => s.forward} at={-3.5} law={1} shift={-9} text="∝ h" toX={toX} toY={toY} />
        <Slope samples={samples} of={(s) => s.centre} at={-1.6} law={2} shift={14} text="∝ h²" toX={toX} toY={toY} />
        <Slope
          samples={samples}
          of={(s) => s.centre}
          at={-12}
          law={-1}
          shift={-16}
          text="∝ ε/h, rounding"
          toX={toX}
          toY={toY}
        />
        <EndLabel samples={samples} of={(s) => s.forward} toX={toX} toY={toY} text="forward" shift={-4} />
        <EndLabel samples={samples} of={(s) => s.centre} toX={toX} toY={toY} text="centre" shift={10} />
        <text class="svg-name" x={left + plotWidth} y={height - 2} text-anchor="end">
          <tspan class="letter">h</tspan>
        </text>
      </svg>
      <ul class="quotients">
        <li>
          <Tex tex={'\\dfrac{f(x+h)-f(x-h)}{2h}'} />
          <span class="small soft">
            centre (solid), best at h = {formatNumber(bestCentre.h, { digits: 2 })}: error{' '}
            {formatNumber(bestCentre.centre, { digits: 2 })}
          </span>
        </li>
        <li>
          <Tex tex={'\\dfrac{f(x+h)-f(x)}{h}'} />
          <span class="small soft">
            forward (dashed), best at h = {formatNumber(bestForward.h, { digits: 2 })}: error{' '}
            {formatNumber(bestForward.forward, { digits: 2 })}
          </span>
        </li>
      </ul>
    </div>
  );
}

/** Names the law that a stretch of a curve follows. */
function Slope({
  samples,
  of,
  at,
  law,
  shift,
  text,
  toX,
  toY,
}: {
  samples: readonly Sample[];
  of: (s: Sample) => number;
  /** Power of ten of h. */
  at: number;
  /** Power of h that the error is proportional to there: named only where it is. */
  law: number;
  shift: number;
  text: string;
  toX: (h: number) => number;
  toY: (e: number) => number;
}) {
  const sample = samples.find((s) => Math.log10(s.h) >= at);
  if (!sample || !(of(sample) > 0) || Math.abs(slopeAt(samples, of, at) - law) > 0.4) return null;
  return (
    <text class="law" x={toX(sample.h) + (shift > 0 ? 8 : 4)} y={toY(of(sample)) + shift}>
      {text}
    </text>
  );
}

/** Slope of log error against log h, over a decade to each side. */
function slopeAt(samples: readonly Sample[], of: (s: Sample) => number, at: number): number {
  const near = samples.filter((s) => Math.abs(Math.log10(s.h) - at) <= 1 && of(s) > 0);
  const n = near.length;
  const x = near.map((s) => Math.log10(s.h));
  const y = near.map((s) => Math.log10(of(s)));
  const mean = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / n;
  const [mx, my] = [mean(x), mean(y)];
  const cov = x.reduce((sum, xi, i) => sum + (xi - mx) * ((y[i] as number) - my), 0);
  return cov / x.reduce((sum, xi) => sum + (xi - mx) ** 2, 0);
}

function EndLabel({
  samples,
  of,
  toX,
  toY,
  text,
  shift,
}: {
  shift: number;
  samples: readonly Sample[];
  of: (s: Sample) => number;
  toX: (h: number) => number;
  toY: (e: number) => number;
  text: string;
}) {
  const last = [...samples].reverse().find((s) => Number.isFinite(of(s)));
  if (!last) return null;
  return (
    <text x={toX(last.h) + 6} y={toY(of(last)) + shift}>
      {text}
    </text>
  );
}

/** The error at each step. Empty where the gradient is 0 or not finite. */
export function measure(replay: Replay, point: ReadonlyMap<number, number>, row: number): Sample[] {
  const here = replay.probe(point, [row]);
  const exact = here?.gradient[0];
  const x = point.get(row);
  if (!here || exact === undefined || x === undefined || exact === 0 || !Number.isFinite(exact)) return [];
  const at = (to: number) => replay.probe(new Map([...point, [row, to]]), [])?.y ?? NaN;
  const samples: Sample[] = [];
  for (let i = 0; i <= (TO - FROM) * A_DECADE; i++) {
    const h = 10 ** (FROM + i / A_DECADE);
    const up = at(x + h);
    const down = at(x - h);
    samples.push({
      h,
      forward: Math.abs((up - here.y) / h - exact) / Math.abs(exact),
      centre: Math.abs((up - down) / (2 * h) - exact) / Math.abs(exact),
    });
  }
  return samples;
}

function log(error: number): number {
  return error === 0 ? LEAST : Math.log10(error);
}

const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  '-': '⁻',
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
};

function powerOfTen(power: number): string {
  return power === 0 ? '1' : `10${[...String(power)].map((c) => SUPERSCRIPTS[c] ?? c).join('')}`;
}
