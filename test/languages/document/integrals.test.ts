import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { integrate } from '../../../src/symbolic/quadrature';
import { Notes } from './support';

interface Case {
  readonly kind: 'definite' | 'indefinite' | 'limit';
  readonly left: string;
  readonly right: string;
  readonly wrong: string;
}

/** Written by test/oracles/integrals.py. */
const CASES = JSON.parse(
  readFileSync(new URL('../../oracles/fixtures/integrals.json', import.meta.url), 'utf8'),
) as readonly Case[];

const verdict = (left: string, right: string) => new Notes(`$$${left} = ${right}$$`).claims.at(-1)?.verdict;

describe('integrals and limits against SymPy', () => {
  it('what is right is not called wrong, and most of it is seen to be right', () => {
    const verdicts = CASES.map((c) => [verdict(c.left, c.right), `${c.left} = ${c.right}`] as const);
    assert.deepEqual(
      verdicts.filter(([v]) => v === 'fail'),
      [],
    );
    const open = verdicts.filter(([v]) => v !== 'pass');
    assert.ok(open.length <= CASES.length * 0.05, open.map(([, text]) => text).join('\n'));
  });

  it('what is wrong is flagged, but for an integral that asks for a name', () => {
    const verdicts = CASES.map((c) => [verdict(c.left, c.wrong), `${c.left} = ${c.wrong}`] as const);
    assert.deepEqual(
      verdicts.filter(([v]) => v === 'pass'),
      [],
    );
    const missed = verdicts.filter(([v]) => v !== 'fail');
    assert.ok(missed.length <= CASES.length * 0.05, missed.map(([, text]) => text).join('\n'));
  });
});

describe('integrals that are left open, with that reason', () => {
  for (const [name, formula] of [
    ['of what is not defined', '\\int p(x) \\, dx = 1'],
    ['that asks for a constant', '\\int_0^1 c x^2 \\, dx = 1'],
    ['of a name that may depend on the variable', '\\int_0^1 x v \\, dx = \\frac{v}{3}'],
    ['over a curve', '\\oint x \\, dx = 1'],
    ['that diverges', '\\int_0^1 \\frac{1}{x} \\, dx = 1'],
    ['that oscillates', '\\int_0^\\infty \\frac{\\sin x}{x} \\, dx = \\frac{\\pi}{2}'],
    [
      'of a peak that a quadrature may step over',
      '\\int_0^{1000} \\frac{100}{\\sqrt{\\pi}} e^{-10000 (x - 777.7)^2} \\, dx = 2',
    ],
  ] as const)
    it(name, () => {
      const [claim] = new Notes(`$$${formula}$$`).claims;
      assert.equal(claim?.verdict, 'unknown', claim?.message);
      assert.equal(claim?.code, 'unsupported-integral', claim?.message);
    });
});

describe('integrals in documents', () => {
  it('a function that is an integral is differentiated, its limits included', () => {
    const text = String.raw`$F(x) = \int_0^{x^2} e^{-t} \, dt$, $F'(x) = 2 x e^{-x^2}$, $F'(x) = e^{-x^2}$`;
    assert.deepEqual(new Notes(text).verdicts, ['pass', 'fail']);
  });

  it('between limits, a bracket is the difference of two values', () => {
    const text = String.raw`$$\int_1^2 x^2 \, dx = \left[\frac{x^3}{3}\right]_1^2 = \frac{7}{3} = 2.33$$
$$\int_0^2 x \, dx = \left.\frac{x^2}{2}\right|_0^2 = 2$$ $$\int_0^2 x \, dx = \left.\frac{x^2}{2}\right|_{x=0}^{x=2} = 1$$`;
    assert.deepEqual(new Notes(text).verdicts, ['pass', 'pass', 'pass', 'pass', 'pass', 'pass', 'fail']);
  });

  it('have values that other formulas use', () => {
    assert.deepEqual(
      new Notes(String.raw`$I = \int_0^1 6 x^2 \, dx$, $J = I^2$, $J = 4$, $3 J = 13$`).verdicts.slice(0, 1),
      ['pass'],
    );
  });
});

describe('derivatives with something held', () => {
  const GAS = String.raw`$p = \frac{n R T}{V}$: `;
  for (const [formula, wanted] of [
    [String.raw`\left.\frac{\partial p}{\partial V}\right|_{T} = -\frac{n R T}{V^2}`, 'pass'],
    [String.raw`\left.\frac{\partial p}{\partial V}\right|_{T} = \frac{n R T}{V^2}`, 'fail'],
    [String.raw`\left(\frac{\partial p}{\partial T}\right)_V = \frac{n R}{V}`, 'pass'],
    [String.raw`\left(\frac{\partial p}{\partial T}\right)_{V,n} = \frac{R}{V}`, 'fail'],
    [String.raw`\left(\frac{\partial V}{\partial T}\right)_p = \frac{n R}{p}`, 'pass'],
    [String.raw`\left(\frac{\partial V}{\partial T}\right)_p = \frac{R}{p}`, 'fail'],
    [
      String.raw`\left(\frac{\partial p}{\partial V}\right)_T \left(\frac{\partial V}{\partial T}\right)_p \left(\frac{\partial T}{\partial p}\right)_V = -1`,
      'pass',
    ],
  ] as const)
    it(`${formula}: ${wanted}`, () => {
      assert.deepEqual(new Notes(`${GAS}$${formula}$`).verdicts, [wanted]);
    });

  it('what is held is not followed: U of T and V, and of T and p', () => {
    const text = String.raw`$V = \frac{R T}{p}$, $U = c T + a V$.
$\left(\frac{\partial U}{\partial T}\right)_V = c$, $\left(\frac{\partial U}{\partial T}\right)_p = c + \frac{a R}{p}$,
$\left(\frac{\partial U}{\partial T}\right)_p = c$`;
    assert.deepEqual(new Notes(text).verdicts, ['pass', 'pass', 'fail']);
  });
});

describe('angles, binomial coefficients, floors', () => {
  for (const [formula, wanted] of [
    [String.raw`\sin 30^\circ = \frac{1}{2}`, 'pass'],
    [String.raw`\cos 60^{\circ} = \frac{1}{3}`, 'fail'],
    [String.raw`180° = \pi`, 'pass'],
    [String.raw`\binom{5}{2} = 10`, 'pass'],
    [String.raw`{5 \choose 2} = 9`, 'fail'],
    [String.raw`\lfloor 2.7 \rfloor + \lceil 2.1 \rceil = 5`, 'pass'],
    [String.raw`\lceil 2.1 \rceil = 2`, 'fail'],
  ] as const)
    it(`${formula}: ${wanted}`, () => {
      assert.deepEqual(new Notes(`$$${formula}$$`).verdicts, [wanted]);
    });

  it('a temperature is no angle, and no claim', () => {
    assert.deepEqual(
      new Notes(String.raw`At $T = 25\,^\circ\mathrm{C}$, $p = R T$, $\frac{\partial p}{\partial T} = R$.`).verdicts,
      ['pass'],
    );
  });
});

describe('adaptive quadrature', () => {
  it('has a bound of its error that holds', () => {
    for (const [f, lower, upper, value] of [
      [(x: number) => Math.exp(-x * x), -Infinity, Infinity, Math.sqrt(Math.PI)],
      [(x: number) => 1 / Math.sqrt(x), 0, 1, 2],
      [Math.log, 0, 1, -1],
      [Math.abs, -1, 2, 2.5],
      [(x: number) => Math.cos(100 * x), 0, 1, Math.sin(100) / 100],
      [Math.sin, 2 * Math.PI, 0, 0],
      [(x: number) => 1 / (1 + x * x), -Infinity, 0, Math.PI / 2],
    ] as const) {
      const found = integrate(f, lower, upper);
      assert.ok(
        found && Math.abs(found.value - value) <= found.error + 1e-15,
        `${found?.value} ± ${found?.error}, not ${value}`,
      );
      assert.ok(found.error <= 1e-9);
    }
  });

  it('gives no value where there is none, or where it can not be seen', () => {
    for (const [f, lower, upper] of [
      [(x: number) => 1 / x, 0, 1],
      [(x: number) => 1 / x, -1, 1],
      [(x: number) => 1 / x, 1, Infinity],
      [() => 1, 0, Infinity],
      [Math.sin, 0, Infinity],
      [(x: number) => Math.exp(-((x - 50) ** 2) / 0.02), -Infinity, Infinity],
    ] as const)
      assert.equal(integrate(f, lower, upper), undefined);
  });
});
