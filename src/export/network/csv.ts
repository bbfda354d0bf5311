import type { NetworkOutput } from '../../protocol';
import { COLUMNS } from './rows';

/** One line a layer, all digits. `zeros` is a fraction here. */
export function csv({ networks }: NetworkOutput): string {
  const quote = (s: string) => (/[",\n]/.test(s) ? `"${s.replace(/"/g, '""')}"` : s);
  const rows = networks.flatMap(({ id, network }) =>
    (network?.layers ?? []).map((layer) => [id, ...COLUMNS.map((c) => (c.full ?? c.of)(layer))].map(quote).join(',')),
  );
  return [['network', ...COLUMNS.map((c) => c.title)].map(quote).join(','), ...rows].join('\n');
}
