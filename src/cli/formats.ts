/** What `trace --format` prints: texts from plain JSON, drawings and pages from what the viewer shows. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { TEXT_FORMATS } from '../export/formats';
import { graphSvg } from '../export/graph/svg';
import { graphTikz } from '../export/graph/tikz';
import { DRAWN_LIMIT } from '../export/graph/picture';
import { pageInOneFile } from '../export/page';
import type { Recording } from '../export/recording';
import type { TraceView } from '../protocol';
import { UsageError } from './arguments';

export const PICTURE_FORMATS = {
  svg: async (shown: readonly Recording[]) => {
    const { trace } = only(shown);
    return graphSvg(trace, trace.rows);
  },
  tikz: async (shown: readonly Recording[]) =>
    shown
      .flatMap(({ answer }) => (answer.state === 'data' ? [drawable(answer.trace)] : []))
      .map((trace) => graphTikz(trace, trace.rows))
      .join('\n'),
  html: async (shown: readonly Recording[], file: string) =>
    pageInOneFile({ title: shown.length === 1 ? (shown[0]?.name ?? file) : file, recordings: shown, read: readBundle }),
} satisfies Record<string, (shown: readonly Recording[], file: string) => Promise<string>>;

export const FORMATS = [...Object.keys(TEXT_FORMATS), ...Object.keys(PICTURE_FORMATS)];

export function isTextFormat(name: string): name is keyof typeof TEXT_FORMATS {
  return Object.hasOwn(TEXT_FORMATS, name);
}

export function isPictureFormat(name: string): name is keyof typeof PICTURE_FORMATS {
  return Object.hasOwn(PICTURE_FORMATS, name);
}

function only(shown: readonly Recording[]): { trace: TraceView } {
  const [first, ...others] = shown;
  if (!first) throw new UsageError('there is nothing to draw');
  if (others.length > 0)
    throw new UsageError(
      `a drawing holds one trace; choose one with --name: ${shown.map(({ name }) => name).join(', ')}`,
    );
  if (first.answer.state !== 'data')
    throw new UsageError(
      first.answer.state === 'unknown' ? `no trace: ${first.answer.unknown.reason}` : 'there is nothing to draw',
    );
  return { trace: drawable(first.answer.trace) };
}

function drawable(trace: TraceView): TraceView {
  if (trace.steps > DRAWN_LIMIT)
    throw new UsageError(`${trace.title} has ${trace.steps} steps; a graph of at most ${DRAWN_LIMIT} is drawn`);
  return trace;
}

/** The page's script and style lie beside the program; started from its sources, in the folder of the bundles. */
async function readBundle(file: string): Promise<Uint8Array> {
  const places = [path.join(__dirname, file), path.join(__dirname, '..', '..', 'dist', file)];
  for (const place of places) {
    const bytes = await readFile(place).catch(() => undefined);
    if (bytes) return new Uint8Array(bytes);
  }
  throw new UsageError(`${file} is missing beside the program: install it again, or build it`);
}
