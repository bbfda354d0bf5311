// Times alternatives against each other. Only ratios within one run mean anything: machines differ.

export interface Measured {
  readonly name: string;
  /** Median time of one call, in milliseconds. */
  readonly median: number;
  /** Median over that of the first alternative. */
  readonly ratio: number;
}

export interface BenchOptions {
  /** Samples of each alternative; the alternatives take turns, so that a slow moment hits all. */
  readonly samples?: number;
  /** Least time of one sample, in milliseconds; a fast function is called several times in it. */
  readonly atLeast?: number;
}

/** Measures alternatives of the same work and prints a table; the first is the yardstick. */
export function bench(
  title: string,
  alternatives: Readonly<Record<string, () => unknown>>,
  { samples = 15, atLeast = 20 }: BenchOptions = {},
): Measured[] {
  const entries = Object.entries(alternatives).map(([name, work]) => ({
    name,
    work,
    calls: callsFor(work, atLeast),
    times: [] as number[],
  }));
  for (let sample = 0; sample < samples; sample++)
    for (const entry of entries) entry.times.push(timeOf(entry.work, entry.calls) / entry.calls);

  const yardstick = median(entries[0]?.times ?? []);
  const measured = entries.map(({ name, times }) => ({
    name,
    median: median(times),
    ratio: median(times) / yardstick,
  }));
  print(title, measured);
  return measured;
}

/** The middle value, or the mean of the two middle values. */
export function median(values: readonly number[]): number {
  if (values.length === 0) return NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle]!;
  return sorted.length % 2 === 1 ? upper : (sorted[middle - 1]! + upper) / 2;
}

/** How many calls fill a sample; finding that out also warms the function up. */
function callsFor(work: () => unknown, atLeast: number): number {
  for (let calls = 1; ; calls *= 2) if (timeOf(work, calls) >= atLeast) return calls;
}

function timeOf(work: () => unknown, calls: number): number {
  const start = performance.now();
  for (let call = 0; call < calls; call++) work();
  return performance.now() - start;
}

function print(title: string, measured: readonly Measured[]): void {
  const width = Math.max(...measured.map(({ name }) => name.length));
  console.log(`\n${title}`);
  for (const { name, median, ratio } of measured)
    console.log(`  ${name.padEnd(width)}  ${time(median).padStart(10)}  ${ratio.toFixed(2)}×`);
}

function time(ms: number): string {
  if (ms < 0.001) return `${(ms * 1e6).toFixed(0)} ns`;
  if (ms < 1) return `${(ms * 1e3).toFixed(1)} µs`;
  return `${ms.toFixed(2)} ms`;
}
