import assert from 'node:assert/strict';
import path from 'node:path';
import { afterEach, describe, it } from 'mocha';
import { type CancellationToken, CancellationTokenSource } from 'vscode-languageserver';
import { Cancelled, EvaluationEnded, EvaluationHost, type HostLimits } from '../../src/server/host';
import { startThread } from '../../src/server/node/thread';
import type { WorkspaceReader } from '../../src/service/languageService';

const WORKER = path.join(__dirname, 'support', 'worker.cjs');
const AT = { line: 0, character: 0 };

const reader: WorkspaceReader = {
  text: async (uri) => (uri === 'file:///known' ? 'its text' : null),
  bytes: async () => null,
  roots: async () => ['file:///root'],
};

describe('EvaluationHost', () => {
  let host: EvaluationHost;
  let log: string[];
  let restarts: number;
  afterEach(() => host.dispose());

  function start(limits: Partial<HostLimits> = {}, file = WORKER): void {
    log = [];
    restarts = 0;
    host = new EvaluationHost({
      startWorker: () => startThread(file),
      reader,
      log: (line) => log.push(line),
      restarted: () => restarts++,
      limits,
    });
  }

  const open = (uri: string, text: string, version = 1) => host.update({ uri, languageId: 'python', version, text });
  const hover = async (uri: string) => (await host.call('hover', [uri, AT], { uri }))?.markdown;
  const ended = (code: EvaluationEnded['code'], message?: RegExp) => (error: Error) => {
    assert.ok(error instanceof EvaluationEnded, String(error));
    assert.equal(error.code, code);
    if (message) assert.match(error.message, message);
    return true;
  };

  it('answers from the newest text, without waiting for the change to be acknowledged', async () => {
    start();
    void open('a', 'x = 1');
    void open('a', 'x = 2', 2);
    assert.equal(await hover('a'), '2: x = 2');
  });

  it('says when the worker has a text', async () => {
    start();
    const taken = open('a', 'x = 1');
    assert.equal(host.isSynchronised('a'), false);
    await taken;
    assert.equal(host.isSynchronised('a'), true);
    await host.close('a');
    assert.equal(await hover('a'), 'not open');
  });

  it('reads the workspace on behalf of the worker', async () => {
    start();
    await open('a', 'read file:///known');
    assert.equal(await hover('a'), 'its text');
    await open('a', 'read file:///unknown', 2);
    assert.equal(await hover('a'), 'null');
    await open('a', 'roots', 3);
    assert.equal(await hover('a'), '["file:///root"]');
  });

  it('recurses tens of thousands of frames deep', async () => {
    start();
    await open('a', 'recurse 20000');
    assert.equal(await hover('a'), '20000');
  });

  it('passes on what the service throws, and goes on', async () => {
    start();
    await open('a', 'throw');
    await open('b', 'fine');
    await assert.rejects(hover('a'), /the service is broken/);
    assert.equal(await hover('b'), '1: fine');
    assert.equal(restarts, 0);
  });

  it('ends an evaluation over its deadline, says so, and knows all documents again', async () => {
    start({ deadline: 300 });
    await open('a', 'fine');
    await open('b', 'hang');
    const waiting = hover('b');
    const behind = hover('a');
    await assert.rejects(waiting, ended('deadline', /^Evaluation took longer than 0.3 s and was ended$/));
    assert.equal(await behind, '1: fine');
    assert.equal(restarts, 1);
    assert.match(log.join('\n'), /hover took longer than 300 ms \(b\)/);
  });

  it('leaves a text alone that has cost two workers, until it changes', async () => {
    start({ deadline: 200 });
    await open('b', 'hang');
    await assert.rejects(hover('b'), ended('deadline'));
    await assert.rejects(hover('b'), ended('deadline'));
    const before = Date.now();
    await assert.rejects(hover('b'), ended('deadline'));
    assert.ok(Date.now() - before < 100, 'the third answer came at once');
    assert.equal(restarts, 2);
    await open('b', 'mended', 2);
    assert.equal(await hover('b'), '2: mended');
  });

  it('survives a text that hangs while it is taken in', async () => {
    start({ deadline: 200 });
    await open('a', 'fine');
    await open('b', 'hang on update');
    assert.equal(await hover('a'), '1: fine');
    await assert.rejects(hover('b'), ended('deadline'));
    await open('b', 'mended', 2);
    assert.equal(await hover('b'), '2: mended');
  });

  it('survives a worker that runs out of memory', async function () {
    this.timeout(60_000);
    log = [];
    restarts = 0;
    host = new EvaluationHost({
      startWorker: () => startThread(WORKER, { heapMegabytes: 32 }),
      reader,
      restarted: () => restarts++,
    });
    await open('a', 'fine');
    await open('b', 'eat');
    await assert.rejects(hover('b'), ended('memory', /^Evaluation ran out of memory/));
    assert.equal(await hover('a'), '1: fine');
    assert.equal(restarts, 1);
  });

  it('drops a cancelled request before the worker hears of it', async () => {
    start();
    await open('a', 'busy 100');
    const source = new CancellationTokenSource();
    const first = hover('a');
    const second = host.call('hover', ['a', AT], { uri: 'a', token: source.token });
    source.cancel();
    await assert.rejects(second, Cancelled);
    assert.equal(await first, '1: busy');
    assert.equal(restarts, 0);
  });

  it('answers interactive requests before those in the background', async () => {
    start();
    await open('a', 'busy 30');
    const order: string[] = [];
    const note = (name: string) => () => void order.push(name);
    await Promise.all([
      hover('a').then(note('running')),
      host.call('diagnostics', ['a'], { uri: 'a', urgency: 'background' }).then(note('background')),
      hover('a').then(note('interactive')),
    ]);
    assert.deepEqual(order, ['running', 'interactive', 'background']);
  });

  it('ends an abandoned evaluation that others wait for', async () => {
    start({ abandoned: 100, deadline: 20_000 });
    await open('a', 'fine');
    await open('b', 'hang');
    const source = new CancellationTokenSource();
    const abandoned = host.call('hover', ['b', AT], { uri: 'b', token: source.token });
    setTimeout(() => source.cancel(), 50);
    await assert.rejects(abandoned, Cancelled);
    assert.equal(await hover('a'), '1: fine');
    assert.equal(restarts, 1);
  });

  it('lets an abandoned evaluation end by itself where nobody waits', async () => {
    start({ abandoned: 20 });
    await open('a', 'busy 200');
    const source = new CancellationTokenSource();
    const abandoned = host.call('hover', ['a', AT], { uri: 'a', token: source.token });
    setTimeout(() => source.cancel(), 20);
    await assert.rejects(abandoned, Cancelled);
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.equal(await hover('a'), '1: busy');
    assert.equal(restarts, 0);
  });

  describe('an evaluation that says how far it is', () => {
    const check = (uri: string, report: (done: number, all: number) => void, token?: CancellationToken) =>
      host.call('check', [uri, {}], { uri, report, ...(token ? { token } : {}) });

    it('may take longer than the deadline, which counts from its last word', async () => {
      start({ deadline: 400 });
      await open('a', 'steps 100');
      const heard: number[] = [];
      assert.deepEqual(await check('a', (done) => heard.push(done)), []);
      assert.ok(heard.length > 4, `${heard.length} reports`);
      await open('a', 'hang', 2);
      await assert.rejects(
        check('a', () => undefined),
        ended('deadline'),
      );
    });

    it('is ended when nobody waits for it any more, though nobody else waits', async () => {
      start({ abandoned: 50, deadline: 20_000 });
      await open('a', 'steps 100000');
      const source = new CancellationTokenSource();
      let last = 0;
      const running = check('a', () => (last = Date.now()), source.token);
      setTimeout(() => source.cancel(), 300);
      await assert.rejects(running, Cancelled);
      const cancelled = Date.now();
      await new Promise((resolve) => setTimeout(resolve, 500));
      assert.equal(restarts, 1);
      assert.ok(last > 0 && last - cancelled < 200, 'nothing is heard of it afterwards');
      await open('a', 'fine', 2);
      assert.equal(await hover('a'), '2: fine');
    });
  });

  it('loses leases with the worker', async () => {
    start();
    await open('a', 'fine');
    await host.call('openTrace', [{ uri: 'a' }], { uri: 'a' });
    assert.deepEqual(await host.call('rows', ['a', 0, 10]), []);
    host.restart();
    assert.equal(await host.call('rows', ['a', 0, 10]), null);
    assert.equal(restarts, 1);
  });

  it('gives up after three workers that do not load, and says so', async () => {
    start({}, path.join(__dirname, 'support', 'no-such-worker.ts'));
    await assert.rejects(hover('a'), ended('unavailable', /could not be started/));
    await open('a', 'fine');
    await assert.rejects(hover('a'), ended('unavailable'));
    assert.equal(log.length, 3);
  });
});
