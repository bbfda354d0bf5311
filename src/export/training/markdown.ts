import type { TrainingOutput } from '../../protocol';
import { shown, turnTable } from './turns';

export function markdown({ trainings }: TrainingOutput): string {
  const cell = (s: string) => s.replace(/\\|\|/g, '\\$&').replace(/</g, '&lt;');
  return trainings
    .flatMap(({ training }) => (training ? [training] : []))
    .map((training) => {
      const { heads, rows } = turnTable(training);
      return [
        `### ${cell(training.name)}`,
        '',
        ...training.diagnoses.map((d) => `- **${cell(d.title)}.** ${cell(d.text)}`),
        ...(training.diagnoses.length > 0 ? [''] : []),
        `| ${heads.map(cell).join(' | ')} |`,
        `|${heads.map(() => '--:').join('|')}|`,
        ...rows.map((row) => `| ${row.map(shown).join(' | ')} |`),
        '',
      ].join('\n');
    })
    .join('\n');
}
