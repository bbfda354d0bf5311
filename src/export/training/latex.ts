import type { TrainingOutput } from '../../protocol';
import { texText } from '../network/latex';
import { shown, turnTable } from './turns';

/** A booktabs table of the turns. */
export function latex({ trainings }: TrainingOutput): string {
  return trainings
    .flatMap(({ training }) => (training ? [training] : []))
    .map((training) => {
      const { heads, rows } = turnTable(training);
      const line = (row: readonly string[]) => `  ${row.map(texText).join(' & ')} \\\\`;
      return [
        `\\begin{tabular}{${heads.map(() => 'r').join('')}}`,
        '  \\toprule',
        line(heads),
        '  \\midrule',
        ...rows.map((row) => line(row.map(shown))),
        '  \\bottomrule',
        '\\end{tabular}',
        '',
      ].join('\n');
    })
    .join('\n');
}
