import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { numberOf, parameterAt } from '../../../extension/viewer/literals';

/** The text with what is found between brackets ⟦ ⟧; the origin is marked by ‹ ›. */
function found(marked: string, name: string, value: number, parameter?: number): string | undefined {
  const from = marked.indexOf('‹');
  const to = marked.indexOf('›') - 1;
  const text = marked.replace(/[‹›]/g, '');
  const place = numberOf(text, { from, to }, { name, value, parameter });
  return place && `${text.slice(0, place.from)}⟦${text.slice(place.from, place.to)}⟧${text.slice(place.to)}`;
}

describe('the number that gives an input its value', () => {
  for (const [text, name, value, parameter, expected] of [
    ['x1 = ‹2.0›', 'x1', 2, undefined, 'x1 = ⟦2.0⟧'],
    ['x1 = ‹-1_000›', 'x1', -1000, undefined, 'x1 = ⟦-1_000⟧'],
    ['With $‹k› = 9.9$ and', 'k', 9.9, undefined, 'With $k = ⟦9.9⟧$ and'],
    ['$‹k› = 2.$', 'k', 2, undefined, '$k = ⟦2.⟧$'],
    ['‹k› &= −3 \\\\', 'k', -3, undefined, 'k &= ⟦−3⟧ \\\\'],
    ['$‹k› = 2, m = 3$', 'k', 2, undefined, '$k = ⟦2⟧, m = 3$'],
    ['‹f(2, 5)›', 'y', 5, 1, 'f(2, ⟦5⟧)'],
    ['‹f(g(1, 2), "a,b", [3, 4], 5.0)›', 'y', 5, 3, 'f(g(1, 2), "a,b", [3, 4], ⟦5.0⟧)'],
    ['‹f(2, y=5)›', 'y', 5, 1, 'f(2, y=⟦5⟧)'],
    ['‹obj.f( 2 )›', 'x', 2, 0, 'obj.f( ⟦2⟧ )'],
  ] as const)
    it(text, () => assert.equal(found(text, name, value, parameter), expected));

  for (const [why, text, name, value, parameter] of [
    ['another value', 'x1 = ‹2.0›', 'x1', 3, undefined],
    ['an expression', '$‹k› = 2 m$', 'k', 2, undefined],
    ['a power', '$‹k› = 2^3$', 'k', 2, undefined],
    ['a chain', '$‹k› = 2 = m$', 'k', 2, undefined],
    ['no number', '‹f(n, 2)›', 'a', 2, 0],
    ['another place', '‹f(2, 5)›', 'y', 5, 0],
    ['a starred argument', '‹f(*v, 5)›', 'y', 5, 1],
    ['a named argument before', '‹f(b=1, 5)›', 'y', 5, 1],
    ['an argument that is more than a number', '‹f(2 * 5)›', 'x', 2, 0],
    ['no parameter', '‹f(2)›', 'x', 2, undefined],
  ] as const)
    it(`not where there is ${why}: ${text}`, () => assert.equal(found(text, name, value, parameter), undefined));
});

describe('the parameter at an offset', () => {
  const text = 'def f(x: int, y=(1, 2), *, z):\n    pass\n';
  for (const [name, index] of [
    ['x:', 0],
    ['y=', 1],
    ['z)', 3],
  ] as const)
    it(name, () => assert.equal(parameterAt(text, 0, text.indexOf(name)), index));
  it('none of methods, and outside of the head', () => {
    assert.equal(parameterAt('def f(self, x):', 0, 12), undefined);
    assert.equal(parameterAt(text, 0, text.indexOf('pass')), undefined);
    assert.equal(parameterAt('class A: x', 0, 9), undefined);
  });
});
