import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { documentFrontEnd } from '../../../src/languages/document/frontEnd';
import { DEFAULT_BUDGET } from '../../../src/languages/frontEnd';
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
  const found = includedTexts(document, workspace);
  return { texts: found.map((t) => t.text.slice(t.from, t.to)), found, asked };
}

describe('files that a TeX document reads', () => {
  it('are looked up beside it, packages with what they need before them', () => {
    assert.deepEqual(texts('\\input{macros}\\usepackage{amsmath,notation}').texts, [
      files['macros.tex'],
      files['letters.sty'],
      '\\newcommand{\\weight}[1][1]{w_{#1}}',
    ]);
  });

  it('of a chapter are those of its main file too', () => {
    const { texts: found } = texts('% !TEX root = ../main.tex\n$x$', 'chapters/first.tex');
    assert.ok(found.includes(files['letters.sty']));
  });

  it('that read each other are read once', () => {
    const have = { 'a.tex': '\\input{b}', 'b.tex': '\\input{a}\\input{document}' };
    assert.deepEqual(texts('\\input{a}', 'document.tex', have).texts, []);
    const talking = { 'a.tex': 'before \\input{b} after', 'b.tex': '\\input{a} b' };
    assert.deepEqual(texts('\\input{a}\\input{a}', 'document.tex', talking).texts, ['before ', ' b', ' after']);
  });

  it('are asked for only where the text names them', () => {
    assert.deepEqual(texts('no files, $x = 1$').asked, []);
  });

  it('give their macros to the formulas', async () => {
    const text = `\\usepackage{notation}\\input{macros}\n$\\loss = \\weight^2$, $w_1 = 3$, $\\pd{\\loss}{\\weight${CURSOR}}$`;
    const { service, uri, cursors } = await open(text, 'latex', files);
    const hover = await service.hover(uri, cursors[0] ?? { line: 0, character: 0 });
    assert.match(hover?.markdown ?? '', /`∂L\/∂w₁` = \*\*6\*\*/);
  });

  it('come before and after a chapter as the main file reads them', () => {
    const have = {
      'main.tex': '$a = 1$ \\include{one} $b = 2$ \\include{two} $c = 3$ \\include{three}',
      'one.tex': '$d = 4$',
      'three.tex': '$e = 5$',
    };
    const { found } = texts('% !TEX root = main.tex\n$x$', 'two.tex', have);
    assert.deepEqual(
      found.map((t) => [t.text.slice(t.from, t.to).trim(), t.order]),
      [
        ['$a = 1$', 'before'],
        ['$d = 4$', 'before'],
        ['$b = 2$', 'before'],
        ['$c = 3$', 'after'],
        ['$e = 5$', 'after'],
      ],
    );
  });
});

describe('definitions of files that a TeX document reads', () => {
  const evaluate = (text: string, have: Readonly<Record<string, string>>, name = 'document.tex') => {
    const { found } = texts(text, name, have);
    const document = { uri: `file:///workspace/${name}`, languageId: 'latex', version: 1, text, included: found };
    const analysis = documentFrontEnd.analyse(document);
    const [traceable] = documentFrontEnd.find(analysis);
    const workspace = { roots: [], bytes: () => null, text: () => null };
    const outcome = traceable && documentFrontEnd.record(analysis, traceable, {}, DEFAULT_BUDGET, workspace);
    const claims = documentFrontEnd.claims(analysis, DEFAULT_BUDGET, workspace);
    return {
      outcome,
      ids: documentFrontEnd.find(analysis).map((t) => t.id),
      failures: claims.filter((c) => c.verdict === 'fail').map((c) => text.slice(c.span.from, c.span.to)),
      verdicts: claims.map((c) => c.verdict),
      value:
        outcome?.kind === 'recorded'
          ? outcome.trace.tape.value[outcome.trace.output]
          : outcome && JSON.stringify(outcome),
      origins:
        outcome?.kind === 'recorded'
          ? outcome.trace.inputs.map(({ name: path, origin }) => [
              path.join(),
              origin.kind,
              origin.why,
              origin.span && text.slice(origin.span.from, origin.span.to),
            ])
          : undefined,
    };
  };
  const CONSTANTS = { 'constants.tex': '$a = 3$, $f(t) = t^2$, $\\mathbf{u} = (1, 2)^\\top$' };

  it('hold from where they are read, and say where they come from', () => {
    const { value, origins, ids } = evaluate('\\input{constants}\n$y = f(a x)$, $x = 2$', CONSTANTS);
    assert.equal(value, 36);
    assert.deepEqual(ids, ['y']);
    assert.deepEqual(origins, [
      ['a', 'file', 'from constants.tex', '\\input{constants}'],
      ['x', 'document', 'from the document, further down', 'x'],
    ]);
  });

  it('give way to what the document says after them', () => {
    const text = '$a = 1$\n\\input{constants}\n$y = a x$, $x = 2$\n\n$a = 5$\n$z = a$';
    assert.equal(evaluate(text, CONSTANTS).value, 6);
    assert.equal(evaluate(`\\input{constants}\n$a = 5$\n$y = a x$, $x = 2$`, CONSTANTS).value, 10);
  });

  it('of the main file hold in a chapter', () => {
    const have = { 'main.tex': '$a = 3$\\include{chapters/one}$a = 4$', 'chapters/one.tex': '' };
    const text = '% !TEX root = ../main.tex\n$y = a x$, $x = 2$';
    const { value, origins } = evaluate(text, have, 'chapters/one.tex');
    assert.equal(value, 6);
    assert.deepEqual(origins?.[0], ['a', 'file', 'from ../main.tex', '% !TEX root = ../main.tex']);
  });

  it('decide claims of the document; claims of the files are theirs alone', () => {
    const have = { 'model.tex': '$y = x^3$, $\\frac{dy}{dx} = 2x$' };
    const { failures, verdicts } = evaluate('\\input{model}\n$\\frac{dy}{dx} = 3x$ and $\\frac{dy}{dx} = 3x^2$', have);
    assert.deepEqual(failures, ['3x']);
    assert.deepEqual(verdicts, ['fail', 'pass']);
  });

  it('are unknown where the file is missing, with the place in the document', () => {
    const { value, origins } = evaluate('\\input{missing}\n$y = a x$, $x = 2$', {});
    assert.ok(typeof value === 'number');
    assert.deepEqual(origins?.[0]?.slice(0, 2), ['a', 'assumed']);
  });

  it('of open documents are those of their unsaved text', async () => {
    const { service, uri, cursors } = await open(`\\input{constants}\n$y${CURSOR} = a x$, $x = 2$`, 'latex', CONSTANTS);
    const hover = async () => (await service.hover(uri, cursors[0] ?? { line: 0, character: 0 }))?.markdown ?? '';
    assert.match(await hover(), /\*\*6\*\*/);
    const constants = uri.replace(/[^/]*$/, 'constants.tex');
    await service.update({ uri: constants, languageId: 'latex', version: 1, text: '$a = 7$' });
    assert.match(await hover(), /\*\*14\*\*/);
  });
});
