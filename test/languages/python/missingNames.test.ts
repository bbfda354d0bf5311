/** What is not supported of a module is unknown: no exception that Python would not raise. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { evaluate } from './evaluate';

describe('names of the standard library that are not supported', () => {
  it('are unknown, imported or not; what is supported works beside them', () => {
    const text =
      'import statistics\nfrom statistics import linear_regression, mean\n' +
      'print(mean([1, 2, 6]), statistics.mean([1.0, 2.0]))\nprint(linear_regression([1, 2], [3, 4]), statistics.quantiles([1, 2]))\n';
    assert.equal(evaluate(text).output, '3 1.5\n<unknown> <unknown>\n');
  });

  it('are unknown where everything of a module was imported', () => {
    assert.equal(
      evaluate('from functools import *\nprint(reduce(max, [1, 3]))\nprint(singledispatchmethod)\n').output,
      '3\n<unknown>\n',
    );
    assert.match(evaluate('from mathe import sin\nfrom math import *\nprint(no_such_name)\n').output, /unknown/);
  });

  it('and methods of built-in types: what Python has not either raises', () => {
    const text =
      'print(b"ab".hex())\nprint(hasattr(3, "shape"), hasattr([], "push"))\ntry:\n    [].push(1)\nexcept AttributeError as e:\n    print(e)\n';
    assert.equal(evaluate(text).output, "<unknown>\nFalse False\n'list' object has no attribute 'push'\n");
  });
});

describe('numbers in the fields of formatted strings', () => {
  it('may end with their point', () => {
    const text = 'f = lambda a, b: a * b\nprint(f"{f(2., 3.):.2f} is 6.", f\'{1.}{2.:5.1f}\', rf"{0.}")\n';
    assert.equal(evaluate(text).output, '6.00 is 6. 1.0  2.0 0.0\n');
  });
});
