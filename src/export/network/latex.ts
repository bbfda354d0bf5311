import type { NetworkOutput } from '../../protocol';
import { COLUMNS } from './rows';

const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '−': '$-$',
  '×': '$\\times$',
  '→': '$\\to$',
  δ: '$\\delta$',
  '∅': '$\\varnothing$',
  '∞': '$\\infty$',
  '|': '\\textbar{}',
};

/** Text with TeX's special characters made harmless. */
export function texText(s: string): string {
  return s.replace(/[\\~^−×→δ∅∞|]|[#$%&_{}]/g, (c) => SPECIAL[c] ?? `\\${c}`);
}

/** A booktabs table a network. */
export function latex({ networks }: NetworkOutput): string {
  return networks
    .flatMap(({ network }) => (network ? [network] : []))
    .map((network) =>
      [
        `% ${network.title.replace(/\s+/g, ' ')}: ${network.structure.replace(/→/g, '->')}, ${network.parameterCount} parameters`,
        `\\begin{tabular}{${COLUMNS.map((c) => (c.right ? 'r' : 'l')).join('')}}`,
        '  \\toprule',
        `  ${COLUMNS.map((c) => texText(c.title)).join(' & ')} \\\\`,
        '  \\midrule',
        ...network.layers.map((layer) => `  ${COLUMNS.map((c) => texText(c.of(layer))).join(' & ')} \\\\`),
        '  \\bottomrule',
        '\\end{tabular}',
        '',
      ].join('\n'),
    )
    .join('\n');
}
