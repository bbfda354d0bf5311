/** A recorded answer, for the viewer that runs alone in a page: the workshop, and exported HTML files. */
import type { CheckView, NetworkView, TraceAnswer, TrainingView } from '../protocol';

export interface Recording {
  readonly name: string;
  readonly uri: string;
  readonly file: string;
  readonly answer: TraceAnswer;
  readonly checks?: readonly CheckView[];
  readonly network?: NetworkView;
  readonly training?: TrainingView;
}
