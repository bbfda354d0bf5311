/** Quarto and R Markdown: what their own marks are, and that formulas and Python work beside them. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { languageOfPath } from '../../../src/protocol/languages';
import { Notes } from './support';

const QUARTO = `---
title: "Costs of $5 and $10"
format: html
---

::: {.callout-note}
The loss is
$$
L = \\frac{1}{2} (w x - y)^2
$$ {#eq-loss}
:::

By @eq-loss, $\\frac{\\partial L}{\\partial w} = (w x - y) x$ and $\\frac{\\partial L}{\\partial x} = (w x - y) x$.

\`\`\`{python}
#| label: data
#| echo: false
x, y = 2.0, 1.0
w = 0.25
\`\`\`

\`\`\`{r}
x <- 100
plot(x, y)
\`\`\`

The value is \`{python} w\`, or \`r x\`.

\`\`\`{python}
def loss(w):
    return 0.5 * (w * x - y) ** 2

loss(w)
\`\`\`
`;

const R_MARKDOWN = `---
output: html_document
---

\`\`\`{r setup, include=FALSE}
knitr::opts_chunk$set(echo = TRUE)
price <- c($5)
\`\`\`

With $x = 3$ and $f(x) = x^2 + 1$ we get $f'(x) = 2x$, so $f'(3) = 6$ and $f(3) = 11$.

\`\`\`{python, echo=FALSE}
def g(x):
    return x ** 3

g(2.0)
\`\`\`
`;

for (const [name, language, text] of [
  ['notes.qmd', 'quarto', QUARTO],
  ['notes.Rmd', 'rmd', R_MARKDOWN],
] as const)
  describe(`a document ${name}`, () => {
    const notes = new Notes(text, language);

    it('is known by its name', () => assert.equal(languageOfPath(name), language));

    it('holds formulas and Python, and no code of R', () => {
      assert.deepEqual(notes.ids, language === 'quarto' ? ['L', 'loss'] : ['f', 'g']);
      assert.deepEqual(notes.faults, []);
    });
  });

describe('a trace in Quarto', () => {
  it('takes values from chunks of Python', () => {
    const { value, gradient, origins } = new Notes(QUARTO, 'quarto').evaluate('L');
    assert.equal(value, 0.125);
    assert.deepEqual(gradient, { w: -1, x: -0.125, y: 0.5 });
    assert.deepEqual(origins, { w: 'document', x: 'document', y: 'document' });
  });

  it('is made of a chunk too', () => {
    const { value, gradient } = new Notes(QUARTO, 'quarto').evaluate('loss');
    assert.equal(value, 0.125);
    assert.equal(gradient['w'], -1);
  });

  it('stands beside claims', () => {
    const { failures } = new Notes(QUARTO, 'quarto');
    assert.deepEqual(failures, [{ wrong: '(w x - y) x', expected: '(w x - y) w' }]);
  });
});

describe('a trace in R Markdown', () => {
  it('has its values', () => {
    assert.equal(new Notes(R_MARKDOWN, 'rmd').evaluate('f').gradient['x'], 6);
    assert.equal(new Notes(R_MARKDOWN, 'rmd').evaluate('g').gradient['x'], 12);
  });

  it('stands beside claims', () =>
    assert.deepEqual(new Notes(R_MARKDOWN, 'rmd').failures, [{ wrong: '11', expected: '10' }]));
});
