import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { TextDocument, type TextEdit } from 'vscode-languageserver-textdocument';
import type { DiagnosticAnswer } from '../../src/service';
import { CURSOR, open, type Opened } from '../support/service';

const DOCUMENTS: Readonly<Record<string, readonly [string, string]>> = {
  'a derivative': ['markdown', 'Let $f = x^3 + 2x$.\n\n$$\n\\frac{df}{dx} = 3x^2 - 2\n$$\n'],
  'a derivative in a list': ['markdown', '- $f = x^3$\n- $$\\frac{df}{dx} = 3x$$\n'],
  'a derivative within a line': ['markdown', 'For $f = x^3$ we have $\\frac{df}{dx} = 3x$, and $g = 2$.\n'],
  'a value': ['latex', 'We get $\\frac12 (0.25 - 1)^2 = 0.2913$ here, and $1 + 1 = 2$.\n'],
  'a value at the end of a line': ['latex', 'We get $\\frac12 (0.25 - 1)^2 = 0.2913$.\nMore.\n'],
  'a line of several': [
    'latex',
    '\\begin{align}\n f &= x^2 y \\\\\n \\frac{\\partial f}{\\partial x} &= 2 x \\\\\n \\frac{\\partial f}{\\partial y} &= x^2\n\\end{align}\n',
  ],
  'a line of several in Markdown': [
    'markdown',
    '$$\n\\begin{aligned}\n f &= x^2 y \\\\\n \\frac{\\partial f}{\\partial x} &= 2 x \\\\\n \\frac{\\partial f}{\\partial y} &= x^2\n\\end{aligned}\n$$\n',
  ],
  'a row': [
    'markdown',
    '$v_3 = v_1 v_2$, $\\dot{v}_1 = 1$, $\\dot{v}_2 = 0$, $\\dot{v}_3 = \\dot{v}_1 v_1 + \\dot{v}_2 v_2$\n',
  ],
  'a cell': ['markdown', "$f(x) = x^2$\n\n| $x$ | $f'(x)$ |\n|---|---|\n| 1 | 2 |\n| 3 | 5 |\n"],
  'a cell in TeX': [
    'latex',
    "$f(x) = x^2$\n\\begin{tabular}{cc}\n$x$ & $f'(x)$ \\\\\n1 & 2 \\\\\n3 & 5 \\\\\n\\end{tabular}\n",
  ],
  'a formula': ['markdown', '$f = (x + 1)^2 = x^2 + x + 1$\n'],
};

const only = async ({ service, uri }: Opened): Promise<DiagnosticAnswer> => {
  const found = await service.diagnostics(uri);
  assert.equal(found.length, 1, JSON.stringify(found));
  return found[0] as DiagnosticAnswer;
};

const edited = (text: string, edit: TextEdit) =>
  TextDocument.applyEdits(TextDocument.create('file:///x', 'x', 1, text), [edit]);

describe('what is false in a document', () => {
  for (const [title, [language, text]] of Object.entries(DOCUMENTS))
    describe(title, () => {
      it('is marked once', async () => {
        const { severity, code, message } = await only(await open(text, language));
        assert.equal(severity, 'warning');
        assert.match(code, /^wrong-/);
        assert.match(message, /should be /);
        assert.doesNotMatch(message, /\\|\$/);
      });

      it('is right after the quick fix', async () => {
        const opened = await open(text, language);
        const { range, fix } = await only(opened);
        await opened.type(edited(text, { range, newText: fix as string }));
        const checks = (await opened.service.check(opened.uri)).filter((c) => c.kind === 'claim');
        assert.deepEqual(
          checks.map((c) => c.verdict).filter((v) => v !== 'pass'),
          [],
          JSON.stringify(checks),
        );
      });

      it('is left alone after the comment', async () => {
        const opened = await open(text, language);
        const { silence } = await only(opened);
        const { at, text: comment } = silence as NonNullable<typeof silence>;
        const claims = (await opened.service.claimCounts(opened.uri)).total;
        await opened.type(edited(text, { range: { start: at, end: at }, newText: comment }));
        assert.deepEqual(await opened.service.diagnostics(opened.uri), []);
        assert.ok((await opened.service.claimCounts(opened.uri)).total < claims);
      });
    });

  it('has a setting for its code', async () => {
    const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      contributes: { configuration: { properties: Record<string, { enum?: string[]; default: unknown }> } };
    };
    const codes = new Set<string>();
    for (const [language, text] of [...Object.values(DOCUMENTS), ['markdown', '<!-- wengert: at -->\n'] as const]) {
      const { service, uri } = await open(text, language);
      for (const { code } of await service.diagnostics(uri)) codes.add(code);
    }
    assert.deepEqual([...codes].sort(), [
      'malformed-directive',
      'wrong-derivative',
      'wrong-formula',
      'wrong-row',
      'wrong-value',
    ]);
    for (const code of codes) {
      const name = `wengert.diagnostics.${code.replace(/-([a-z])/g, (_, c: string) => c.toUpperCase())}`;
      assert.equal(manifest.contributes.configuration.properties[name]?.default, 'warning', name);
    }
  });
});

describe('a hover on an equality', () => {
  const hover = async (text: string, language = 'markdown') => {
    const { service, uri, cursors } = await open(text, language);
    return (await service.hover(uri, cursors[0] as (typeof cursors)[number]))?.markdown ?? '';
  };

  it('says that it is proved', async () =>
    assert.match(await hover(`$f = x^3$ $$\\frac{df}{dx} = 3x^2${CURSOR}$$`), /✓ \*this equality: proved\*/));

  it('says why it is undecided', async () =>
    assert.match(
      await hover(`$$\\frac{dL}{dx} = 3x^2${CURSOR}$$`),
      /\? \*this equality: unknown\*: ∂L\/∂x has no formula/,
    ));

  it('says nothing more of one that is underlined', async () =>
    assert.doesNotMatch(await hover(`$f = x^3$ $$\\frac{df}{dx} = 3x^3${CURSOR}$$`), /equality/));
});

it('equations are counted by verdict and reason', async () => {
  const { service, uri } = await open(
    '$f = x^2$, $\\frac{df}{dx} = 2x$, $\\frac{df}{dx} = 3x$, $1.5^2 = 2.3$, $\\frac{dL}{dx} = \\int_0^1 g(t)\\,dt = 2$',
    'markdown',
  );
  const { reasons, ...counts } = await service.claimCounts(uri);
  assert.deepEqual(counts, { total: 5, proved: 1, agree: 1, false: 1, undecided: 2 });
  assert.equal(reasons['unsupported-integral'], 1);
});
