/** Formulas: each TeX text is typeset once, later uses are copies of its nodes. */
import katex from 'katex';
import { useLayoutEffect, useRef } from 'preact/hooks';

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
      strict: 'ignore',
      trust: false,
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
      katex.renderToString(tex, { strict: 'ignore', trust: false });
      known = true;
    } catch {
      known = false;
    }
    if (typesettable.size >= CACHE_LIMIT) typesettable.clear();
    typesettable.set(tex, known);
  }
  return known;
}

export function Tex({ tex, class: name = '' }: { tex: string; class?: string }) {
  const holder = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    holder.current?.replaceChildren(typeset(tex));
  }, [tex]);
  return <span class={`tex ${name}`} ref={holder} />;
}
