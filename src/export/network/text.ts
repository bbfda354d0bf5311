import type { NetworkOutput } from '../../protocol';
import { linePlace } from '../../format/place';
import { COLUMNS } from './rows';

/** A table for the terminal, findings first. */
export function text({ file, networks }: NetworkOutput): string {
  return networks
    .map(({ id, network, unknown }) => {
      if (!network) return `${file}  ${id}\n  unknown: ${unknown?.reason ?? ''}\n`;
      const head = `${linePlace(file, network.range)}  ${network.title}  ${network.structure}, ${network.parameterCount} parameters`;
      const findings = network.diagnoses.map((d) => `  ! ${d.title}. ${d.text}`);
      const rows = [COLUMNS.map((c) => c.title), ...network.layers.map((layer) => COLUMNS.map((c) => c.of(layer)))];
      const widths = COLUMNS.map((_, k) => Math.max(...rows.map((row) => [...(row[k] ?? '')].length)));
      const lines = rows.map(
        (row) =>
          `  ${row
            .map((cell, k) => (COLUMNS[k]?.right ? cell.padStart(widths[k] ?? 0) : cell.padEnd(widths[k] ?? 0)))
            .join('  ')
            .trimEnd()}`,
      );
      return [head, `  values ${network.origin}`, ...findings, '', ...lines, ''].join('\n');
    })
    .join('\n');
}
