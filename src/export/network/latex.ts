import type { NetworkOutput } from '../../protocol';
import { bookTabs, escapeTex } from '../table';
import { COLUMNS } from './rows';

/** A booktabs table a network. */
export function latex({ networks }: NetworkOutput): string {
  return networks
    .flatMap(({ network }) => (network ? [network] : []))
    .map(
      (network) =>
        `% ${network.title.replace(/\s+/g, ' ')}: ${network.structure.replace(/→/g, '->')}, ${network.parameterCount} parameters\n${bookTabs(
          COLUMNS.map((c) => (c.right ? 'r' : 'l')),
          COLUMNS.map((c) => escapeTex(c.title)),
          network.layers.map((layer) => COLUMNS.map((c) => escapeTex(c.of(layer)))),
        )}`,
    )
    .join('\n');
}
