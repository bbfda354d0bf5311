import type { TrainingOutput } from '../../protocol';
import { bookTabs, escapeTex } from '../table';
import { shown, turnTable } from './turns';

/** A booktabs table of the turns. */
export function latex({ trainings }: TrainingOutput): string {
  return trainings
    .flatMap(({ training }) => (training ? [training] : []))
    .map((training) => {
      const { heads, rows } = turnTable(training);
      return bookTabs(
        heads.map(() => 'r'),
        heads.map(escapeTex),
        rows.map((row) => row.map((x) => escapeTex(shown(x)))),
      );
    })
    .join('\n');
}
