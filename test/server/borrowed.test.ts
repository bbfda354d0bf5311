import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { BorrowedDocuments } from '../../src/server/borrowed';
import type { SourceDocument } from '../../src/service/languageService';

const FILE = 'file:///work/layers.py';

function setUp(files: Record<string, string>) {
  const open = new Map<string, TextDocument>();
  const known = new Map<string, string>();
  const borrowed = new BorrowedDocuments(
    {
      update: async ({ uri, languageId, text }: SourceDocument) => void known.set(uri, `${languageId}: ${text}`),
      close: async (uri: string) => void known.delete(uri),
    },
    { get: (uri) => open.get(uri) },
    { text: async (uri) => files[uri] ?? null },
  );
  return { borrowed, open, known };
}

describe('borrowed documents', () => {
  it('are known to the service for the time of the work, and no longer', async () => {
    const { borrowed, known } = setUp({ [FILE]: 'x = 1' });
    assert.equal(await borrowed.with(FILE, 'absent', async () => known.get(FILE)), 'python: x = 1');
    assert.equal(known.size, 0);
  });

  it('stay while another request needs them', async () => {
    const { borrowed, known } = setUp({ [FILE]: 'x = 1' });
    let finish = () => undefined as void;
    const first = borrowed.with(FILE, 0, () => new Promise<number>((resolve) => (finish = () => resolve(known.size))));
    assert.equal(await borrowed.with(FILE, 0, async () => known.size), 1);
    finish();
    assert.equal(await first, 1);
    assert.equal(known.size, 0);
  });

  it('are given back when the work fails', async () => {
    const { borrowed, known } = setUp({ [FILE]: 'x = 1' });
    await assert.rejects(
      borrowed.with(FILE, 0, () => Promise.reject(new Error('no'))),
      /no/,
    );
    assert.equal(known.size, 0);
  });

  it('are absent where there is no such file, or no language for it', async () => {
    const { borrowed } = setUp({ 'file:///work/a.png': 'PNG' });
    const work = () => Promise.reject(new Error('not to be done'));
    assert.equal(await borrowed.with(FILE, 'absent', work), 'absent');
    assert.equal(await borrowed.with('file:///work/a.png', 'absent', work), 'absent');
  });

  it('are left to the editor that opens them meanwhile', async () => {
    const { borrowed, open, known } = setUp({ [FILE]: 'x = 1' });
    await borrowed.with(FILE, undefined, async () => {
      open.set(FILE, TextDocument.create(FILE, 'python', 1, 'x = 2'));
    });
    assert.equal(known.size, 1);
    assert.equal(await borrowed.with(FILE, 0, async () => 3), 3);
  });
});
