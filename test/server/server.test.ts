import assert from 'node:assert/strict';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import {
  CancellationTokenSource,
  type CodeAction,
  CodeActionTriggerKind,
  createConnection,
  createProtocolConnection,
  type DocumentSymbol,
  type Hover,
  type MarkupContent,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  ProgressType,
  StreamMessageWriter,
  SymbolKind,
} from 'vscode-languageserver/node';
import {
  changedNotification,
  type CheckProgress,
  checkRequest,
  closeTraceRequest,
  listRequest,
  locateRequest,
  openTraceRequest,
  type RequestSpec,
  rowsRequest,
} from '../../src/protocol';
import { nodeFiles } from '../../src/server/node/files';
import { startThread } from '../../src/server/node/thread';
import { startServer } from '../../src/server/server';

const WORKER = path.join(__dirname, 'support', 'worker.cjs');
const URI = 'file:///a.py';
const AT = { line: 0, character: 2 };

describe('language server', () => {
  let client: ProtocolConnection;
  let published: PublishDiagnosticsParams[];
  let changed: { uri: string; version: number }[];
  let logged: string[];

  // A rejection that nobody handles ends a process of Node, and with it the server.
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => void unhandled.push(reason);
  before(() => process.on('unhandledRejection', note));
  after(() => process.off('unhandledRejection', note));

  beforeEach(async () => {
    const [up, down] = [new PassThrough(), new PassThrough()];
    startServer({
      connection: createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)),
      files: nodeFiles,
      startWorker: () => startThread(WORKER),
      limits: { deadline: 600 },
    });
    client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    [published, changed, logged] = [[], [], []];
    client.onNotification(
      'textDocument/publishDiagnostics',
      (params: PublishDiagnosticsParams) => void published.push(params),
    );
    client.onNotification(changedNotification.method, (params) => void changed.push(params));
    client.onNotification('window/logMessage', ({ message }: { message: string }) => void logged.push(message));
    client.listen();
    const answer = await client.sendRequest<{ capabilities: Record<string, unknown> }>('initialize', {
      processId: null,
      rootUri: null,
      capabilities: {},
      workspaceFolders: [{ uri: 'file:///workspace', name: 'workspace' }],
    });
    assert.equal(answer.capabilities['hoverProvider'], true);
    await client.sendNotification('initialized', {});
  });

  afterEach(async () => {
    await client.sendRequest('shutdown');
    client.dispose();
    assert.deepEqual(unhandled.splice(0), []);
  });

  const open = (text: string, uri = URI) =>
    client.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'python', version: 1, text },
    });
  const replace = (version: number, text: string) =>
    client.sendNotification('textDocument/didChange', {
      textDocument: { uri: URI, version },
      contentChanges: [{ text }],
    });
  const hover = async (position = AT, uri = URI) => {
    const answer = await client.sendRequest<Hover | null>('textDocument/hover', {
      textDocument: { uri },
      position,
    });
    return answer && (answer.contents as MarkupContent).value;
  };
  const ask = <P, R>({ method }: RequestSpec<P, R>, params: P) => client.sendRequest<R>(method, params);
  const until = async (condition: () => boolean) => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
  };

  it('follows edits of parts of a text', async () => {
    await open('x = 1\ny = 2');
    await client.sendNotification('textDocument/didChange', {
      textDocument: { uri: URI, version: 2 },
      contentChanges: [{ range: { start: { line: 1, character: 4 }, end: { line: 1, character: 5 } }, text: '33' }],
    });
    assert.equal(await hover(), '2: x = 1\ny = 33');
  });

  it('says nothing about documents that are not open', async () => {
    assert.equal(await hover(AT, 'file:///closed.py'), null);
  });

  it('knows the folders of the workspace', async () => {
    await open('roots');
    assert.equal(await hover(), '["file:///workspace"]');
  });

  it('answers with an outline', async () => {
    await open('f');
    const symbols = await client.sendRequest<DocumentSymbol[]>('textDocument/documentSymbol', {
      textDocument: { uri: URI },
    });
    assert.deepEqual(
      symbols.map(({ name, kind, children }) => [name, kind, children]),
      [['1: f', SymbolKind.Function, []]],
    );
  });

  it('tells the editor when a new text is known, with its version', async () => {
    await open('x = 1');
    await replace(2, 'x = 2');
    await until(() => changed.some(({ version }) => version === 2));
    assert.deepEqual(changed.at(-1), { uri: URI, version: 2 });
  });

  it('tells of documents anew when what they read has changed: in an open document, or on disk', async () => {
    await open('reads file:///b.py');
    await open('y = 1', 'file:///b.py');
    await until(() => changed.filter(({ uri }) => uri === URI).length === 2);
    await client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: 'file:///b.py', type: 2 }] });
    await until(() => changed.filter(({ uri }) => uri === URI).length === 3);
    assert.equal(changed.filter(({ uri }) => uri === 'file:///b.py').length, 1);
  });

  it('has the files watched that documents read, where the editor can', async () => {
    const [up, down] = [new PassThrough(), new PassThrough()];
    startServer({
      connection: createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)),
      startWorker: () => startThread(WORKER),
    });
    const other = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    const registered: unknown[] = [];
    other.onRequest('client/registerCapability', (params: unknown) => void registered.push(params));
    other.listen();
    const workspace = { didChangeWatchedFiles: { dynamicRegistration: true } };
    await other.sendRequest('initialize', { processId: null, rootUri: null, capabilities: { workspace } });
    await other.sendNotification('initialized', {});
    await until(() => registered.length > 0);
    assert.match(JSON.stringify(registered[0]), /workspace\/didChangeWatchedFiles.*tex,sty/);
    await other.sendRequest('shutdown');
    other.dispose();
  });

  it('offers the fix of a diagnostic, and the comment that silences it', async () => {
    await open('all wrong');
    const range = { start: AT, end: { line: 0, character: 5 } };
    const diagnostic = { range, severity: 2, code: 'wrong-value', source: 'wengert', message: 'should be 6' };
    const silence = { at: { line: 1, character: 0 }, text: '<!-- wengert: ignore -->\n' };
    const ask = (diagnostics: unknown[], only?: string[]) =>
      client.sendRequest<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri: URI },
        range,
        context: { diagnostics, ...(only ? { only } : {}) },
      });
    const actions = await ask([
      { ...diagnostic, data: { fix: '6', silence } },
      { ...diagnostic, source: 'another', data: { fix: '7' } },
      diagnostic,
    ]);
    assert.deepEqual(
      actions.map(({ title, kind, isPreferred, edit }) => ({ title, kind, isPreferred, edits: edit?.changes?.[URI] })),
      [
        { title: 'Write 6', kind: 'quickfix', isPreferred: true, edits: [{ range, newText: '6' }] },
        {
          title: 'Leave this alone: add <!-- wengert: ignore -->',
          kind: 'quickfix',
          isPreferred: undefined,
          edits: [{ range: { start: silence.at, end: silence.at }, newText: silence.text }],
        },
      ],
    );
    assert.deepEqual(await ask([{ ...diagnostic, data: { fix: '6' } }], ['refactor']), []);
    // Of a derivative by hand: as many as would mend it, the likeliest preferred.
    const fixes = ['2 * x', 'x + x'].map((newText) => ({ title: `Write ${newText}`, edits: [{ range, newText }] }));
    const mends = await ask([{ ...diagnostic, code: 'gradient-mismatch', data: { fixes } }]);
    assert.deepEqual(
      mends.map(({ title, isPreferred, edit }) => [title, isPreferred, edit?.changes?.[URI]?.[0]?.newText]),
      [
        ['Write 2 * x', true, '2 * x'],
        ['Write x + x', undefined, 'x + x'],
      ],
    );
  });

  it('offers comments for what is unknown when it is asked, not with every movement of the cursor', async () => {
    await open('all unknown');
    const ask = (triggerKind?: CodeActionTriggerKind) =>
      client.sendRequest<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri: URI },
        range: { start: AT, end: AT },
        context: { diagnostics: [], ...(triggerKind ? { triggerKind } : {}) },
      });
    const start = { line: AT.line, character: 0 };
    const fix = {
      title: 'Give 1: all unknown',
      kind: 'quickfix',
      edit: { changes: { [URI]: [{ range: { start, end: start }, newText: '# given\n' }] } },
    };
    assert.deepEqual(await ask(CodeActionTriggerKind.Invoked), [fix]);
    assert.deepEqual(await ask(), [fix]);
    assert.deepEqual(await ask(CodeActionTriggerKind.Automatic), []);
    await replace(2, 'all known');
    assert.deepEqual(await ask(CodeActionTriggerKind.Invoked), []);
    await replace(3, 'throw');
    assert.deepEqual(await ask(CodeActionTriggerKind.Invoked), [], 'a failed evaluation offers nothing');
  });

  it('publishes diagnostics with their fix, once the typing pauses, and takes them back', async () => {
    await open('all wrong');
    await replace(2, 'still wrong');
    await until(() => published.length > 0);
    assert.deepEqual(published, [
      {
        uri: URI,
        version: 2,
        diagnostics: [
          {
            range: { start: { line: 0, character: 0 }, end: { line: 0, character: 5 } },
            severity: 2,
            code: 'wrong-value',
            source: 'wengert',
            message: '2: still wrong',
            data: { fix: 'right' },
          },
        ],
      },
    ]);
    await client.sendNotification('textDocument/didClose', { textDocument: { uri: URI } });
    await until(() => published.length > 1);
    assert.deepEqual(published[1]?.diagnostics, []);
  });

  it('lets go of diagnostics that are under way when the text changes', async () => {
    await open('busy 300');
    await until(() => changed.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await replace(2, 'all wrong');
    await until(() => published.length > 0);
    assert.deepEqual(
      published.map(({ version, diagnostics }) => [version, diagnostics.length]),
      [[2, 1]],
    );
  });

  it('answers a hover from before, marked, when the newest text is not read within 150 ms', async () => {
    await open('x = 1');
    assert.equal(await hover(), '1: x = 1');
    await open('busy 500', 'file:///slow.py');
    await until(() => changed.some(({ uri }) => uri === 'file:///slow.py'));
    const slow = hover(AT, 'file:///slow.py');
    await replace(2, 'x = 1\n# more');
    const before = Date.now();
    const answer = await hover();
    const waited = Date.now() - before;
    assert.match(answer ?? '', /^1: x = 1\n\n\*The newest text is still being evaluated/);
    assert.ok(waited >= 140 && waited < 300, `${waited} ms`);
    await slow;
    assert.equal(await hover(), '2: x = 1\n# more');
  });

  it('answers with a reason when an evaluation is ended, and goes on', async () => {
    await open('hang');
    assert.equal(await hover(), '*Evaluation took longer than 0.6 s and was ended.*');
    await replace(2, 'mended');
    assert.equal(await hover(), '2: mended');
    assert.deepEqual(await ask(openTraceRequest, { uri: URI }), {
      state: 'unknown',
      unknown: {
        code: 'test',
        reason: '2: mended',
        range: { start: { line: 0, character: 0 }, end: { line: 0, character: 5 } },
      },
    });
  });

  it('announces documents anew when a worker is lost, so that views ask again', async () => {
    await open('fine');
    await until(() => changed.length === 1);
    await open('hang', 'file:///hang.py');
    await hover(AT, 'file:///hang.py');
    await until(() => changed.filter(({ uri }) => uri === URI).length === 2);
  });

  it('gives traces on lease', async () => {
    await open('fine');
    await ask(openTraceRequest, { uri: URI });
    assert.deepEqual(await ask(rowsRequest, { lease: URI, from: 0, count: 5 }), []);
    assert.equal(await ask(locateRequest, { lease: URI, position: AT }), 1);
    assert.equal(await ask(closeTraceRequest, { lease: URI }), null);
    assert.equal(await ask(rowsRequest, { lease: URI, from: 0, count: 5 }), null);
    assert.deepEqual(await ask(listRequest, { uri: URI }), []);
  });

  it('asks nothing of an editor that it has not said it can', async () => {
    await open('fine');
    await hover();
    assert.deepEqual(logged, []);
  });

  it('keeps exceptions to its log', async () => {
    await open('throw');
    assert.equal(await hover(), null);
    const answer = await ask(openTraceRequest, { uri: URI });
    assert.equal(answer.state === 'unknown' && answer.unknown.code, 'internal');
    assert.ok(!JSON.stringify(answer).includes('broken'));
    assert.match(logged.join('\n'), /the service is broken[^]*at .*service\.ts/);
  });

  it('refuses what is not in the protocol, in one sentence', async () => {
    await assert.rejects(client.sendRequest('wengert/rows', { lease: 7 }), /wengert\/rows: .*lease/s);
    await open('hang');
    await assert.rejects(ask(checkRequest, { uri: URI }), /^Error: Evaluation took longer than 0.6 s and was ended$/);
  });

  it('checks in full as long as it takes, says how far it is, and stops when nobody wants it', async () => {
    await open('steps 120');
    const heard: CheckProgress[] = [];
    const progress = new ProgressType<CheckProgress>();
    client.onProgress(progress, 'p1', (each) => void heard.push(each));
    assert.deepEqual(await ask(checkRequest, { uri: URI, full: true, progressToken: 'p1' }), []);
    assert.ok(heard.length > 4, `${heard.length} reports`);
    assert.equal(heard[0]?.all, 120);

    await replace(2, 'steps 100000');
    const source = new CancellationTokenSource();
    const begun = new Promise<unknown>((resolve) => void client.onProgress(progress, 'p2', resolve));
    const running = client.sendRequest(
      checkRequest.method,
      { uri: URI, full: true, progressToken: 'p2' },
      source.token,
    );
    // The text that it found is the one that it goes on with.
    await begun;
    // Meanwhile the other workers answer.
    await replace(3, 'steps 1');
    assert.equal(await hover(), '3: steps 1');
    assert.deepEqual(await ask(checkRequest, { uri: URI }), []);
    source.cancel();
    await assert.rejects(running, /cancelled/);
    assert.deepEqual(await ask(checkRequest, { uri: URI, full: true }), []);
  });

  it('drops a cancelled request', async () => {
    await open('busy 300');
    const source = new CancellationTokenSource();
    const first = hover();
    const second = client.sendRequest('textDocument/hover', { textDocument: { uri: URI }, position: AT }, source.token);
    setTimeout(() => source.cancel(), 20);
    await assert.rejects(second, /cancelled/);
    assert.equal(await first, '1: busy');
  });
});
