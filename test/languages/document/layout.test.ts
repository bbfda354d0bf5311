import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Notes } from './support';

const JACOBIAN = String.raw`With $A \in \mathbb{R}^{2 \times 3}$ and $y = A x$: $$\frac{\partial y}{\partial x} = A$$`;
const ROW = String.raw`$$\frac{\partial (a^\top x)}{\partial x} = a^\top$$`;
const COLUMN = String.raw`$$\frac{\partial (a^\top x)}{\partial x} = a$$`;
const TURNED = String.raw`With $A \in \mathbb{R}^{2 \times 3}$ and $y = A x$: $$\frac{\partial y}{\partial x} = A^\top$$`;

const messages = (text: string, languageId?: string) =>
  new Notes(text, languageId).claims.map(({ verdict, code, message }) => [
    verdict,
    code,
    message.split(', in the ')[1],
  ]);

describe('the layout of derivatives', () => {
  it('is what the equalities of the document show together', () => {
    const said = 'numerator layout';
    assert.deepEqual(messages(`${JACOBIAN}\n\n${ROW}`), [
      ['pass', undefined, said],
      ['pass', undefined, said],
    ]);
    const turned = 'denominator layout';
    assert.deepEqual(messages(`${TURNED}\n\n${COLUMN}`), [
      ['pass', undefined, turned],
      ['pass', undefined, turned],
    ]);
    const mixed = 'mixed layout (gradients as columns, a row of a Jacobian for each output)';
    assert.deepEqual(messages(`${JACOBIAN}\n\n${COLUMN}`), [
      ['pass', undefined, mixed],
      ['pass', undefined, mixed],
    ]);
  });

  it('of a document that uses several is said for each equality', () => {
    assert.deepEqual(messages(`${TURNED}\n\n${ROW}`), [
      ['pass', undefined, 'denominator layout'],
      ['pass', undefined, 'numerator layout'],
    ]);
  });

  for (const [language, comment] of [
    ['markdown', '<!-- wengert: layout numerator -->'],
    ['latex', '% wengert: layout numerator'],
  ] as const)
    it(`is stated once by a directive in ${language}; what holds in another is open, not false`, () => {
      const text = (formulas: string) => `${comment}\n\n${formulas}`;
      assert.deepEqual(messages(text(ROW), language), [['pass', undefined, 'numerator layout']]);
      assert.deepEqual(messages(text(COLUMN), language), [['unknown', 'layout', undefined]]);
      assert.deepEqual(messages(text(TURNED), language), [['unknown', 'layout', undefined]]);
    });

  it('does not excuse what is wrong in every layout', () => {
    const wrong = String.raw`$$\frac{\partial (x^\top B x)}{\partial x} = x^\top (B - B^\top)$$`;
    for (const directive of ['', '<!-- wengert: layout numerator -->\n', '<!-- wengert: layout denominator -->\n'])
      assert.deepEqual(new Notes(directive + wrong).verdicts, ['fail']);
  });

  it('does not concern gradients written with ∇, which are columns', () => {
    assert.deepEqual(messages(String.raw`$f(x) = a^\top x$ $$\nabla f(x) = a$$`), [['pass', undefined, undefined]]);
  });

  it('is asked for by traces of updates that claims ask for, without end', () => {
    const text = String.raw`$a = w^2$, $w \leftarrow w - \frac{\partial M}{\partial w}$, $\frac{\partial a}{\partial w} = 3$`;
    assert.deepEqual(new Notes(text).verdicts, ['unknown']);
  });

  it('that nobody knows is a malformed directive, and one in code is', () => {
    assert.equal(new Notes('<!-- wengert: layout rows -->').faults[0]?.code, 'malformed-directive');
    assert.equal(new Notes('```python\nx = 1 # wengert: layout mixed\n```').faults[0]?.code, 'malformed-directive');
  });
});

describe('a trace of a derivative of a vector by a vector', () => {
  const DEFINED = String.raw`
$W = \begin{pmatrix} 1 & 2 \\ 3 & 4 \\ 5 & 6 \end{pmatrix}$, $x = (1, -1)^\top$, $z = W x$
$$J = \frac{\partial z}{\partial x}$$`;

  const recorded = (text: string) => {
    const { trace, readings } = new Notes(text).recorded('J');
    return {
      shape: trace.tape.array(trace.output).shape,
      elements: Array.from(trace.tape.array(trace.output).elements()),
      readings: readings?.map((r) => r.text) ?? [],
    };
  };

  it('has a row for each output, and says so', () => {
    const { shape, elements, readings } = recorded(DEFINED);
    assert.deepEqual(
      [shape, elements],
      [
        [3, 2],
        [1, 2, 3, 4, 5, 6],
      ],
    );
    assert.ok(readings.includes('a Jacobian: a row for each output, as in the numerator layout'), readings.join());
  });

  it('has a column for each output where the document says so, or shows it', () => {
    const shown = String.raw`With $y = B u$: $\frac{\partial y}{\partial u} = B^\top$.`;
    for (const before of ['<!-- wengert: layout denominator -->\n', shown]) {
      const { shape, elements, readings } = recorded(before + DEFINED);
      assert.deepEqual(
        [shape, elements],
        [
          [2, 3],
          [1, 3, 5, 2, 4, 6],
        ],
      );
      assert.ok(
        readings.some((r) => r.includes('in the denominator layout')),
        readings.join(),
      );
    }
  });

  it('leaves updates what they are in the numerator layout', () => {
    const text = String.raw`<!-- wengert: layout numerator -->
$w = (1, 2)^\top$, $x = (3, 4)^\top$, $L = (w^\top x)^2$, $\alpha = 0.01$
$$w \leftarrow w - \alpha \frac{\partial L}{\partial w}$$`;
    const { update } = new Notes(text).recorded('w ←');
    const after = update?.after as { elements(): ArrayLike<number> };
    assert.deepEqual(
      Array.from(after.elements()).map((x) => Number(x.toFixed(9))),
      [0.34, 1.12],
    );
  });
});
