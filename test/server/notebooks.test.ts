/** Notebooks over the protocol, with the real language service behind it. */
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, beforeEach, describe, it } from 'mocha';
import {
  createConnection,
  createProtocolConnection,
  type Hover,
  type MarkupContent,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { changedNotification } from '../../src/protocol';
import type { Port } from '../../src/server/channel';
import { serve } from '../../src/server/serve';
import { startServer } from '../../src/server/server';
import { createLanguageService } from '../../src/service';

const NOTEBOOK = 'file:///notes.ipynb';
const uri = (cell: string) => `vscode-notebook-cell:/notes.ipynb#${cell}`;
const portOf = (port: MessagePort): Port => ({
  post: (message) => port.postMessage(message),
  listen: (receive) => void port.on('message', receive),
});
const MARKUP = 1;
const CODE = 2;

describe('notebooks in the language server', () => {
  let client: ProtocolConnection;
  let published: PublishDiagnosticsParams[];
  let changed: string[];

  beforeEach(async () => {
    const [up, down] = [new PassThrough(), new PassThrough()];
    startServer({
      connection: createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)),
      startWorker() {
        const { port1, port2 } = new MessageChannel();
        serve(portOf(port2), createLanguageService);
        const terminate = () => void [port1, port2].map((port) => port.close());
        return { port: portOf(port1), ended: new Promise(() => undefined), terminate };
      },
    });
    client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    [published, changed] = [[], []];
    client.onNotification('textDocument/publishDiagnostics', (p: PublishDiagnosticsParams) => void published.push(p));
    client.onNotification(changedNotification.method, (p: { uri: string }) => void changed.push(p.uri));
    client.listen();
    const answer = await client.sendRequest<{ capabilities: { notebookDocumentSync?: unknown } }>('initialize', {
      processId: null,
      rootUri: null,
      capabilities: {},
    });
    assert.ok(answer.capabilities.notebookDocumentSync);
    await client.sendNotification('initialized', {});
  });

  afterEach(async () => {
    await client.sendRequest('shutdown');
    client.dispose();
  });

  const cells: readonly (readonly [string, number, string, string])[] = [
    ['a', MARKUP, 'markdown', '$L = w x$ and $\\frac{\\partial L}{\\partial w} = 2x$'],
    ['b', CODE, 'python', 'x = 2.0\nw = 3.0'],
  ];
  const open = () =>
    client.sendNotification('notebookDocument/didOpen', {
      notebookDocument: {
        uri: NOTEBOOK,
        notebookType: 'jupyter-notebook',
        version: 1,
        cells: cells.map(([name, kind]) => ({ kind, document: uri(name) })),
      },
      cellTextDocuments: cells.map(([name, , languageId, text]) => ({ uri: uri(name), languageId, version: 1, text })),
    });
  const hover = async (cell: string, character: number) => {
    const answer = await client.sendRequest<Hover | null>('textDocument/hover', {
      textDocument: { uri: uri(cell) },
      position: { line: 0, character },
    });
    return answer && (answer.contents as MarkupContent).value;
  };
  const until = async (condition: () => boolean) => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
  };

  it('cells share their names: a formula is evaluated with what the code says', async () => {
    await open();
    await until(() => changed.includes(uri('a')));
    assert.match((await hover('a', 1)) ?? '', /`L` = \*\*6\*\*/);
  });

  it('what is wrong in a cell is shown there', async () => {
    await open();
    await until(() => published.some((p) => p.uri === uri('a')));
    const found = published.find((p) => p.uri === uri('a'))?.diagnostics ?? [];
    assert.deepEqual(
      found.map((d) => [d.code, d.range.start.character, d.range.end.character]),
      [['wrong-derivative', 47, 49]],
    );
  });

  it('a change in one cell is news for the others', async () => {
    await open();
    await until(() => changed.includes(uri('a')));
    changed = [];
    await client.sendNotification('notebookDocument/didChange', {
      notebookDocument: { uri: NOTEBOOK, version: 2 },
      change: {
        cells: {
          textContent: [
            {
              document: { uri: uri('b'), version: 2 },
              changes: [{ range: { start: { line: 0, character: 4 }, end: { line: 0, character: 7 } }, text: '5.0' }],
            },
          ],
        },
      },
    });
    await until(() => changed.includes(uri('a')));
    assert.match((await hover('a', 1)) ?? '', /`L` = \*\*15\*\*/);
  });

  it('after it is closed nothing is said of its cells', async () => {
    await open();
    await until(() => changed.includes(uri('b')));
    await client.sendNotification('notebookDocument/didClose', {
      notebookDocument: { uri: NOTEBOOK },
      cellTextDocuments: cells.map(([name]) => ({ uri: uri(name) })),
    });
    assert.equal(await hover('a', 1), null);
  });
});
