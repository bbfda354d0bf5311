/** Formulas: each TeX text is typeset once, later uses are copies of its nodes. */
import katex from 'katex';
import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * Formulas come from whoever wrote the document: no links and no files, few macros (each may double what there is), and
 * nothing that covers the page, in em.
 */
export const HARMLESS = { strict: 'ignore', trust: false, maxExpand: 200, maxSize: 20 } as const;

const CACHE_LIMIT = 4_000;
const cache = new Map<string, Element>();
const typesettable = new Map<string, boolean>();

/** Typeset nodes of a formula; the caller owns the copy. */
export function typeset(tex: string): Node {
  let known = cache.get(tex);
  if (!known) {
    const holder = document.createElement('span');
    // Rendered into an element, so that styles are set one by one and no inline style text is parsed.
    katex.render(tex, holder, {
      throwOnError: false,
      ...HARMLESS,
      output: 'htmlAndMathml',
    });
    known = holder.firstElementChild ?? holder;
    if (cache.size >= CACHE_LIMIT) cache.clear();
    cache.set(tex, known);
  }
  return known.cloneNode(true);
}

/** Whether a text of a document can be typeset as it stands. */
export function isTypesettable(tex: string): boolean {
  let known = typesettable.get(tex);
  if (known === undefined) {
    try {
      katex.renderToString(tex, HARMLESS);
      known = true;
    } catch {
      known = false;
    }
    if (typesettable.size >= CACHE_LIMIT) typesettable.clear();
    typesettable.set(tex, known);
  }
  return known;
}

/** Milliseconds a frame that typesetting may take; what is left waits for the next one. */
const BUDGET = 10;
/** While rows fly past, so many formulas a frame: each costs the browser more to lay out and to paint than to copy. */
const MOST_IN_FLIGHT = 8;
/** Scrolling has stopped after so many milliseconds. */
const STOPPED = 80;
let spent = 0;
let filled = 0;
let frame = 0;
let scrolled = -Infinity;
const waiting = new Set<() => void>();

/** Numbers come first while a list is scrolled: formulas follow where there is time. */
export function noteScroll(): void {
  scrolled = performance.now();
}

function hasRoom(): boolean {
  return spent < BUDGET && (filled < MOST_IN_FLIGHT || performance.now() - scrolled > STOPPED);
}

/** Runs now while the frame's budget lasts, later otherwise. Returns a way to call it off. */
function withinBudget(work: () => void): () => void {
  frame ||= requestAnimationFrame(nextFrame);
  if (hasRoom() && waiting.size === 0) timed(work);
  else waiting.add(work);
  return () => waiting.delete(work);
}

function timed(work: () => void): void {
  const start = performance.now();
  work();
  spent += performance.now() - start;
  filled++;
}

function nextFrame(): void {
  spent = filled = 0;
  // What came last is in sight; what came first may be gone soon.
  for (const work of [...waiting].reverse()) {
    if (!hasRoom()) break;
    waiting.delete(work);
    timed(work);
  }
  frame = waiting.size > 0 || filled > 0 ? requestAnimationFrame(nextFrame) : 0;
}

export function Tex({ tex, class: name = '' }: { tex: string; class?: string }) {
  const holder = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const fill = () => holder.current?.replaceChildren(typeset(tex));
    return withinBudget(fill);
  }, [tex]);
  return <span class={`tex ${name}`} ref={holder} />;
}
