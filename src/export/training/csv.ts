import type { TrainingOutput } from '../../protocol';
import { turnTable } from './turns';

/** One line a turn, all digits. */
export function csv({ trainings }: TrainingOutput): string {
  const quote = (s: string) => (/[",\n]/.test(s) ? `"${s.replace(/"/g, '""')}"` : s);
  return trainings
    .flatMap(({ training }) => (training ? [training] : []))
    .map((training) => {
      const { heads, rows } = turnTable(training);
      return [heads, ...rows.map((row) => row.map((x) => (x === undefined ? '' : String(x))))]
        .map((row) => row.map(quote).join(','))
        .join('\n');
    })
    .join('\n\n');
}
