import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { includedTexts } from '../../../src/languages/tex/inclusions';
import { CURSOR, open } from '../../support/service';

const files = {
  'macros.tex': '\\newcommand{\\pd}[2]{\\frac{\\partial #1}{\\partial #2}}',
  'notation.sty': '\\RequirePackage{letters}\\newcommand{\\weight}[1][1]{w_{#1}}',
  'letters.sty': '\\newcommand{\\loss}{\\mathcal{L}}',
  'main.tex': '\\usepackage{notation}\\input{chapters/first}',
  'chapters/first.tex': '$x$',
};

function texts(text: string, name = 'document.tex', have: Readonly<Record<string, string>> = files) {
  const asked: string[] = [];
  const workspace = {
    roots: ['file:///workspace/'],
    bytes: () => null,
    text(uri: string) {
      asked.push(uri);
      return have[uri.replace('file:///workspace/', '')] ?? null;
    },
  };
  const document = { uri: `file:///workspace/${name}`, languageId: 'latex', version: 1, text };
  return { texts: includedTexts(document, workspace), asked };
}

describe('files that a TeX document reads', () => {
  it('are looked up beside it, packages with what they need before them', () => {
    assert.deepEqual(texts('\\input{macros}\\usepackage{amsmath,notation}').texts, [
      files['macros.tex'],
      files['letters.sty'],
      files['notation.sty'],
    ]);
  });

  it('of a chapter are those of its main file too', () => {
    const { texts: found } = texts('% !TEX root = ../main.tex\n$x$', 'chapters/first.tex');
    assert.ok(found.includes(files['letters.sty']));
  });

  it('that read each other are read once', () => {
    const have = { 'a.tex': '\\input{b}', 'b.tex': '\\input{a}\\input{document}' };
    assert.deepEqual(texts('\\input{a}', 'document.tex', have).texts, ['\\input{a}\\input{document}', '\\input{b}']);
  });

  it('are asked for only where the text names them', () => {
    assert.deepEqual(texts('no files, $x = 1$').asked, []);
  });

  it('give their macros to the formulas', async () => {
    const text = `\\usepackage{notation}\\input{macros}\n$\\loss = \\weight^2$, $w_1 = 3$, $\\pd{\\loss}{\\weight${CURSOR}}$`;
    const { service, uri, cursors } = await open(text, 'latex', files);
    const hover = await service.hover(uri, cursors[0] ?? { line: 0, character: 0 });
    assert.match(hover?.markdown ?? '', /∂`\\mathcal\{L\}` \/ ∂`w_1` = \*\*6\*\*/);
  });
});
