import type { NetworkOutput } from '../../protocol';
import { COLUMNS } from './rows';

export function markdown({ networks }: NetworkOutput): string {
  const cell = (s: string) => s.replace(/\\|\|/g, '\\$&').replace(/</g, '&lt;');
  return networks
    .map(({ id, network, unknown }) => {
      if (!network) return `### ${cell(id)}\n\nunknown: ${cell(unknown?.reason ?? '')}\n`;
      return [
        `### ${cell(network.title)}`,
        '',
        `${network.structure}, ${network.parameterCount} parameters, values ${cell(network.origin)}`,
        '',
        ...network.diagnoses.map((d) => `- **${cell(d.title)}.** ${cell(d.text)}`),
        ...(network.diagnoses.length > 0 ? [''] : []),
        `| ${COLUMNS.map((c) => cell(c.title)).join(' | ')} |`,
        `|${COLUMNS.map((c) => (c.right ? '--:' : '---')).join('|')}|`,
        ...network.layers.map((layer) => `| ${COLUMNS.map((c) => cell(c.of(layer))).join(' | ')} |`),
        '',
      ].join('\n');
    })
    .join('\n');
}
