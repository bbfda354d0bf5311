/** Long chains and deep brackets: evaluated, or unknown with the reason; the statements beside them live. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { DEFAULT_BUDGET } from '../../../src/languages/frontEnd';
import { pythonFrontEnd } from '../../../src/languages/python/frontEnd';
import { parseModule } from '../../../src/languages/python/parse';
import { evaluate, NO_WORKSPACE } from './evaluate';

function outcomes(text: string) {
  const analysis = pythonFrontEnd.analyse({ uri: 'file:///a.py', languageId: 'python', version: 1, text });
  return pythonFrontEnd
    .find(analysis)
    .map((t) => [t.id, pythonFrontEnd.record(analysis, t, {}, DEFAULT_BUDGET, NO_WORKSPACE)] as const);
}

const chain = (count: number, term: string, operator: string) => Array(count).fill(term).join(` ${operator} `);

describe('long chains', () => {
  it('of 900 operands are evaluated, however long their text is', () => {
    assert.equal(evaluate(`abc = 2\nprint(${chain(900, 'abc', '+')})\nprint(1)\n`).output, '1800\n1\n');
    assert.equal(evaluate(`t = 1.0\nprint(${chain(900, 't * 0.5', '-')})\n`).output, '-449.0\n');
    assert.equal(evaluate(`one_and_only = 1\nprint((${chain(900, 'one_and_only', '*\n ')}))\n`).output, '1\n');
    assert.equal(evaluate(`x = True\nprint(${chain(900, 'x', 'and')})\n`).output, 'True\n');
    assert.equal(evaluate(`s = "a"\nprint(len(${chain(900, 's', '+')}))\n`).output, '900\n');
  });

  it('have derivatives', () => {
    const [found] = outcomes(`import math\nx = 0.5\ny = ${chain(900, 'math.sin(x)', '+')}\n`);
    assert.equal(found?.[1].kind, 'recorded');
  });

  it('of 5,000 say why not, in a script and in a function; what does not need them lives', () => {
    const text =
      `import math\nx = 0.5\ny = ${chain(5000, 'x * x', '+')}\nz = y * 2\nw = math.exp(x)\n` +
      `def f(a):\n    return ${chain(5000, 'a * a', '+')}\ndef g(a):\n    return math.exp(a)\n`;
    const reasons = outcomes(text).map(([id, o]) => [id, o.kind === 'unknown' ? o.reason : o.kind]);
    const why = 'too many operations are nested in each other here';
    assert.deepEqual(reasons, [
      ['f', why],
      ['g', 'recorded'],
      ['w', 'recorded'],
    ]);
    const alone = `import math\nx = 0.5\ny = ${chain(5000, 'x * x', '+')}\n`;
    const [last] = outcomes(alone).map(([id, o]) => [id, o.kind === 'unknown' ? o.reason : o.kind]);
    assert.deepEqual(last, ['y', why]);
  });

  it('of conditional expressions are evaluated, or say why not', () => {
    const choices = (count: number) =>
      `x = 1.0\ny = 2.0\nz = ${Array.from({ length: count }, (_, i) => `x * ${i} if y > ${i + 5}`).join(' else ')} else 0.5\nprint(z)\n`;
    assert.equal(evaluate(choices(500)).output, '0.5\n');
    const { output, rt } = evaluate(choices(1000));
    assert.equal(output, '<unknown>\n');
    assert.equal(rt.lastUnknown?.unknown.reason, 'too many operations are nested in each other here');
  });

  it('a parser that is never through, whatever is nested', () => {
    for (const [open, close] of ['()', '[]', 'f()', '-', 'not ', 'x if y else ', 'a.b'].map((s) =>
      s.endsWith(')') || s === '[]' ? [s.slice(0, -1), s.slice(-1)] : [s, ''],
    )) {
      for (const count of [300, 999, 1199, 1201, 2499, 2501, 6000]) {
        const text = `v = ${(open as string).repeat(count)}1${(close as string).repeat(count)}\nif ${chain(count, 'a', '+')}:\n    b = 1\nc = 2\n`;
        const { body } = parseModule(text).module;
        assert.ok(body.length > 0);
      }
    }
  });
});
