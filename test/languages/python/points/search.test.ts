import fc from 'fast-check';
import { describe, it } from 'mocha';
import assert from 'node:assert/strict';
import type { Choice, Leaf } from '../../../../src/languages/python/points/choices';
import {
  type Attempt,
  bestFirst,
  mismatches,
  repairs,
  searchShapes,
  shrunk,
} from '../../../../src/languages/python/points/search';

const array = (...shape: number[]): Choice => ({ kind: 'array', shape });
const number: Choice = { kind: 'number' };
const leaf = (name: string, ...choices: Choice[]): Leaf => ({ path: [name], choices });

describe('search over shapes', () => {
  it('reads from NumPy’s words which sizes differ', () => {
    const cases: [string, [number, number][]][] = [
      ['operands could not be broadcast together with shapes (2,3) (5,) ', [[3, 5]]],
      ['operands could not be broadcast together with shapes (2,3) (5,1) ', [[2, 5]]],
      ['shapes (2,3) and (5,7) not aligned: 3 (dim 1) != 5 (dim 0)', [[3, 5]]],
      [
        'matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size 5 is different from 3)',
        [[3, 5]],
      ],
      ['cannot reshape array of size 6 into shape (2,5)', [[3, 5]]],
      ['could not broadcast input array from shape (3,) into shape (5,)', [[3, 5]]],
      ['math domain error', []],
    ];
    for (const [message, expected] of cases) assert.deepEqual(mismatches(message), expected, message);
  });

  it('makes the two equal everywhere, or factors a size', () => {
    const choices = [array(2, 3), array(5, 7), array(7)];
    assert.deepEqual(repairs('shapes (2,3) and (5,7) not aligned: 3 (dim 1) != 5 (dim 0)', choices)[0], [
      array(2, 3),
      array(3, 7),
      array(7),
    ]);
    const reshaped = repairs('cannot reshape array of size 6 into shape (5,7)', choices);
    assert.ok(reshaped.some((c) => JSON.stringify(c[1]) === JSON.stringify(array(2, 3))));
  });

  it('takes no array without elements', () => {
    const message = 'operands could not be broadcast together with shapes (0,) (3,) ';
    assert.deepEqual(repairs(message, [array(3)]), []);
  });

  it('finds the only shapes that fit, numbers first', () => {
    const asked: string[] = [];
    /** x @ w + b */
    const attempt = ([x, w, b]: readonly Choice[]): Attempt => {
      asked.push(JSON.stringify([x, w, b]));
      const fail = (message: string): Attempt => ({ kind: 'raised', message, text: message });
      if (x?.kind !== 'array' || w?.kind !== 'array' || w.shape.length < 2) return fail('matmul needs matrices');
      const [k, k2] = [x.shape[1], w.shape[0]];
      if (k === undefined) return fail('not a matrix');
      if (k !== k2) return fail(`shapes (1,${k}) and (${k2},1) not aligned: ${k} (dim 1) != ${k2} (dim 0)`);
      if (b?.kind === 'array' && b.shape[0] !== w.shape[1])
        return fail(
          `operands could not be broadcast together with shapes (${x.shape[0]},${w.shape[1]}) (${b.shape[0]},) `,
        );
      return { kind: 'ran' };
    };
    const leaves = [
      leaf('x', number, array(2), array(2, 3)),
      leaf('w', number, array(5), array(5, 7)),
      leaf('b', array(11)),
    ];
    const { found } = searchShapes(leaves, attempt);
    assert.equal(asked[0], JSON.stringify([number, number, array(11)]));
    const [x, w, b] = (found[0] ?? []) as Extract<Choice, { kind: 'array' }>[];
    assert.equal(x?.shape[1], w?.shape[0]);
    assert.equal(b?.shape[0], w?.shape[1]);
    assert.equal(new Set([...(x?.shape ?? []), w?.shape[1]]).size, 3, 'sizes that need not be equal differ');
  });

  it('is bounded in number and in time, and says why the first choice did not run', () => {
    const never = (): Attempt => ({ kind: 'raised', message: 'no', text: 'line 3 raises ValueError: no' });
    const many = Array.from({ length: 12 }, (_, i) => leaf(`p${i}`, number, array(2), array(2, 3)));
    const result = searchShapes(many, never, { attempts: 50, milliseconds: 1_000 });
    assert.deepEqual(
      { ...result, failure: result.failure },
      {
        found: [],
        attempts: 50,
        failure: 'line 3 raises ValueError: no',
        isConstant: true,
      },
    );
    const unknown = searchShapes(many, () => ({ kind: 'unknown', text: '`load` is not supported' }));
    assert.ok(unknown.attempts < 20);
  });

  it('goes through all choices once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }), (counts) => {
        const all = [...bestFirst(counts)].map((v) => v.join());
        assert.equal(new Set(all).size, all.length);
        assert.equal(
          all.length,
          counts.reduce((a, n) => a * n, 1),
        );
        assert.equal(all[0], counts.map(() => 0).join());
      }),
    );
  });

  it('ends with small sizes of the same pattern', () => {
    assert.deepEqual(shrunk([array(17, 29), array(29, 43), { kind: 'integer', value: 43 }, array(43)]), [
      array(2, 3),
      array(3, 5),
      { kind: 'integer', value: 5 },
      array(5),
    ]);
  });
});
