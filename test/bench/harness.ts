// Times alternatives against each other. Only ratios within one run mean anything: machines differ.

export interface Measured {
  readonly name: string;
  /** Median time of one call in the fastest round, in milliseconds. */
  readonly median: number;
  /** That over the first alternative's. */
  readonly ratio: number;
  /** The least and the largest of the rounds' own ratios. */
  readonly spread: readonly [number, number];
}

export interface BenchOptions {
  /** How often everything is measured. The least of the medians counts: what else the machine does only adds time. */
  readonly rounds?: number;
  /** Samples of each alternative in a round; the alternatives take turns, so that a slow moment hits all. */
  readonly samples?: number;
  /** Least time of one sample, in milliseconds; a fast function is called several times in it. */
  readonly atLeast?: number;
}

/** `WENGERT_BENCH=once` does the work of each benchmark once and measures nothing: whether it still gives the right numbers. */
export const ONCE = process.env.WENGERT_BENCH === 'once';

/** Measures alternatives of the same work and prints a table; the first is the yardstick. */
export function bench(
  title: string,
  alternatives: Readonly<Record<string, () => unknown>>,
  { rounds = 21, samples = 7, atLeast = 2 }: BenchOptions = {},
): Measured[] {
  const entries = Object.entries(alternatives).map(([name, work]) => ({ name, work, medians: [] as number[] }));
  if (ONCE) {
    for (const { work } of entries) work();
    return entries.map(({ name }) => ({ name, median: NaN, ratio: NaN, spread: [NaN, NaN] }));
  }
  for (const { work } of entries) warmUp(work);
  for (let round = 0; round < rounds; round++) {
    const turns = entries.map(({ work }) => ({ work, calls: callsFor(work, atLeast), times: [] as number[] }));
    for (let sample = 0; sample < samples; sample++)
      for (const { work, calls, times } of turns) times.push(timeOf(work, calls) / calls);
    turns.forEach(({ times }, i) => entries[i]?.medians.push(median(times)));
  }
  const least = entries.map(({ medians }) => Math.min(...medians));
  const measured = entries.map(({ name, medians }, i) => {
    const ratios = medians.map((time, round) => time / (entries[0]?.medians[round] ?? NaN));
    return {
      name,
      median: least[i] ?? NaN,
      ratio: (least[i] ?? NaN) / (least[0] ?? NaN),
      spread: [Math.min(...ratios), Math.max(...ratios)] as const,
    };
  });
  print(title, measured);
  return measured;
}

/**
 * Median of the milliseconds of processor time that calls take, after some that warm up. Not of the clock: what else the
 * machine does does not count.
 */
export function processorTime(work: () => void, { calls, warmUp }: { calls: number; warmUp: number }): number {
  if (ONCE) {
    work();
    return NaN;
  }
  const times = Array.from({ length: warmUp + calls }, () => {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return median(times.slice(warmUp));
}

/** Milliseconds by the clock of asynchronous work, which gets a new number each time, after some calls that warm up. */
export async function times(
  work: (call: number) => Promise<void>,
  { calls, warmUp }: { calls: number; warmUp: number },
): Promise<{ median: number; least: number }> {
  const measured: number[] = [];
  for (let call = 0; call < (ONCE ? 1 : warmUp + calls); call++) {
    const start = performance.now();
    await work(call);
    measured.push(performance.now() - start);
  }
  const kept = measured.slice(ONCE ? 1 : warmUp);
  return { median: median(kept), least: kept.length > 0 ? Math.min(...kept) : NaN };
}

/**
 * Runs until the engine has compiled what is measured: until a while of runs is hardly faster than the one before. On a
 * busy machine the compiler, which has a thread of its own, gets its turn late.
 */
function warmUp(work: () => unknown): void {
  const calls = callsFor(work, 5);
  let before = Infinity;
  for (let batch = 0; batch < 40; batch++) {
    const now = median(Array.from({ length: 30 }, () => timeOf(work, calls)));
    if (batch >= 3 && now > 0.97 * before) return;
    before = Math.min(before, now);
  }
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
  for (const { name, median, ratio, spread } of measured) {
    const rounds = ratio === 1 ? '' : `  (in single rounds ${spread[0].toFixed(2)}–${spread[1].toFixed(2)})`;
    console.log(`  ${name.padEnd(width)}  ${time(median).padStart(10)}  ${ratio.toFixed(2)}×${rounds}`);
  }
}

function time(ms: number): string {
  if (ms < 0.001) return `${(ms * 1e6).toFixed(0)} ns`;
  if (ms < 1) return `${(ms * 1e3).toFixed(1)} µs`;
  return `${ms.toFixed(2)} ms`;
}
