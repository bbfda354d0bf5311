/** Which interval of an input sliders and plots cover. */
import { useRef } from 'preact/hooks';

export type Interval = readonly [low: number, high: number];

/** As far to each side as the value is from 0, rounded up to its leading digit; 1 around 0. */
export function domainAround(x: number): Interval {
  const reach = Number.isFinite(x) && x !== 0 ? Math.abs(x) : 1;
  const power = 10 ** Math.floor(Math.log10(reach));
  const nice = Math.ceil(reach / power) * power;
  return [x - nice, x + nice];
}

/** The interval stays while the value is dragged within it, and is chosen anew when the value leaves it. */
export function useDomain(x: number, dragging: boolean): Interval {
  const kept = useRef<Interval>(domainAround(x));
  const [low, high] = kept.current;
  const margin = (high - low) * 0.02;
  if (!dragging && (x < low + margin || x > high - margin)) kept.current = domainAround(x);
  return kept.current;
}
