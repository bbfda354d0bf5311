import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { filesAround, type Folders, LISTING_LIMITS } from '../../src/service/filesAround';
import { createLanguageService } from '../../src/service';

const FILES: Readonly<Record<string, number>> = {
  'a/b/home.py': 10,
  'a/b/near.py': 10,
  'a/b/notes.txt': 10,
  'a/b/c/inner.py': 10,
  'a/b/.hidden/x.py': 10,
  'a/b/node_modules/x.py': 10,
  'a/beside.py': 10,
  'a/large.py': 1_000_000,
  'top.py': 10,
  'z/far.py': 10,
};

const folders: Folders = {
  entries: async (folder) => {
    const inside = `${folder.slice('file:///w'.length)}/`.replace(/^\//, '');
    const names = new Map<string, boolean>();
    for (const file of Object.keys(FILES)) {
      if (!file.startsWith(inside)) continue;
      const [name = '', ...rest] = file.slice(inside.length).split('/');
      names.set(name, rest.length > 0);
    }
    if (names.size === 0) throw new Error('no such folder');
    return [...names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, isFolder]) => ({ name, isFolder }));
  },
  size: async (file) => FILES[file.slice('file:///w/'.length)],
};

const around = async (limits = LISTING_LIMITS, root = 'file:///w') =>
  (await filesAround(folders, 'file:///w/a/b/home.py', root, '.py', limits)).map((f) => f.slice('file:///w/'.length));

describe('files around a document', () => {
  it('are listed from near to far, without hidden, installed and large ones', async () => {
    assert.deepEqual(await around(), ['a/b/near.py', 'a/b/c/inner.py', 'a/beside.py', 'top.py', 'z/far.py']);
  });

  it('are not looked for outside the root', async () => {
    assert.deepEqual(await around(LISTING_LIMITS, 'file:///w/a/b'), ['a/b/near.py', 'a/b/c/inner.py']);
    assert.deepEqual(await around(LISTING_LIMITS, 'file:///w/z'), []);
  });

  it('are bounded in number, bytes and folders', async () => {
    assert.deepEqual(await around({ ...LISTING_LIMITS, files: 2 }), ['a/b/near.py', 'a/b/c/inner.py']);
    assert.deepEqual(await around({ ...LISTING_LIMITS, bytes: 25 }), ['a/b/near.py', 'a/b/c/inner.py']);
    assert.deepEqual(await around({ ...LISTING_LIMITS, folders: 1 }), ['a/b/near.py']);
  });

  it('are read once, not at every keystroke; open ones never', async () => {
    const asked: string[] = [];
    const files: Readonly<Record<string, string>> = {
      'file:///w/run.py': 'from model import f\nf(0.5)\n',
      'file:///w/open.py': 'nothing',
    };
    const service = createLanguageService({
      roots: async () => ['file:///w'],
      bytes: async () => null,
      text: async (uri) => {
        asked.push(uri);
        return files[uri] ?? null;
      },
      near: async (uri, ending) => {
        asked.push(`${uri} ${ending}`);
        return Object.keys(files);
      },
    });
    const update = (uri: string, version: number, text: string) =>
      service.update({ uri, languageId: 'python', version, text });
    await update('file:///w/open.py', 1, '# unsaved');
    const model = (constant: number) => `import math\ndef f(x):\n    return math.exp(x) * ${constant}\n`;
    for (let version = 1; version <= 3; version++) {
      await update('file:///w/model.py', version, model(version));
      const hover = await service.hover('file:///w/model.py', { line: 1, character: 6 });
      assert.match(JSON.stringify(hover), /from the call in run\.py, line 2/);
    }
    assert.deepEqual(asked, ['file:///w/model.py .py', 'file:///w/run.py']);
    // The unsaved text of an open file counts.
    await update('file:///w/run.py', 1, '\nfrom model import f\nf(0.5)\n');
    await update('file:///w/model.py', 4, model(4));
    const hover = await service.hover('file:///w/model.py', { line: 1, character: 6 });
    assert.match(JSON.stringify(hover), /from the call in run\.py, line 3/);
  });
});
