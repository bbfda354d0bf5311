/** Networks as text for other programs: one function a format. */
import type { NetworkOutput } from '../../protocol';
import { csv } from './csv';
import { dot } from './dot';
import { latex } from './latex';
import { markdown } from './markdown';
import { svg } from './svg';
import { text } from './text';

export const NETWORK_FORMATS = { text, markdown, latex, csv, dot, svg } satisfies Record<
  string,
  (file: NetworkOutput) => string
>;
