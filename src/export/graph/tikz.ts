/** The computational graph as a TikZ picture: the same places and numbers as the drawing, typeset by LaTeX. */
import { plainName } from '../../format/nameText';
import type { StepView, TraceView, ValueView } from '../../protocol';
import { escapeTex, neededPackages } from '../table';
import { asRecorded } from '../trace';
import { numberTex } from '../value';
import type { Curve, Screen } from './geometry';
import { isPicture } from './draw';
import { graphPicture, type PlacedNode } from './picture';
import type { SvgOptions } from './svg';

/** Pixels of the drawing a centimetre of the page. */
const SCALE = 48;

export function graphTikz(trace: TraceView, steps: readonly StepView[], options: SvgOptions = {}): string {
  const shown = options.shown ?? asRecorded(trace);
  const picture = graphPicture(trace, steps, shown, options.direction, options.isFolded);
  const right = picture.direction === 'right';
  const [one, other] = right ? ['above', 'below'] : ['left', 'right'];
  const lines: string[] = [];
  for (const { curve, value, back, partial } of picture.edges) {
    lines.push(`  \\draw[edge] ${pathTikz(curve)};`);
    const middle = place(curve.middle);
    if (value !== undefined && !curve.crowded.value)
      lines.push(`  \\node[value, ${one}] at ${middle} {${valueTex(value)}};`);
    if (back !== undefined && !curve.crowded.back)
      lines.push(`  \\node[adjoint, ${other}] at ${middle} {${valueTex(back)}};`);
    if (partial !== undefined && !curve.crowded.partial)
      lines.push(`  \\node[partial] at ${place(curve.nearEnd)} {$\\times ${numberTex(partial)}$};`);
  }
  for (const node of picture.nodes) lines.push(...nodeTikz(node, right));
  const drawing = [
    '\\definecolor{adjoint}{HTML}{AC4700}',
    '\\begin{tikzpicture}[',
    '  edge/.style={draw=black!50},',
    '  value/.style={font=\\scriptsize, inner sep=2pt},',
    '  adjoint/.style={value, text=adjoint},',
    '  partial/.style={font=\\tiny, text=black!70, fill=white, inner sep=1pt},',
    '  operation/.style={circle, draw=black!60, fill=white, minimum size=6mm, inner sep=1pt, font=\\small},',
    '  group/.style={rectangle, double, draw=black!60, fill=white, minimum height=7mm, font=\\ttfamily\\scriptsize},',
    '  leaf/.style={circle, fill=black!75, minimum size=1.4mm, inner sep=0pt},',
    ']',
    ...lines,
    '\\end{tikzpicture}',
    '',
  ].join('\n');
  return `${neededPackages(['tikz', 'amsmath'], drawing)}\n${drawing}`;

  function nodeTikz({ node, at }: PlacedNode, leftToRight: boolean): string[] {
    const here = place(at);
    if (node.kind === 'group')
      return [
        `  \\node[group, label={below:\\tiny ${node.to - node.from} steps}] at ${here} {${escapeTex(node.name)}};`,
      ];
    if (node.kind === 'operation')
      return [
        `  \\node[operation, label={${leftToRight ? 'below' : 'left'}:\\scriptsize $${node.step.tex}$}] at ${here} {${signTex(node.sign)}};`,
      ];
    const side = node.kind === 'input' ? (leftToRight ? 'left' : 'above') : leftToRight ? 'right' : 'below';
    const value = shown.value(node.step, 'primal');
    const adjoint = shown.value(node.step, 'adjoint');
    const first =
      node.kind === 'input' ? `$${node.tex} ${isPicture(value) ? ': ' : '= '} ${bare(value)}$` : `$${node.tex}$`;
    const second = `$\\textcolor{adjoint}{\\bar{${node.tex}} ${isPicture(adjoint) ? ': ' : '= '} ${bare(adjoint)}}$`;
    const align = side === 'left' ? 'right' : side === 'right' ? 'left' : 'center';
    return [`  \\node[leaf, label={[align=${align}, font=\\small]${side}:{${first}\\\\${second}}}] at ${here} {};`];
  }
}

function place({ x, y }: Screen): string {
  return `(${(x / SCALE).toFixed(2)}, ${(-y / SCALE).toFixed(2)})`;
}

/** The SVG path of an edge, which consists of one move and cubic pieces, as TikZ writes it. */
function pathTikz(curve: Curve): string {
  const numbers = [...curve.d.matchAll(/-?\d+(?:\.\d+)?/g)].map(Number);
  const points: string[] = [];
  for (let i = 0; i + 1 < numbers.length; i += 2)
    points.push(place({ x: numbers[i] as number, y: numbers[i + 1] as number }));
  let path = points[0] ?? '';
  for (let i = 1; i + 2 < points.length; i += 3)
    path += ` .. controls ${points[i]} and ${points[i + 1]} .. ${points[i + 2]}`;
  return path;
}

function bare(value: ValueView | null): string {
  if (value === null) return '\\varnothing';
  return isPicture(value) ? value.shape.join(' \\times ') || '1' : numberTex(Number(value));
}

function valueTex(value: ValueView | null): string {
  return `$${bare(value)}$`;
}

const SIGNS: Readonly<Record<string, string>> = {
  '+': '$+$',
  '−': '$-$',
  '×': '$\\times$',
  '÷': '$\\div$',
  '−x': '$-x$',
  xʸ: '$x^y$',
  'x²': '$x^2$',
  '√': '$\\sqrt{\\cdot}$',
  '∛': '$\\sqrt[3]{\\cdot}$',
  'log₂': '$\\log_2$',
  'log₁₀': '$\\log_{10}$',
  '2ˣ': '$2^x$',
  σ: '$\\sigma$',
  Γ: '$\\Gamma$',
  Σ: '$\\Sigma$',
  ᵀ: '$^\\top$',
  '@': '@',
};

function signTex(sign: string): string {
  return SIGNS[sign] ?? (/^[A-Za-z0-9 ]+$/.test(sign) ? `\\scriptsize ${sign}` : escapeTex(plainName(sign) || sign));
}
