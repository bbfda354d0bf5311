import { linePlace } from '../../format/place';
import { stoppedAt } from '../../format/words';
import type { TrainingOutput } from '../../protocol';
import { shown, turnTable } from './turns';

/** Turns that are printed of a long loop: the first, and the last. */
const ENDS = 12;

export function text({ file, trainings }: TrainingOutput): string {
  if (trainings.length === 0) return `${file}: no loop in which parameters are updated`;
  return trainings
    .map(({ id, training, unknown }) => {
      if (!training) return `${file}  ${id}\n  ${unknown ? `unknown: ${unknown.reason}` : 'no training loop'}\n`;
      const { heads, rows } = turnTable(training);
      const cells = [heads, ...rows.map((row) => row.map(shown))];
      const widths = heads.map((_, k) => Math.max(...cells.map((row) => [...(row[k] ?? '')].length)));
      const line = (row: readonly string[]) => `  ${row.map((cell, k) => cell.padStart(widths[k] ?? 0)).join('  ')}`;
      const body = cells.slice(1).map(line);
      const lines =
        body.length > 2 * ENDS
          ? [...body.slice(0, ENDS), `  … ${body.length - 2 * ENDS} more`, ...body.slice(-ENDS)]
          : body;
      const rate = training.rate ? `, ${training.rate.name} = ${shown(training.rate.value)}` : '';
      return [
        `${linePlace(file, training.range)}  ${training.name}  ${training.turns} turns${rate}`,
        ...(training.complete ? [] : [`  in part: ${stoppedAt(training.stopped)}`]),
        ...training.diagnoses.map((d) => `  ! ${d.title}. ${d.text}`),
        '',
        line(heads),
        ...lines,
        '',
      ].join('\n');
    })
    .join('\n');
}
