/** What each way of differentiating takes here, and why. Everything is counted on this trace. */
import type { StepView } from '../../../src/protocol';
import { formatCount } from '../../../src/format/number';
import { type Copies, tableCopies } from '../../state/copies';
import type { Open, Session } from '../../state/session';
import { isTensor } from '../../state/values';
import { edgesOf, sumOverPaths } from '../../state/paths';
import { wholeTrace } from '../../state/wholeTrace';

interface Way {
  readonly name: string;
  readonly runs: string;
  /** Multiplications and additions of the derivative itself, or evaluated steps. */
  readonly work: bigint;
  readonly unit: 'products' | 'steps';
  /** Numbers that must be kept until the end. */
  readonly kept: number;
  readonly accuracy: string;
  readonly why: string;
}

const BYTES = 8;

export function CostView({ open }: { open: Open }) {
  const steps = wholeTrace(open);
  if (!steps)
    return (
      <p class="view-message soft">
        {steps === null ? 'Costs are counted for traces of up to 5,000 steps.' : 'Fetching the steps…'}
      </p>
    );
  return <Counted open={open} steps={steps} />;
}

interface Count {
  readonly ways: readonly Way[];
  readonly steps: number;
  readonly evaluated: number;
  readonly inputs: number;
  readonly scalar: boolean;
}

/** What every way takes on this trace. */
function counted(open: Open, steps: readonly StepView[]): Count {
  const { trace } = open;
  const inputs = trace.inputs.reduce((n, input) => n + (isTensor(input.value) ? elements(input.value.shape) : 1), 0);
  const computed = steps.filter((step) => step.operands.length > 0);
  const evaluated = computed.reduce((n, step) => n + sizeOf(step), 0);
  const edges = computed.reduce(
    (n, step) => n + step.operands.filter((operand) => operand.name !== undefined).length * sizeOf(step),
    0,
  );
  const kept = steps.reduce((n, step) => n + sizeOf(step), 0);
  const scalar = open.replay !== undefined;
  const ways: Way[] = [
    {
      name: 'Reverse mode',
      runs: '1 sweep',
      work: BigInt(edges),
      unit: 'products',
      kept,
      accuracy: 'rounding only',
      why: `one sweep gives the gradient by all ${count(inputs)} input${inputs === 1 ? '' : 's'}, whatever their number; every value is kept for it`,
    },
    {
      name: 'Forward mode',
      runs: `${count(inputs)} sweep${inputs === 1 ? '' : 's'}`,
      work: BigInt(edges) * BigInt(inputs),
      unit: 'products',
      kept: 0,
      accuracy: 'rounding only',
      why: 'one sweep for each input, beside the values: nothing is kept',
    },
    {
      name: 'Centre differences',
      runs: `${count(2 * inputs)} evaluations`,
      work: BigInt(evaluated) * BigInt(2 * inputs),
      unit: 'steps',
      kept: 0,
      accuracy: 'about 10 digits at best',
      why: 'two evaluations for each input, and half of the digits are lost in the difference',
    },
  ];
  if (scalar) {
    const list = edgesOf(steps, () => 1);
    const output = steps.findIndex((step) => step.row === trace.output.row);
    let products = 0n;
    let paths = 0n;
    for (const input of trace.inputs) {
      const position = steps.findIndex((step) => step.row === input.row);
      if (position < 0 || output < 0) continue;
      const sum = sumOverPaths(list, position, output, 1);
      products += sum.multiplications;
      paths += sum.count;
    }
    ways.push({
      name: 'Symbols, written out',
      runs: `${formatCount(paths)} path${paths === 1n ? '' : 's'}`,
      work: products,
      unit: 'products',
      kept: 0,
      accuracy: 'rounding only',
      why: 'without sharing, every path from an input to the output is a product of its own',
    });
  }
  return { ways, steps: computed.length, evaluated, inputs, scalar };
}

/** The costs as a table. */
export function costCopies(_session: Session, open: Open, steps: readonly StepView[]): Copies {
  return tableCopies(() => ({
    title: `Cost of the derivatives of ${open.trace.output.name}`,
    columns: [
      { head: 'way' },
      { head: 'it takes' },
      { head: 'work', right: true },
      { head: 'kept' },
      { head: 'error' },
      { head: 'why' },
    ],
    rows: counted(open, steps).ways.map((way) => [
      { text: way.name },
      { text: way.runs },
      { text: `${formatCount(way.work)} ${way.unit}` },
      { text: way.kept === 0 ? 'nothing' : bytes(way.kept * BYTES) },
      { text: way.accuracy },
      { text: way.why },
    ]),
  }));
}

function Counted({ open, steps }: { open: Open; steps: readonly StepView[] }) {
  const { ways, steps: computed, evaluated, inputs, scalar } = counted(open, steps);
  const most = ways.reduce((a, way) => (way.work > a ? way.work : a), 1n);
  return (
    <div class="scroll-view">
      <p class="say lead">
        This trace evaluates {count(computed)} step{computed === 1 ? '' : 's'}
        {scalar ? '' : ` (${count(evaluated)} elements)`} from {count(inputs)} input
        {inputs === 1 ? '' : 's'} to one output.
      </p>
      <table class="cost">
        <thead>
          <tr class="small soft">
            <th scope="col">way</th>
            <th scope="col">it takes</th>
            <th scope="col" class="right">
              work
            </th>
            <th scope="col" class="bars">
              logarithmic
            </th>
            <th scope="col" class="right">
              kept
            </th>
            <th scope="col">error</th>
          </tr>
        </thead>
        <tbody>
          {ways.map((way) => (
            <tr key={way.name}>
              <th scope="row">
                {way.name}
                <span class="small soft why">{way.why}</span>
              </th>
              <td>{way.runs}</td>
              <td class="right" title={way.work.toString()}>
                {formatCount(way.work)} <span class="small soft">{way.unit}</span>
              </td>
              <td class="bars">
                <svg width={120} height={20} aria-hidden="true">
                  <path class="base" d="M0 2V18" />
                  <rect
                    class={way.name === 'Reverse mode' ? 'first' : ''}
                    x={0}
                    y={6}
                    height={8}
                    width={Math.max(1, 118 * (logarithm(way.work) / Math.max(logarithm(most), 1e-9)))}
                  />
                </svg>
              </td>
              <td class="right">{way.kept === 0 ? <span class="soft">nothing</span> : bytes(way.kept * BYTES)}</td>
              <td class="soft">{way.accuracy}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function elements(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}

function sizeOf(step: StepView): number {
  return isTensor(step.value) ? elements(step.value.shape) : 1;
}

function count(n: number): string {
  return formatCount(BigInt(n));
}

function logarithm(n: bigint): number {
  const digits = n.toString();
  return digits.length > 15
    ? digits.length - 1 + Math.log10(Number(`${digits[0]}.${digits.slice(1, 10)}`))
    : Math.log10(Number(n) + 1);
}

function bytes(n: number): string {
  if (n < 1024) return `${n}\u2009B`;
  if (n < 1024 ** 2) return `${(n / 1024).toPrecision(3)}\u2009KiB`;
  return `${(n / 1024 ** 2).toPrecision(3)}\u2009MiB`;
}
