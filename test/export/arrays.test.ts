import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { arrayCsv, arrayNumpy, arrayTex } from '../../src/export/array';
import { withWholeArrays } from '../../src/export/arrays';
import { csv } from '../../src/export/formats';
import { exportTrace } from '../../src/export/trace';
import type { TensorView, TraceView } from '../../src/protocol';
import { network } from '../webview/fixtures/arrays';

const array = (shape: number[], elements?: TensorView['elements']): TensorView => ({
  shape,
  dtype: 'float64',
  min: 0,
  max: 0,
  maxAbs: 0,
  mean: 0,
  zeros: 0,
  nonFinite: 0,
  ...(elements ? { elements } : {}),
});

/** The trace as it is when its arrays are too large to travel with the steps. */
function summarised(trace: TraceView): TraceView {
  const strip = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(strip)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value).flatMap(([key, inner]) => (key === 'elements' ? [] : [[key, strip(inner)]])),
          )
        : value;
  return strip(trace) as TraceView;
}

describe('arrays of which a trace holds only a summary', () => {
  const full = network();
  const short = summarised(full);
  const of = (row: number, family: 'primal' | 'tangent' | 'adjoint') => {
    const step = full.rows.find((each) => each.row === row);
    const operand = full.rows.flatMap(({ operands }) => operands).find((each) => each.row === row);
    const value = step
      ? { primal: step.value, tangent: step.tangent, adjoint: step.adjoint }[family]
      : (operand?.value ?? null);
    return Promise.resolve(typeof value === 'object' ? value : null);
  };

  it('are written whole where somebody can give them', async () => {
    const filled = await withWholeArrays(short, short.rows, of);
    const written = csv({ file: 'x.py', traceables: [exportTrace(filled, filled.rows)] });
    assert.equal(written, csv({ file: 'x.py', traceables: [exportTrace(full, full.rows)] }));
    assert.match(written, /"\[\[/);
    assert.doesNotMatch(csv({ file: 'x.py', traceables: [exportTrace(short, short.rows)] }), /"\[\[/);
  });

  it('are not written in part where they are no longer there, or too many', async () => {
    await assert.rejects(
      withWholeArrays(short, short.rows, () => Promise.resolve(null)),
      /changed in the meantime/,
    );
    const [first] = short.rows;
    assert.ok(first);
    const large = { ...first, value: array([3_000, 1_000]), tangent: null, adjoint: null };
    await assert.rejects(withWholeArrays(short, [large], of), /more than 2,000,000 elements/);
  });
});

describe('an array as text', () => {
  const elements = [1 / 3, -0.1, 5e-324, 'NaN', 'Infinity', '-Infinity', 12345678.9, 0] as const;
  const matrix = array([2, 2, 2], [...elements]);

  it('in CSV has a line for each row, and every digit', () => {
    const lines = arrayCsv(matrix).trimEnd().split('\n');
    assert.equal(lines.length, 4);
    assert.deepEqual(lines.flatMap((line) => line.split(',')).map(Number), elements.map(Number));
    assert.equal(arrayCsv(array([], [2.5])), '2.5\n');
    assert.equal(arrayCsv(array([0, 3], [])), '');
  });

  it('is an expression of NumPy', () => {
    assert.equal(
      arrayNumpy(matrix),
      'np.array([[[0.3333333333333333,-0.1],[5e-324,np.nan]],[[np.inf,-np.inf],[12345678.9,0]]])',
    );
  });

  it('is a matrix of LaTeX', () => {
    assert.equal(
      arrayTex(array([2, 2], [1, -0.5, 'NaN', 2e-7])),
      '\\begin{bmatrix}\n  1 & -0.5000 \\\\\n  \\mathrm{NaN} & 2.000 \\cdot 10^{-7}\n\\end{bmatrix}',
    );
  });
});
