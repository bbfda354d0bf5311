/** The computational graph as a drawing that stands alone: no script, no style from elsewhere, light ground. */
import { nameText } from '../../format/nameText';
import { formatNumber } from '../../format/number';
import type { StepView, TensorView, TraceView, ValueView } from '../../protocol';
import { asRecorded, type ShownValues } from '../trace';
import { isPicture, pictureOf, valueExtent } from './draw';
import { graphPicture, type PlacedEdge, type PlacedNode } from './picture';
import { valueText } from './valueText';
import type { Group } from './groups';
import type { Direction } from './geometry';

export interface SvgOptions {
  readonly shown?: ShownValues;
  readonly direction?: Direction;
  readonly isFolded?: (group: Group) => boolean;
}

const STYLE = `
.ink{fill:#3b3b3b}.soft{fill:#666}.adjoint{fill:#ac4700}
text{font:11.5px "Segoe UI",system-ui,sans-serif;font-variant-numeric:tabular-nums}
.edge text{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}
.letter{font:italic 15px KaTeX_Math,"Latin Modern Math","STIX Two Math",serif}
.word{font:12px ui-monospace,Consolas,monospace}.bold{font:bold 14px KaTeX_Main,serif}
.script{font:10px KaTeX_Main,"STIX Two Text",serif}
.line{fill:none;stroke:#919191}.body{fill:#fff;stroke:#919191}.leaf{fill:#3b3b3b}
.positive{fill:#388a34}.negative{fill:#652d90}.cell{fill:#f4f4f4}.odd{fill:#bf8803}.top{fill:#ac4700}
`;

/** @returns a whole SVG document */
export function graphSvg(trace: TraceView, steps: readonly StepView[], options: SvgOptions = {}): string {
  const shown = options.shown ?? asRecorded(trace);
  const picture = graphPicture(trace, steps, shown, options.direction, options.isFolded);
  const { x, y, width, height } = picture.box;
  const right = picture.direction === 'right';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${round(x)} ${round(y)} ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}" role="img">`,
    `<title>${escapeXml(`Computational graph of ${trace.title}`)}</title>`,
    `<style>${STYLE}</style>`,
    `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="#fff"/>`,
    ...picture.edges.map((edge) => edgeSvg(edge, right)),
    ...picture.nodes.map((node) => nodeSvg(node, shown, right)),
    '</svg>',
    '',
  ].join('\n');
}

function edgeSvg({ curve, value, back, partial }: PlacedEdge, right: boolean): string {
  const { x, y } = curve.middle;
  const parts = [`<path class="line" d="${curve.d}"/>`];
  const { crowded } = curve;
  if (value !== undefined && !crowded.value) parts.push(label(value, 'ink', x, y, right, true));
  if (back !== undefined && !crowded.back) parts.push(label(back, 'adjoint', x, y, right, false));
  if (partial !== undefined && !crowded.partial)
    parts.push(text(`×${formatNumber(partial)}`, curve.nearEnd.x, curve.nearEnd.y + 4, 'soft', 'middle'));
  return `<g class="edge">${parts.join('')}</g>`;
}

function label(value: ValueView | null, role: string, x: number, y: number, right: boolean, first: boolean): string {
  if (isPicture(value)) {
    const { rows, columns, cell } = pictureOf(value);
    const [w, h] = [columns * cell, rows * cell + (first ? 0 : 4)];
    const beside = 8 + valueExtent(value)[0] / 2;
    const left = (right ? x : first ? x - beside : x + beside) - w / 2;
    const top = right ? (first ? y - 8 - h : y + 8) : y - h / 2;
    const captionY = right && !first ? top + h + 12 : top - 5;
    return heat(value, left, top, !first) + text(valueText(value), left + w / 2, captionY, role, 'middle');
  }
  return right
    ? text(valueText(value), x, y + (first ? -7 : 16), role, 'middle')
    : text(valueText(value), x + (first ? -8 : 8), y + 4, role, first ? 'end' : 'start');
}

/** @param isAdjoint marked by a bar on top */
function heat(value: TensorView, left: number, top: number, isAdjoint: boolean): string {
  const { rows, columns, cells, cell } = pictureOf(value);
  const most = Number(value.maxAbs);
  const size = round(cell - (cell > 5 ? 1 : 0.5));
  const shift = isAdjoint ? 4 : 0;
  const bar = isAdjoint
    ? `<rect class="top" x="${round(left)}" y="${round(top)}" width="${round(columns * cell)}" height="2"/>`
    : '';
  const squares = cells.slice(0, rows * columns).map((v, i) => {
    const at = `x="${round(left + (i % columns) * cell)}" y="${round(top + shift + Math.floor(i / columns) * cell)}" width="${size}" height="${size}"`;
    if (!Number.isFinite(v)) return `<rect class="odd" ${at}/>`;
    const strength = most > 0 ? Math.min(1, Math.sqrt(Math.abs(v) / most)) : 0;
    return `<rect class="cell" ${at}/><rect class="${v < 0 ? 'negative' : 'positive'}" ${at} opacity="${strength.toFixed(2)}"/>`;
  });
  return bar + squares.join('');
}

function nodeSvg(
  { node, at: { x, y }, size: [width, height] }: PlacedNode,
  shown: ShownValues,
  right: boolean,
): string {
  if (node.kind === 'group')
    return [
      rectangle('body', x - width / 2 + 4, y - height / 2 - 4, width, height, 2),
      rectangle('body', x - width / 2, y - height / 2, width, height, 2),
      text(clip(node.name, 24), x, y + 4, 'ink word', 'middle'),
      text(`${node.to - node.from} steps`, x, y + height / 2 + 15, 'soft', 'middle'),
    ].join('');
  if (node.kind === 'operation')
    return [
      width <= 30
        ? `<circle class="body" cx="${round(x)}" cy="${round(y)}" r="15"/>`
        : rectangle('body', x - width / 2, y - 15, width, height, 15),
      text(node.sign, x, y + (node.sign.length === 1 ? 5.5 : 4.5), 'ink', 'middle'),
      right
        ? name(node.step.tex, x, y + height / 2 + 16, 'soft', 'middle')
        : name(node.step.tex, x - width / 2 - 6, y + 4, 'soft', 'end'),
    ].join('');
  const value = shown.value(node.step, 'primal');
  const adjoint = shown.value(node.step, 'adjoint');
  const isInput = node.kind === 'input';
  const dot = `<circle class="leaf" cx="${round(x)}" cy="${round(y)}" r="3.5"/>`;
  const anchor = right ? (isInput ? 'end' : 'start') : 'middle';
  const tx = right ? x + (isInput ? -12 : 12) : x;
  const pictures = isInput && isPicture(value);
  const first = right ? y - (pictures ? 12 : 2) : isInput ? y - 30 : y + 22;
  const suffix = isInput ? (isPicture(value) ? ` ${valueText(value)}` : ` = ${valueText(value)}`) : '';
  const lines = [dot, name(node.tex, tx, first, 'ink', anchor, suffix)];
  if (pictures) lines.push(leafPictures(value, adjoint, tx, right ? y - 6 : y - 24, right));
  else if (!isPicture(value))
    lines.push(
      name(`\\bar{${node.tex}}`, tx, first + 16, 'adjoint', anchor, isInput ? ` = ${valueText(adjoint)}` : ' = 1'),
    );
  return lines.join('');
}

function leafPictures(value: TensorView, adjoint: ValueView | null, tx: number, top: number, right: boolean): string {
  const one = pictureOf(value, 24, 6);
  const width = one.columns * one.cell;
  const gap = 8;
  const both = isPicture(adjoint) ? 2 * width + gap : width;
  const left = right ? tx - both : tx - both / 2;
  const small = (t: TensorView, x: number, bar: boolean) => heatAt(t, x, top, bar);
  return small(value, left, false) + (isPicture(adjoint) ? small(adjoint, left + width + gap, true) : '');
}

function heatAt(value: TensorView, left: number, top: number, isAdjoint: boolean): string {
  const { cell } = pictureOf(value, 24, 6);
  const factor = cell / pictureOf(value).cell;
  return `<g transform="translate(${round(left)} ${round(top)}) scale(${factor.toFixed(3)})">${heat(value, 0, 0, isAdjoint)}</g>`;
}

function rectangle(role: string, x: number, y: number, width: number, height: number, radius: number): string {
  return `<rect class="${role}" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${radius}"/>`;
}

function text(content: string, x: number, y: number, role: string, anchor: string): string {
  return `<text class="${role}" x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escapeXml(content)}</text>`;
}

/** A name in the face of formulas with its scripts; `\bar{…}` is drawn by a combining macron. */
function name(tex: string, x: number, y: number, role: string, anchor: string, suffix = ''): string {
  const barred = /^\\bar\{(.*)\}$/s.exec(tex);
  const parts = nameText(barred?.[1] ?? tex);
  const base = parts?.base ?? (barred?.[1] ?? tex).replace(/\\[A-Za-z]+|[{}\\]/g, '');
  const spans = [`<tspan class="${parts?.style ?? 'word'}">${escapeXml(barred ? `${base}\u0304` : base)}</tspan>`];
  let level = 0;
  for (const [script, shift] of [
    [parts?.sup, -5],
    [parts?.sub, 3],
  ] as const) {
    if (script === undefined) continue;
    spans.push(`<tspan class="script" dy="${shift - level}">${escapeXml(script)}</tspan>`);
    level = shift;
  }
  if (suffix) spans.push(`<tspan${level ? ` dy="${-level}"` : ''}>${escapeXml(suffix)}</tspan>`);
  return `<text class="${role}" x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" xml:space="preserve">${spans.join('')}</text>`;
}

function clip(content: string, most: number): string {
  return content.length > most ? `${content.slice(0, most - 1)}…` : content;
}

function round(x: number): string {
  return String(Math.round(x * 10) / 10);
}

/** Text that can never become markup; control characters that XML forbids are left out. */
export function escapeXml(content: string): string {
  return content
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
