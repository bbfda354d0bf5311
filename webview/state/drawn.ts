/** Drawings of the page as an SVG file: every style that matters is written into the elements. */
import { escapeXml } from '../../src/export/graph/svg';

const PROPERTIES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linejoin',
  'stroke-linecap',
  'stroke-opacity',
  'opacity',
  'paint-order',
  'font-family',
  'font-size',
  'font-style',
  'font-weight',
] as const;

/** @returns one document with all drawings inside an element, where they stand, on the ground of the theme */
export function drawnAsSvg(inside: Element, title: string): string {
  const drawings = [...inside.querySelectorAll('svg.plot, svg.drawing')];
  const frames = drawings.map((drawing) => drawing.getBoundingClientRect());
  const left = Math.min(...frames.map((f) => f.left));
  const top = Math.min(...frames.map((f) => f.top));
  const width = Math.max(0, ...frames.map((f) => f.right - left)) + 16;
  const height = Math.max(0, ...frames.map((f) => f.bottom - top)) + 16;
  const ground = getComputedStyle(document.body).backgroundColor;
  const parts = drawings.map((drawing, i) => {
    const frame = frames[i] as DOMRect;
    const copy = styled(drawing);
    copy.setAttribute('x', String(Math.round(frame.left - left + 8)));
    copy.setAttribute('y', String(Math.round(frame.top - top + 8)));
    return new XMLSerializer().serializeToString(copy);
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(width)}" height="${Math.ceil(height)}">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="100%" height="100%" fill="${escapeXml(ground)}"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

function styled(original: Element): Element {
  const copy = original.cloneNode(true) as Element;
  const from = [original, ...original.querySelectorAll('*')];
  const to = [copy, ...copy.querySelectorAll('*')];
  from.forEach((element, i) => {
    const target = to[i] as Element;
    const style = getComputedStyle(element);
    for (const property of PROPERTIES) {
      const value = style.getPropertyValue(property);
      if (value !== '' && value !== 'normal') target.setAttribute(property, value);
    }
    target.removeAttribute('class');
    target.removeAttribute('style');
  });
  return copy;
}
