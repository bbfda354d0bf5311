import assert from 'node:assert/strict';
import type { CheckItem } from '../../src/protocol';
import { CheckHost } from '../../src/server/checkHost';
import type { SourceDocument } from '../../src/service/languageService';

const FILE = 'file:///work/layers.py';
const RANGE = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };

/** A worker that answers with what it knows; `wait` holds its answers back. */
function setUp(files: Record<string, string>) {
  const open = new Map<string, SourceDocument>();
  const known = new Map<string, string>();
  let wait = Promise.resolve();
  let started = 0;
  const host = {
    update: async ({ uri, languageId, text }: SourceDocument) => void known.set(uri, `${languageId}: ${text}`),
    close: async (uri: string) => void known.delete(uri),
    call: async (_method: string, [uri]: readonly unknown[]) => {
      await wait;
      if (files[uri as string] === 'broken') throw new Error('no');
      const name = known.get(uri as string) ?? 'nothing';
      return [{ uri: uri as string, id: 'f', name, kind: 'backward', range: RANGE }] satisfies CheckItem[];
    },
    dispose: () => undefined,
  };
  const checks = new CheckHost(
    () => {
      started++;
      return host as never;
    },
    (uri) => open.get(uri),
    { text: async (uri) => files[uri] ?? null },
  );
  const names = async (uri: string) => (await checks.list(uri)).map(({ name }) => name);
  return { checks, names, open, known, started: () => started, hold: (until: Promise<void>) => (wait = until) };
}

describe('the worker of checks', () => {
  it('starts when the first check is asked for', async () => {
    const { names, started } = setUp({ [FILE]: 'x = 1' });
    assert.equal(started(), 0);
    await names(FILE);
    await names(FILE);
    assert.equal(started(), 1);
  });

  it('knows a file that nobody has open for the time of a request, and no longer', async () => {
    const { names, known } = setUp({ [FILE]: 'x = 1' });
    assert.deepEqual(await names(FILE), ['python: x = 1']);
    assert.equal(known.size, 0);
  });

  it('knows it as long as another request needs it', async () => {
    const { names, known, hold } = setUp({ [FILE]: 'x = 1' });
    let release = () => undefined as void;
    hold(new Promise((resolve) => (release = resolve)));
    const first = names(FILE);
    const second = names(FILE);
    release();
    assert.deepEqual(await Promise.all([first, second]), [['python: x = 1'], ['python: x = 1']]);
    assert.equal(known.size, 0);
  });

  it('is given a file back when a request fails', async () => {
    const { names, known } = setUp({ [FILE]: 'broken' });
    await assert.rejects(names(FILE), /no/);
    assert.equal(known.size, 0);
  });

  it('finds nothing in a file that is not there, or has no language', async () => {
    const { names } = setUp({ 'file:///work/a.png': 'PNG' });
    assert.deepEqual(await names(FILE), []);
    assert.deepEqual(await names('file:///work/a.png'), []);
  });

  it('has the newest text of an open document, and keeps it until it is closed', async () => {
    const { checks, names, open, known } = setUp({ [FILE]: 'x = 1' });
    open.set(FILE, { uri: FILE, languageId: 'python', version: 1, text: 'x = 2' });
    assert.deepEqual(await names(FILE), ['python: x = 2']);
    open.set(FILE, { uri: FILE, languageId: 'python', version: 2, text: 'x = 3' });
    assert.deepEqual(await names(FILE), ['python: x = 3']);
    assert.equal(known.size, 1);
    checks.close(FILE);
    assert.equal(known.size, 0);
  });

  it('keeps the newer text of a document that is opened while its file is read', async () => {
    const { checks, names, open, known } = setUp({ [FILE]: 'x = 1' });
    const lent = names(FILE);
    open.set(FILE, { uri: FILE, languageId: 'python', version: 1, text: 'x = 2' });
    assert.deepEqual(await Promise.all([lent, names(FILE)]), [['python: x = 2'], ['python: x = 2']]);
    assert.deepEqual([...known.values()], ['python: x = 2']);
    checks.close(FILE);
    assert.equal(known.size, 0);
  });

  it('goes on with a check of a document that is closed meanwhile', async () => {
    const { checks, names, open, known, hold } = setUp({ [FILE]: 'x = 1' });
    let release = () => undefined as void;
    hold(new Promise((resolve) => (release = resolve)));
    const lent = names(FILE);
    open.set(FILE, { uri: FILE, languageId: 'python', version: 1, text: 'x = 2' });
    const own = names(FILE);
    open.delete(FILE);
    checks.close(FILE);
    release();
    assert.deepEqual((await Promise.all([lent, own])).map(String), ['python: x = 1', 'python: x = 1']);
    assert.equal(known.size, 0);
  });
});
