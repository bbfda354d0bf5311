// What the page's main thread computes in each frame, by Chromium's own trace.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'devtools.timeline.frame'];

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly ts: number;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  /** Time of the processor, in microseconds. */
  readonly tdur?: number;
}

export interface Frames {
  /** What the main thread computed for each frame, in milliseconds of the processor. */
  readonly times: readonly number[];
  /** Frames that Chromium did not draw in time, of all. */
  readonly dropped: number;
}

/**
 * Traces what the page does in some frames.
 * @param warm frames at the beginning that are left out: they fill caches
 */
export async function framesOf(page: Page, warm: number, work: () => Promise<unknown>): Promise<Frames> {
  const browser = page.context().browser();
  assert.ok(browser);
  await browser.startTracing(page, { categories: CATEGORIES });
  await work();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const fired = trace.traceEvents.filter(({ name }) => name === 'FireAnimationFrame').sort((a, b) => a.ts - b.ts);
  const main = fired[0];
  assert.ok(main);
  const tasks = trace.traceEvents.filter(
    ({ name, ph, pid, tid }) => name === 'RunTask' && ph === 'X' && pid === main.pid && tid === main.tid,
  );
  // A frame begins with the task that runs the callbacks of requestAnimationFrame.
  tasks.sort((a, b) => a.ts - b.ts);
  const begins = tasks.flatMap(({ ts, dur = 0 }) => (fired.some((f) => f.ts >= ts && f.ts <= ts + dur) ? [ts] : []));
  const times = begins.slice(0, -1).map((begin, i) => {
    const end = begins[i + 1] as number;
    const own = tasks.filter(({ ts }) => ts >= begin && ts < end);
    return own.reduce((sum, { tdur = 0 }) => sum + tdur, 0) / 1000;
  });
  const dropped = trace.traceEvents.filter(({ name, pid }) => name === 'DroppedFrame' && pid === main.pid).length;
  return { times: times.slice(warm), dropped };
}
