/** From a place in the text to what can be differentiated there. */
import type { Traceable } from '../languages/frontEnd';
import type { Span } from '../model';
import type { OpenDocument } from './documents';

/**
 * The traceable that a place means: what stands there, else the innermost that surrounds it, else the nearest.
 * `undefined` only where the document holds none.
 */
export function traceableNear(document: OpenDocument, offset: number): Traceable | undefined {
  const here = document.frontEnd.at(document.analysis, offset)[0]?.traceable;
  if (here) return here;
  return innermost(document.everything, offset) ?? nearest(document.traceables, (t) => t.span, offset);
}

/** The smallest traceable around an offset. */
function innermost(traceables: readonly Traceable[], offset: number): Traceable | undefined {
  const around = traceables.filter(({ span }) => span.from <= offset && offset <= span.to);
  return nearest(around, (t) => t.span, offset);
}

/** Of several spans the smallest that holds the offset, else the one with the least distance to it. */
export function nearest<T>(items: readonly T[], spanOf: (item: T) => Span, offset: number): T | undefined {
  let best: T | undefined;
  let bestDistance = Infinity;
  let bestSize = Infinity;
  for (const item of items) {
    const { from, to } = spanOf(item);
    const distance = Math.max(0, from - offset, offset - to);
    const size = to - from;
    if (distance < bestDistance || (distance === bestDistance && size < bestSize)) {
      best = item;
      bestDistance = distance;
      bestSize = size;
    }
  }
  return best;
}
