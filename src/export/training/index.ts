/** Training loops as text for other programs: one function a format. */
import type { TrainingOutput } from '../../protocol';
import { csv } from './csv';
import { latex } from './latex';
import { markdown } from './markdown';
import { svg } from './svg';
import { text } from './text';

export const TRAINING_FORMATS = { text, markdown, latex, csv, svg } satisfies Record<
  string,
  (file: TrainingOutput) => string
>;
