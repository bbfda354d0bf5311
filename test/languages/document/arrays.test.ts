import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { adjoints, connectedInputs } from '../../../src/autodiff/sweeps';
import { fromValues, zeros } from '../../../src/tensor';
import fixture from '../../oracles/fixtures/array_formulas.json';
import { Notes } from './support';

type Nested = number | Nested[];

function close(actual: unknown, expected: unknown): void {
  if (Array.isArray(expected)) {
    assert.ok(Array.isArray(actual), `${JSON.stringify(actual)} is no array`);
    assert.equal(actual.length, expected.length);
    expected.forEach((e, i) => close(actual[i], e));
    return;
  }
  const [a, e] = [Number(actual), Number(expected)];
  assert.ok(Math.abs(a - e) <= 1e-12 * Math.max(1, Math.abs(e)), `${a} is not ${e}`);
}

/** Value and gradient, with ones as the weight of an output that is an array. */
function evaluate(notes: Notes, id: string, request = {}) {
  const { trace, readings } = notes.recorded(id, request);
  const { tape, output } = trace;
  const content = (row: number) => (tape.isArray(row) ? tape.array(row).toNested() : (tape.value[row] as number));
  const array = tape.isArray(output) ? tape.array(output) : undefined;
  const seed = array ? fromValues('float64', array.shape, new Float64Array(array.size).fill(1)) : 1;
  const sweep = adjoints(tape, new Map([[output, seed]]));
  const connected = connectedInputs(trace);
  const gradient = trace.inputs
    .filter((i) => connected.has(i.row))
    .map(({ row, name }) => [
      name[0],
      tape.isArray(row) ? (sweep.arrays.get(row) ?? zeros(tape.array(row).shape)).toNested() : sweep.scalars[row],
    ]);
  const inputs: Record<string, unknown[]> = Object.fromEntries(
    trace.inputs.map(({ row, name, origin }) => [name[0], [content(row), origin.kind]]),
  );
  const ops = Array.from({ length: tape.length }, (_, row) => tape.opName(row));
  return {
    value: content(output) as Nested,
    gradient: Object.fromEntries(gradient) as Record<string, Nested>,
    inputs,
    ops: ops.filter((op) => op !== 'input' && op !== 'constant'),
    readings: (readings ?? []).map((r) => r.text),
  };
}

describe('formulas of vectors and matrices', () => {
  describe('agree with PyTorch', () => {
    for (const { text, name, value, gradient } of fixture)
      it(text.trim().split('\n').at(-1) ?? name, () => {
        const actual = evaluate(new Notes(text), name);
        close(actual.value, value);
        assert.deepEqual(Object.keys(actual.gradient).sort(), Object.keys(gradient).sort());
        for (const [input, expected] of Object.entries(gradient)) close(actual.gradient[input], expected);
      });
  });

  it('a layer is traced in steps of arrays', () => {
    const { ops } = evaluate(
      new Notes('$W = \\begin{pmatrix}1 & 2\\\\3 & 4\\end{pmatrix}$, $x = (1, 2)$, $b = (0, 1)$, $z = \\tanh(Wx + b)$'),
      'z',
    );
    assert.deepEqual(ops, ['matmul', 'add', 'tanh']);
  });

  it('the error is carried back through a layer: δ⁽¹⁾ = W(g′(z) ⊙ δ⁽²⁾)', () => {
    const notes = new Notes(String.raw`$W = \begin{bmatrix}0.1 & -0.2\\0.3 & 0.4\end{bmatrix}$,
      $\delta^{(2)} = (1, 2)^\top$, $z = (0.5, -0.5)^\top$, $g(z) = \tanh z$ and $\delta^{(1)} = W(g'(z) \odot \delta^{(2)})$`);
    const slope = 1 - Math.tanh(0.5) ** 2;
    close(evaluate(notes, '\\delta^{(1)}').value, [0.1 * slope - 0.4 * slope, 0.3 * slope + 0.8 * slope]);
  });

  it('gradients are values: ∂L/∂W has the shape of W, and follows from the errors', () => {
    const notes =
      new Notes(String.raw`$W = \begin{pmatrix} 1 & 2 \\ 3 & 4 \\ 5 & 6 \end{pmatrix}$, $\mathbf{x} = (1, -1)^T$,
      $\mathbf{t} = (0, 1, 0)^T$, $\mathbf{y} = W\mathbf{x}$, $E = \frac12\|\mathbf{y} - \mathbf{t}\|^2$,
      $G = 1 \cdot \frac{\partial E}{\partial W}$, $D = (\mathbf{y} - \mathbf{t})\mathbf{x}^T$, $g = 1 \cdot \frac{\partial E}{\partial w_{32}}$`);
    close(evaluate(notes, 'G').value, evaluate(notes, 'D').value);
    close(evaluate(notes, 'g').value, 1);
    close(evaluate(notes, 'E').gradient['W'], evaluate(notes, 'D').value);
  });

  it('a value from outside may be an array; shapes may be declared', () => {
    const notes = new Notes(
      String.raw`$\mathbf{w} \in \mathbb{R}^2$, $X \in \mathbb{R}^{3 \times 2}$, $\mathbf{p} = X\mathbf{w}$`,
    );
    const assumed = evaluate(notes, '\\mathbf{p}');
    assert.deepEqual(
      Object.values(assumed.inputs).map((input) => input[1]),
      ['assumed', 'assumed'],
    );
    const set = {
      X: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      '\\mathbf{w}': [1, -1],
    };
    close(evaluate(notes, '\\mathbf{p}', { set }).value, [-1, -1, -1]);
  });

  it('an intermediate vector may be an input', () => {
    const notes = new Notes(
      String.raw`$A = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$, $x = (1, 1)$, $z = A x$, $L = z^\top z$`,
    );
    const { gradient, inputs } = evaluate(notes, 'L', { wrt: ['z'] });
    assert.deepEqual(inputs['z'], [[3, 7], 'document']);
    assert.deepEqual(gradient, { z: [6, 14] });
  });

  it('what was read among several readings is said', () => {
    const notes = new Notes(
      String.raw`$W = \begin{pmatrix} 1 & 2 \\ 3 & 4 \\ 5 & 6 \end{pmatrix}$, $b = (1, 2, 3)$, $Z = W + b$, $s = \sum_{i=1}^n b_i$`,
    );
    assert.ok(evaluate(notes, 'Z').readings.some((r) => /every column/.test(r)));
    assert.ok(evaluate(notes, 's').readings.some((r) => /i runs over 1 … 3/.test(r)));
  });

  describe('are unknown, with the reason, where there is more than one reading or none', () => {
    const point = String.raw`$A = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$, $x = (1, 2)^T$, $y = (3, 4, 5)^T$, `;
    for (const [formula, code] of [
      ['p = x x', 'ambiguous'],
      ['p = x^2', 'ambiguous'],
      ['p = x / x', 'ambiguous'],
      ['p = A + x', 'ambiguous'],
      ['p = |x|', 'ambiguous'],
      ['p = \\|A\\|', 'ambiguous'],
      ['p = A y', 'shapes'],
      ['p = x + y', 'shapes'],
      ['p = x^T y', 'shapes'],
      ['p = x + x^T', 'shapes'],
      ['p = x \\odot y', 'shapes'],
      ['p = x \\times x', 'unsupported-operator'],
      ['p = \\sigma(A x) + q', 'no-value'],
      ['p = 2 x_3', 'unsupported-index'],
      ['p = \\operatorname{softmax}(A)', 'ambiguous'],
      ['p = 2 \\frac{\\partial x}{\\partial A}', 'unsupported-vector'],
    ] as const)
      it(formula, () => assert.equal(new Notes(`${point}$${formula}$`).reason('p'), code));
  });
});
