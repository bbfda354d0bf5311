/** Documents that are being typed: claims are decided or left open, whatever is missing, and stay inside the text. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { readCases } from '../latex/cases';
import { generator } from './mutate';
import { Notes } from './support';

/** All characters of the formulas are taken away in turn; of the longer documents as many as this. */
const PLACES = process.env['FUZZ'] ? 200 : 6;

function* damages(text: string, places: Iterable<number>): Generator<string> {
  for (const at of places) {
    yield text.slice(0, at);
    yield text.slice(0, at) + text.slice(at + 1);
  }
}

function check(text: string, languageId = 'markdown'): number {
  const notes = new Notes(text, languageId);
  const { claims } = notes;
  for (const { span, silence, verdict, message } of claims) {
    assert.ok(0 <= span.from && span.from <= span.to && span.to <= text.length, `${span.from}-${span.to} of ${text}`);
    if (silence) assert.ok(0 <= silence.at && silence.at <= text.length);
    assert.ok(message.length > 0);
    assert.notEqual(verdict, 'error', text);
  }
  return claims.length;
}

const every = (text: string) => Array.from({ length: text.length }, (_, i) => i);

describe('claims of damaged documents', () => {
  it('the formulas with an equals sign, cut off or with one character less anywhere', function () {
    let claims = 0;
    let documents = 0;
    for (const { formula } of readCases())
      if (formula.includes('='))
        for (const text of damages(formula, every(formula))) {
          claims += check(`$f = x^2 y$\n\n$$${text}$$\n`);
          documents++;
        }
    this.test!.title += ` — ${documents} documents, ${claims} claims`;
    assert.ok(documents > 4000, String(documents));
  });

  it('derivations, cut off or with one character less at random places', () => {
    const random = generator(4711);
    for (const file of ['right.md', 'wrong.md'])
      for (const section of readFileSync(new URL(`./derivations/${file}`, import.meta.url), 'utf8').split(/^(?=# )/m)) {
        const text = section.replace(/[⟦⟧]/g, '');
        const places = Array.from({ length: PLACES }, () => Math.floor(random() * text.length));
        for (const damaged of damages(text, places)) check(damaged);
      }
  });

  it('a table, cut off or with one character less anywhere', () => {
    const markdown = "$f(x) = x^2$\n\n| $x$ | $f'(x)$ |\n|---|---|\n| 1 | 2 |\n| 3 | 5 |\n";
    for (const text of damages(markdown, every(markdown))) check(text);
    const tex =
      "$f(x) = x^2$\n\\begin{tabular}{cc}\n$x$ & $f'(x)$ \\\\ \\hline\n1 & 2 \\\\\n3 & \\textbf{5} \\\\ % five\n\\end{tabular}\n";
    for (const text of damages(tex, every(tex))) check(text, 'latex');
  });

  it('directives, cut off or with one character less anywhere', () => {
    const text = '$f = x^2$\n\n<!-- wengert: ignore -->\n\n$$\n\\frac{df}{dx} = 3x % wengert: ignore\n$$\n';
    for (const damaged of damages(text, every(text))) check(damaged);
  });
});
