import { describe, it } from 'mocha';
import assert from 'node:assert/strict';
import type { FunctionDef } from '../../../../src/languages/python/ast';
import { parseModule } from '../../../../src/languages/python/parse';
import { type Extent, readShape, shapeNotes } from '../../../../src/languages/python/points/shapeNotes';

const plain = (shape: readonly Extent[] | undefined) => shape?.map((e) => (typeof e === 'number' ? e : e.text));

/** Notes of the only function in a text, as lists of letters. */
function notes(text: string): Record<string, unknown> {
  const { module } = parseModule(text);
  const f = module.body.find((s): s is FunctionDef => s.kind === 'FunctionDef') as FunctionDef;
  const first = f.body[0];
  const doc =
    first?.kind === 'Expr' && first.value.kind === 'Constant' && first.value.value.type === 'str'
      ? first.value.value.value
      : undefined;
  return Object.fromEntries(
    [...shapeNotes(f, doc, text)].map(([name, { shape, integer, below }]) => [
      name,
      integer ? { shape: plain(shape), below: plain(below === undefined ? [] : [below])?.[0] } : plain(shape),
    ]),
  );
}

const withDoc = (params: string, doc: string) => notes(`def f(${params}):\n    """${doc}"""\n    return 0\n`);

describe('shapes that a text states', () => {
  it('reads one shape', () => {
    const cases: [string, (string | number)[] | undefined][] = [
      ['N, D', ['N', 'D']],
      ['N,', ['N']],
      ['N x D', ['N', 'D']],
      ['3, 4', [3, 4]],
      ['N, 2*H', ['N', '2*H']],
      ['N, 4H', ['N', '4H']],
      ['N, d_1, ..., d_k', ['N', 'd_1', 'd_k']],
      ['number of examples, hidden size', ['number of examples', 'hidden size']],
      ['see below; not a shape', undefined],
    ];
    for (const [text, expected] of cases) assert.deepEqual(plain(readShape(text)), expected, text);
  });

  it('in the styles of docstrings', () => {
    assert.deepEqual(
      withDoc(
        'x, w, b',
        '\n    Inputs:\n    - x: Input data, of shape (N, d_1, ..., d_k)\n    - w: Weights, of shape (D, M)\n    - b: Biases, of shape (M,)\n',
      ),
      { x: ['N', 'd_1', 'd_k'], w: ['D', 'M'], b: ['M'] },
    );
    assert.deepEqual(
      withDoc(
        'X, y',
        '\n    Parameters\n    ----------\n    X : ndarray of shape (n_samples, n_features)\n        Training data.\n    y : array-like, shape (n_samples,)\n        Targets.\n',
      ),
      { X: ['n_samples', 'n_features'], y: ['n_samples'] },
    );
    assert.deepEqual(
      withDoc(
        'X, W',
        '\n    Args:\n        X (np.ndarray): (N, D) array of inputs.\n        W: weight matrix with\n            shape (D, H).\n',
      ),
      { X: ['N', 'D'], W: ['D', 'H'] },
    );
    assert.deepEqual(
      withDoc(
        'w, b, X',
        '\n    Arguments:\n    w -- weights, a numpy array of size (num_px * num_px * 3, 1)\n    b -- bias, a scalar\n    X -- data of size (num_px * num_px * 3, number of examples)\n',
      ),
      { w: ['num_px * num_px * 3', 1], X: ['num_px * num_px * 3', 'number of examples'] },
    );
    assert.deepEqual(withDoc('x', '\n    :param x: input of shape (T, D)\n'), { x: ['T', 'D'] });
    assert.deepEqual(withDoc('a, b', 'Distance of rows; `a` has shape (N, D) and `b` has shape (M, D).'), {
      a: ['N', 'D'],
      b: ['M', 'D'],
    });
  });

  it('labels stay below the number of classes', () => {
    assert.deepEqual(
      withDoc(
        'x, y',
        '\n    - x: Scores, of shape (N, C)\n    - y: Vector of labels, of shape (N,) where y[i] is the label for x[i] and\n      0 <= y[i] < C\n',
      ),
      { x: ['N', 'C'], y: { shape: ['N'], below: 'C' } },
    );
    assert.deepEqual(withDoc('y', '\n    y: one-hot labels, shape (N, C)\n'), { y: ['N', 'C'] });
  });

  it('in comments behind parameters and on lines of their own', () => {
    assert.deepEqual(
      notes('def f(\n    x,  # (N, D)\n    w,  # weights (D, H)\n    b,\n):\n    # b: (H,)\n    return x\n'),
      {
        x: ['N', 'D'],
        w: ['D', 'H'],
        b: ['H'],
      },
    );
  });

  it('in annotations', () => {
    assert.deepEqual(
      notes('def f(x: Float[Array, "n d"], y: "(N, 3)", z: np.ndarray, k: Int[Array, "n"]):\n    return x\n'),
      { x: ['n', 'd'], y: ['N', 3], k: { shape: ['n'], below: undefined } },
    );
  });

  it('leaves alone brackets that are no shapes', () => {
    assert.deepEqual(
      withDoc(
        'cache, x',
        '\n    - cache: Tuple of (x, w, b) from the forward pass\n    - x: the input (see forward)\n',
      ),
      {},
    );
  });
});
