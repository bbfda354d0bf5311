import assert from 'node:assert/strict';
import katex from 'katex';
import { describe, it } from 'mocha';
import { HARMLESS } from '../../../webview/math/Tex';

const render = (tex: string) => katex.renderToString(tex, { ...HARMLESS, throwOnError: false });

describe('formulas of a document in the viewer', () => {
  it('hold no links, pictures, classes or styles of their own', () => {
    for (const tex of [
      '\\href{javascript:alert(1)}{x}',
      '\\url{http://e.example}',
      '\\includegraphics{http://e.example/p.png}',
      '\\htmlStyle{position:fixed}{x}',
      '\\htmlClass{own}{x}',
    ])
      assert.doesNotMatch(render(tex), /<[^>]*(?:href=|<img|src=|style="[^"]*position:fixed|class="own")/, tex);
  });

  it('cover no page', () => {
    for (const tex of ['\\rule{5000em}{5000em}', '\\rule[9999em]{1em}{1em}'])
      assert.doesNotMatch(render(tex), /style="[^"]*\d{3,}(?:\.\d+)?em/, tex);
  });

  it('with macros that double what there is end at once', () => {
    const letters = [...'abcdefghijklmnop'];
    const bomb = letters.map((c, i) =>
      `\\def\\${c}${c}{\\${letters[i + 1] ?? 'x'}${letters[i + 1] ?? ''}`.concat(
        `\\${letters[i + 1] ?? 'x'}${letters[i + 1] ?? ''}}`,
      ),
    );
    const start = performance.now();
    assert.match(render(`${bomb.join('')}\\aa`), /katex-error/);
    assert.ok(performance.now() - start < 1_000);
    assert.doesNotMatch(
      render(
        '\\underbrace{\\frac{\\partial L}{\\partial \\mathbf{W}^{(1)}}}_{3\\times 4} \\implies \\boxed{x \\neq y}',
      ),
      /katex-error/,
    );
  });
});
