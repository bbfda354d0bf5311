import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { MessageChannel } from 'node:worker_threads';
import { Channel, type Port, RemoteError } from '../../src/server/channel';

interface Arithmetic {
  add(a: number, b: number): Promise<number>;
  echo<T>(value: T): Promise<T>;
  fail(): Promise<never>;
  unclonable(): Promise<unknown>;
  later(milliseconds: number, value: string): Promise<string>;
  count(to: number, report?: (done: number, all: number) => boolean): Promise<string>;
}

const arithmetic: Arithmetic = {
  add: async (a, b) => a + b,
  echo: async (value) => value,
  fail: async () => {
    throw new RangeError('out of range');
  },
  unclonable: async () => () => 1,
  later: (milliseconds, value) => new Promise((resolve) => setTimeout(() => resolve(value), milliseconds)),
  async count(to, report) {
    for (let i = 1; i <= to; i++) {
      report?.(i, to);
      for (const end = Date.now() + 5; Date.now() < end;);
    }
    return report ? 'reported' : 'silent';
  },
};

describe('Channel', () => {
  const ports = new MessageChannel();
  const port = (end: 'port1' | 'port2'): Port => ({
    post: (message) => ports[end].postMessage(message),
    listen: (receive) => void ports[end].on('message', receive),
  });
  const remote = new Channel<Arithmetic>(port('port1'));
  new Channel(port('port2')).answerWith(arithmetic);

  after(() => ports.port1.close());

  it('greets', () => remote.greet());

  it('calls by name with typed arguments and results', async () => {
    assert.equal(await remote.call('add', 2, 5), 7);
  });

  it('carries NaN, infinities, undefined and typed arrays as they are', async () => {
    const value = {
      nan: NaN,
      inf: -Infinity,
      zero: -0,
      none: undefined,
      data: Float64Array.of(1.5, NaN),
    };
    assert.deepEqual(await remote.call('echo', value), value);
  });

  it('pairs answers with questions, whatever their order', async () => {
    const answers = [remote.call('later', 30, 'slow'), remote.call('later', 1, 'fast')];
    assert.deepEqual(await Promise.all(answers), ['slow', 'fast']);
  });

  it('hears how far a call is, while it runs, and not more often than anybody can read', async () => {
    const heard: number[] = [];
    const report = (done: number, all: number) => {
      assert.equal(all, 60);
      heard.push(done);
    };
    assert.equal(await remote.callReporting(report, 'count', 60), 'reported');
    assert.ok(heard.length >= 2 && heard.length <= 10, `${heard.length} reports`);
    assert.deepEqual(
      heard,
      [...heard].sort((a, b) => a - b),
    );
    assert.equal(await remote.call('count', 1), 'silent');
  });

  it('rejects with the message of an exception, and its stack apart from it', async () => {
    await assert.rejects(remote.call('fail'), (error: RemoteError) => {
      assert.ok(error instanceof RemoteError);
      assert.equal(error.message, 'fail: out of range');
      assert.match(error.remoteStack, /channel\.test/);
      return true;
    });
  });

  it('rejects an answer that can not be cloned, and a method that does not exist', async () => {
    await assert.rejects(remote.call('unclonable'), RemoteError);
    await assert.rejects(remote.call('missing' as 'fail'), /no such method/);
  });

  it('rejects what is waiting, and everything later, when it is closed', async () => {
    const waiting = remote.call('later', 1000, 'never');
    remote.close(new Error('gone'));
    await assert.rejects(waiting, /gone/);
    await assert.rejects(remote.call('add', 1, 1), /gone/);
  });
});
