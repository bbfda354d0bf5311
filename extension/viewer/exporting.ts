/** Traces as files: texts that other programs read, drawings, and one page that works by itself. */
import { type CancellationToken, env, type ExtensionContext, ProgressLocation, Uri, window, workspace } from 'vscode';
import { holdsArrays, withWholeArrays } from '../../src/export/arrays';
import { dot, csv, latex, markdown } from '../../src/export/formats';
import { graphSvg } from '../../src/export/graph/svg';
import { graphTikz } from '../../src/export/graph/tikz';
import { pageInOneFile } from '../../src/export/page';
import { matricesOf, type Recording } from '../../src/export/recording';
import { exportTrace } from '../../src/export/trace';
import {
  arrayRequest,
  type CheckView,
  checkRequest,
  closeTraceRequest,
  matrixRequest,
  networkRequest,
  openTraceRequest,
  rowsRequest,
  type SAVED_FORMATS,
  type TraceAddress,
  type TraceView,
  trainingRequest,
} from '../../src/protocol';
import { withoutLinks } from '../plainText';
import type { Server } from '../server';

export type FileFormat = (typeof SAVED_FORMATS)[number] | 'HTML';

const EXTENSIONS: Readonly<Record<FileFormat, string>> = {
  HTML: 'html',
  Markdown: 'md',
  LaTeX: 'tex',
  TikZ: 'tex',
  CSV: 'csv',
  JSON: 'json',
  DOT: 'dot',
  SVG: 'svg',
};

/** A page with more rows than this no browser likes to open. */
const MOST_STEPS = 20_000;
const PAGE = 1_000;

/** A trace with all of its rows, and what its page will ask for. @throws with a sentence for the reader */
async function wholeTrace(
  server: Server,
  address: TraceAddress,
  token: CancellationToken,
  format: FileFormat,
): Promise<Pick<Recording, 'matrices' | 'network' | 'training'> & { readonly trace: TraceView }> {
  const answer = await server.request(openTraceRequest, address, token);
  if (answer.state !== 'data')
    throw new Error(answer.state === 'unknown' ? answer.unknown.reason : 'There is nothing to trace here');
  const { trace } = answer;
  const forPage = format === 'HTML';
  try {
    if (trace.steps > MOST_STEPS)
      throw new Error(`${trace.title} has ${trace.steps} steps; a file holds at most ${MOST_STEPS}`);
    const rows = [...trace.rows];
    while (rows.length < trace.steps) {
      const more = await server.request(rowsRequest, { lease: trace.lease, from: rows.length, count: PAGE }, token);
      if (!more || more.length === 0) throw new Error('The trace has changed in the meantime');
      rows.push(...more);
    }
    const matrices: NonNullable<Recording['matrices']>[number][] = [];
    for (const { row, kind } of forPage ? matricesOf(trace) : []) {
      const matrix = await server.request(matrixRequest, { lease: trace.lease, row, kind }, token);
      if (matrix) matrices.push({ row, kind, matrix });
    }
    const network =
      forPage && trace.network
        ? await server.request(networkRequest, { lease: trace.lease }, token).catch(() => null)
        : null;
    const training =
      forPage && trace.training
        ? await server
            .request(trainingRequest, { uri: address.uri, ...(address.set ? { set: address.set } : {}) }, token)
            .catch(() => undefined)
        : undefined;
    const whole = holdsArrays(format)
      ? await withWholeArrays(trace, rows, (row, family) =>
          server.request(arrayRequest, { lease: trace.lease, row, family }, token),
        )
      : { ...trace, rows };
    return {
      trace: whole,
      matrices,
      ...(network ? { network } : {}),
      ...(training?.state === 'data' ? { training: training.training } : {}),
    };
  } finally {
    server.request(closeTraceRequest, { lease: trace.lease }).catch(() => undefined);
  }
}

/** The text of a file. @throws with a sentence for the reader */
async function textOf(
  { extensionUri }: ExtensionContext,
  server: Server,
  address: TraceAddress,
  format: FileFormat,
  token: CancellationToken,
): Promise<string> {
  const { trace, ...pictures } = await wholeTrace(server, address, token, format);
  const file = Uri.parse(address.uri, true).path.split('/').at(-1) ?? '';
  const exported = { file, traceables: [exportTrace(trace, trace.rows)] };
  switch (format) {
    case 'Markdown':
      return markdown(exported);
    case 'LaTeX':
      return latex(exported);
    case 'CSV':
      return csv(exported);
    case 'DOT':
      return dot(exported);
    case 'JSON':
      return `${JSON.stringify(exported.traceables[0], null, 2)}\n`;
    case 'SVG':
      return graphSvg(trace, trace.rows);
    case 'TikZ':
      return graphTikz(trace, trace.rows);
    case 'HTML': {
      const checks: CheckView[] = await server
        .request(
          checkRequest,
          { uri: address.uri, position: trace.range.start, ...(address.set ? { set: address.set } : {}) },
          token,
        )
        .catch(() => []);
      const recording: Recording = {
        name: trace.title,
        uri: address.uri,
        file,
        answer: { state: 'data', trace },
        checks,
        ...pictures,
      };
      return pageInOneFile({
        title: `${trace.title}, ${file}`,
        recordings: [recording],
        read: async (name) => workspace.fs.readFile(Uri.joinPath(extensionUri, 'dist', ...name.split('/'))),
      });
    }
  }
}

/** Asks for a file, makes the text, writes it, and offers to open it. */
export async function saveTrace(
  context: ExtensionContext,
  server: Server,
  address: TraceAddress,
  title: string,
  format: FileFormat,
): Promise<void> {
  const target = await chooseFile(address.uri, title, format);
  if (!target) return;
  const isWritten = await window.withProgress(
    { location: ProgressLocation.Notification, title: withoutLinks(`Writing ${nameOf(target)}`), cancellable: true },
    async (_progress, token) => {
      const text = await textOf(context, server, address, format, token);
      if (token.isCancellationRequested) return false;
      await write(target, text);
      return true;
    },
  );
  if (isWritten) offer(target, format);
}

/** Writes a text that the page has made. */
export async function saveText(uri: string, title: string, format: FileFormat, text: string): Promise<void> {
  const target = await chooseFile(uri, title, format);
  if (!target) return;
  await write(target, text);
  offer(target, format);
}

async function chooseFile(uri: string, title: string, format: FileFormat): Promise<Uri | undefined> {
  const extension = EXTENSIONS[format];
  const name = `${title.replace(/[^\p{L}\p{N}_-]+/gu, '-').replace(/^-+|-+$/g, '') || 'trace'}.${extension}`;
  const document = Uri.parse(uri, true);
  const folder = ['untitled', 'vscode-notebook-cell'].includes(document.scheme)
    ? workspace.workspaceFolders?.[0]?.uri
    : Uri.joinPath(document, '..');
  return window.showSaveDialog({
    ...(folder ? { defaultUri: Uri.joinPath(folder, name) } : {}),
    filters: { [format]: [extension] },
    title: `Save the trace as ${format}`,
  });
}

async function write(target: Uri, text: string): Promise<void> {
  await workspace.fs.writeFile(target, new TextEncoder().encode(text));
}

function nameOf(target: Uri): string {
  return target.path.split('/').at(-1) ?? '';
}

/** Not waited for: the reader may never answer. */
function offer(target: Uri, format: FileFormat): void {
  const action = format === 'HTML' ? 'Open in Browser' : 'Open';
  void window
    .showInformationMessage(withoutLinks(`Wengert: ${nameOf(target)} was saved.`), action)
    .then(async (chosen) => {
      if (chosen === undefined) return;
      if (format === 'HTML') await env.openExternal(target);
      else await window.showTextDocument(target);
    });
}
