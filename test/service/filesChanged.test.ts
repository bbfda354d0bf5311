import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createLanguageService } from '../../src/service';
import type { WorkspaceReader } from '../../src/service/languageService';

const ROOT = 'file:///workspace/';

/** A service over files that can be changed. */
function opened(files: Record<string, string>) {
  const reader: WorkspaceReader = {
    text: async (uri) => files[uri.slice(ROOT.length)] ?? null,
    bytes: async (uri) => {
      const text = files[uri.slice(ROOT.length)];
      return text === undefined ? null : new TextEncoder().encode(text);
    },
    roots: async () => [ROOT],
  };
  const service = createLanguageService(reader);
  let version = 0;
  return {
    service,
    open: (name: string, text: string, languageId = 'latex') =>
      service.update({ uri: ROOT + name, languageId, version: ++version, text }),
    write: (name: string, text: string | undefined) => {
      if (text === undefined) delete files[name];
      else files[name] = text;
      return service.filesChanged([ROOT + name]);
    },
    wrong: async (name: string) => (await service.diagnostics(ROOT + name)).map(({ message }) => message.split(':')[0]),
    value: async (name: string) => (await service.exportTraces({ uri: ROOT + name, of: 'y' }))[0]?.output?.value,
  };
}

const MAIN = String.raw`\input{constants}
$f = a^2$, $\frac{df}{da} = 6$`;

describe('a file that a document reads', () => {
  it('is read anew when it changes on disk, comes and goes', async () => {
    const { open, write, wrong } = opened({ 'constants.tex': '$a = 3$' });
    await open('main.tex', MAIN);
    assert.deepEqual(await wrong('main.tex'), []);
    assert.deepEqual(await write('constants.tex', '$a = 4$'), [`${ROOT}main.tex`]);
    assert.deepEqual(await wrong('main.tex'), ['should be 8']);
    assert.deepEqual(await write('constants.tex', undefined), [`${ROOT}main.tex`]);
    assert.deepEqual(await wrong('main.tex'), []);
    assert.deepEqual(await write('constants.tex', '$a = 5$'), [`${ROOT}main.tex`]);
    assert.deepEqual(await wrong('main.tex'), ['should be 10']);
  });

  it('counts as it stands in the editor, while it is open there', async () => {
    const { service, open, write, wrong } = opened({ 'constants.tex': '$a = 3$' });
    await open('main.tex', MAIN);
    assert.deepEqual(await open('constants.tex', '$a = 5$'), [`${ROOT}main.tex`]);
    assert.deepEqual(await wrong('main.tex'), ['should be 10']);
    assert.deepEqual(await write('constants.tex', '$a = 4$'), []);
    assert.deepEqual(await wrong('main.tex'), ['should be 10']);
    assert.deepEqual(await service.close(`${ROOT}constants.tex`), [`${ROOT}main.tex`]);
    assert.deepEqual(await wrong('main.tex'), ['should be 8']);
  });

  it('may be a package, with macros', async () => {
    const { open, write, wrong } = opened({ 'names.sty': '\\newcommand{\\rate}{a}' });
    await open('main.tex', '\\usepackage{names}\n$a = 3$, $b = 5$, $f = \\rate^2$, $\\frac{df}{d\\rate} = 6$');
    assert.deepEqual(await wrong('main.tex'), []);
    await write('names.sty', '\\newcommand{\\rate}{b}');
    assert.deepEqual(await wrong('main.tex'), ['should be 10']);
  });

  it('may be a module of Python, open or not', async () => {
    const { open, write, value } = opened({ 'helper.py': 'scale = 2.0\n' });
    await open('main.py', 'from helper import scale\nx = 3.0\ny = scale * x * x\n', 'python');
    assert.equal(await value('main.py'), 18);
    assert.deepEqual(await write('helper.py', 'scale = 3.0\n'), [`${ROOT}main.py`]);
    assert.equal(await value('main.py'), 27);
    assert.deepEqual(await open('helper.py', 'scale = 4.0\n', 'python'), [`${ROOT}main.py`]);
    assert.equal(await value('main.py'), 36);
  });

  it('is nothing to documents that do not read it', async () => {
    const { open, write } = opened({ 'constants.tex': '$a = 3$' });
    await open('other.tex', '$f = x^2$');
    assert.deepEqual(await write('constants.tex', '$a = 4$'), []);
  });
});
