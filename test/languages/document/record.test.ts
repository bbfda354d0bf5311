import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Notes } from './support';

const close = (actual: number | null | undefined, expected: number) =>
  assert.ok(
    typeof actual === 'number' && Math.abs(actual - expected) <= 1e-12 * Math.max(1, Math.abs(expected)),
    `${actual} is not ${expected}`,
  );

describe('traces of formulas', () => {
  it('share equal parts: x₁x₂ is one step in two places', () => {
    const notes = new Notes('$$f(x_1, x_2) = x_1x_2 + e^{x_1x_2} - \\sin(x_2)$$ at $(x_1, x_2) = (0.5, 2)$');
    assert.deepEqual(
      notes.steps('f').map(([op, , spans]) => [op, spans]),
      [
        ['mul', ['x_1x_2', 'x_1x_2']],
        ['exp', ['e^{x_1x_2}']],
        ['add', ['x_1x_2 + e^{x_1x_2}']],
        ['sin', ['\\sin(x_2)']],
        ['sub', ['x_1x_2 + e^{x_1x_2} - \\sin(x_2)']],
      ],
    );
    const { value, gradient, origins } = notes.evaluate('f');
    close(value, 1 + Math.E - Math.sin(2));
    close(gradient['x_1'], 2 + 2 * Math.E);
    close(gradient['x_2'], 0.5 + 0.5 * Math.E - Math.cos(2));
    assert.deepEqual(origins, { x_1: 'document', x_2: 'document' });
  });

  it('follow a table of definitions: logistic loss at X = 3, y = 1, W = 3', () => {
    const notes = new Notes(
      String.raw`For $X=\{3\}, y=1, W=3$: $\xi_1 = -W^T X$, $\xi_2 = e^{\xi_1} = e^{-W^T X}$, $\xi_3 = 1 + \xi_2$,
        $\xi_4 = \frac{1}{\xi_3} = p$, $\xi_5 = \log \xi_4 = \log p$, $\mathcal{L} = -y\xi_5$.`,
    );
    const { gradient, value } = notes.evaluate('\\mathcal{L}');
    close(gradient['W'], -0.00037018372795869517);
    close(value, Math.log(1 + Math.exp(-9)));
    close(notes.evaluate('\\xi_1').value, -9);
    assert.deepEqual(
      notes.recorded('\\mathcal{L}').trace.bindings.map((b) => b.name[0]),
      ['\\xi_1', '\\xi_2', '\\xi_3', '\\xi_4', '\\xi_5', '\\mathcal{L}'],
    );
  });

  it('use a definition that follows: z = t², t = x + y', () => {
    const notes = new Notes('$$z = t^2$$\n$$t = x + y$$\n\n$x = 1.5$, $y = 2$');
    const { value, gradient } = notes.evaluate('z');
    assert.equal(value, 12.25);
    assert.deepEqual(gradient, { x: 7, y: 7 });
    assert.match(
      notes
        .recorded('z')
        .readings?.map((r) => r.text)
        .join('; ') ?? '',
      /t is used before it is defined/,
    );
  });

  it('follow a network through its functions', () => {
    const notes = new Notes(
      String.raw`$$L = \frac{1}{2}(\hat{y} - y)^2$$ $$\hat{y} = f_2(z_2) = f_2(x_2 w_2 + b_2)$$ $$x_2 = f_1(z_1) = f_1(x_1 w_1 + b_1)$$
$$f_2(x) = x, \quad f_1(x) = \text{ReLU}(x)$$ $$x_1 = 1, y = 1, w_1 = w_2 = 0.5$$ $$b_1 = b_2 = 0$$`,
    );
    const { value, gradient, inputs } = notes.evaluate('L');
    assert.equal(value, 0.28125);
    assert.equal(gradient['w_2'], -0.375);
    assert.equal(gradient['w_1'], -0.375);
    assert.deepEqual(inputs, { x_1: 1, w_1: 0.5, b_1: 0, w_2: 0.5, b_2: 0, y: 1 });
    const bound = notes.recorded('L').trace.bindings.map((b) => b.name[0]);
    assert.deepEqual(bound, ['z_1', 'x_2', 'z_2', '\\hat{y}', 'L']);
  });

  it('differentiate by a name on the way, at its value', () => {
    const notes = new Notes('$L = \\frac12 (a - 1)^2$, $a = w x$, $w = 2$, $x = 0.25$');
    const { gradient, inputs } = notes.evaluate('L', { wrt: ['a'] });
    assert.deepEqual(inputs, { a: 0.5 });
    assert.deepEqual(gradient, { a: -0.5 });
  });

  it('take the branch that holds, and guard it', () => {
    const notes = new Notes('$$y = \\begin{cases} x^2 & x > 0 \\\\ -x & \\text{otherwise} \\end{cases}$$ $x = -3$');
    const { value, gradient } = notes.evaluate('y');
    assert.equal(value, 3);
    assert.deepEqual(gradient, { x: -1 });
    const { guards } = notes.recorded('y').trace;
    assert.deepEqual(
      guards.map((g) => [g.test, g.outcome]),
      [['gt', 0]],
    );
  });

  it('write out sums over stated ranges', () => {
    const notes = new Notes(
      '$$s = \\sum_{i=1}^{n} w_i x_i$$ $n = 3$, $w_1 = 1, w_2 = 2, w_3 = 3$, $x_1 = 4, x_2 = 5, x_3 = 6$',
    );
    const { value, gradient } = notes.evaluate('s');
    assert.equal(value, 32);
    assert.equal(gradient['w_2'], 5);
  });

  it('evaluate a derivative in a formula', () => {
    const notes = new Notes('$$L = w^2 x$$ $$g = \\frac{\\partial L}{\\partial w} + 1$$ $w = 3$, $x = 2$');
    assert.equal(notes.evaluate('L').gradient['w'], 12);
    const g = new Notes('$$L = w^2 x$$ $$g = 2 \\frac{\\partial L}{\\partial w}$$ $w = 3$, $x = 2$').evaluate('g');
    assert.equal(g.value, 24);
    assert.deepEqual(g.gradient, { w: 8, x: 12 });
  });

  it('read TeX documents with their macros', () => {
    const notes = new Notes(
      '\\newcommand{\\sq}[1]{#1^2}\n\\begin{align}\n L &= \\sq{w} x \\\\ w &= 3, x = 2\n\\end{align}',
      'latex',
    );
    assert.deepEqual(notes.evaluate('L').gradient, { w: 12, x: 9 });
  });

  it('number definitions of one name', () => {
    assert.deepEqual(new Notes('$z = x^2$ and $z = 3x$').ids, ['z', 'z#2']);
  });
});

describe('values', () => {
  it('a later definition holds from where it stands', () => {
    const notes = new Notes('$w = 1$, $a = 2 w$. Now $w = 5$ and $c = 2 w$.');
    assert.equal(notes.evaluate('a').value, 2);
    assert.equal(notes.evaluate('c').value, 10);
  });

  it('an expression under another heading is not looked ahead to', () => {
    const notes = new Notes('# One\n$z = x + y$\n# Two\n$y = 3 x$\n');
    assert.deepEqual(Object.keys(notes.evaluate('z').inputs), ['x', 'y']);
  });

  it('parameters of a function take values, not definitions', () => {
    const notes = new Notes('$z = 3 x$, $x = 2$, $g(z) = \\tanh(z)$');
    assert.deepEqual(Object.keys(notes.evaluate('g').inputs), ['z']);
    assert.equal(notes.evaluate('g').origins['z'], 'assumed');
  });

  it('directives give values; pins win over them', () => {
    const notes = new Notes('<!-- wengert: at x=3, \\hat{y}=.5 -->\n\n$L = x^2 \\hat{y}$');
    assert.equal(notes.evaluate('L').value, 4.5);
    assert.deepEqual(notes.evaluate('L').origins, { x: 'directive', '\\hat{y}': 'directive' });
    assert.equal(notes.evaluate('L', { set: { x: 2 } }).value, 2);
    assert.equal(notes.evaluate('L', { set: { x: 2 } }).origins['x'], 'pinned');
  });

  it('directives draw values: the numbers of NumPy', () => {
    const notes = new Notes(
      '<!-- wengert: given x: float[3] ~ uniform(0, 1, seed=1) -->\n<!-- wengert: given t: float ~ normal(0, 1, seed=1) -->\n\n' +
        '$L = t \\sum_i x_i$ and $m = t^2$',
    );
    // numpy.random.RandomState(1).uniform(0, 1, 3) and .normal(0, 1)
    const [sum, t] = [0.417022004702574 + 0.7203244934421581 + 0.00011437481734488664, 1.6243453636632417];
    const { trace } = notes.recorded('L');
    assert.ok(Math.abs((trace.tape.value[trace.output] as number) - t * sum) < 1e-12);
    assert.deepEqual(new Set(trace.inputs.map((i) => i.origin.kind)), new Set(['directive']));
    assert.ok(Math.abs(notes.evaluate('m').value - t * t) < 1e-12);
  });

  it('a directive names the inputs; what a definition gives is then held fixed', () => {
    const text = '$L = (\\hat y - 1)^2$, $\\hat y = w x$, $w = 2$, $x = 3$';
    assert.deepEqual(new Notes(text).evaluate('L').gradient, { w: 30, x: 20 });
    const held = new Notes(`<!-- wengert: of L wrt \\hat y -->\n\n${text}`);
    assert.deepEqual(held.evaluate('L').gradient, { '\\hat{y}': 10 });
    assert.equal(held.recorded('L').choice.rule, 'directive');
    const named = new Notes(`<!-- wengert: of L wrt w -->\n\n${text}`);
    assert.deepEqual(named.recorded('L').wrt, ['w']);
    assert.equal(new Notes(`<!-- wengert: of M wrt w -->\n\n${text}`).recorded('L').choice.rule, 'formula');
    // Asked for otherwise, the reader's choice counts.
    assert.deepEqual(Object.keys(held.evaluate('L', { wrt: ['w'] }).gradient).sort(), ['w', 'x']);
  });

  it('a directive for code is a fault in text', () => {
    for (const text of ['given x from data.npz', 'checks f = df'])
      assert.equal(new Notes(`<!-- wengert: ${text} -->`).faults[0]?.code, 'malformed-directive');
  });

  it('pins replace numbers of the document', () => {
    const notes = new Notes('$y = \\alpha x$, $\\alpha = 3$, $x = 4$');
    assert.equal(notes.evaluate('y', { set: { alpha: 0.5 } }).value, 2);
    assert.equal(notes.evaluate('y', { set: { '\\alpha': 0.5 } }).value, 2);
  });

  it('sample points are the same every time, inside the domain, and different for different names', () => {
    const text = '$L = -y \\log p - (1 - y) \\log(1 - p)$ and $r = \\sqrt{u - 1} + \\sqrt{v - 1}$';
    const notes = new Notes(text);
    for (const id of ['L', 'r']) {
      const { inputs, value, origins } = notes.evaluate(id);
      assert.ok(Number.isFinite(value));
      assert.deepEqual(new Notes(text).evaluate(id).inputs, inputs);
      assert.equal(new Set(Object.values(inputs)).size, Object.keys(inputs).length);
      assert.ok(Object.values(origins).every((o) => o === 'assumed'));
    }
  });

  it('a malformed directive is a fault with the grammar in it', () => {
    const { faults } = new Notes('<!-- wengert: on x=1 -->');
    assert.equal(faults[0]?.code, 'malformed-directive');
    assert.match(faults[0]?.message ?? '', /at x=2/);
  });
});

describe('what is not evaluated says why', () => {
  const table: readonly (readonly [string, string, string])[] = [
    ['a sum without a range', '$L = \\sum_k t_k x$', 'open-sum'],
    ['an ellipsis', '$L = a + b + \\dots$', 'elision'],
    ['vectors', '$L = \\mathbf{w}^T \\mathbf{x} + b$', 'unsupported-vector'],
    ['a transpose of what may be a matrix', '$L = W^T X + b$', 'unsupported-vector'],
    ['an elementwise product of what may be vectors', '$d = u \\odot v$', 'unsupported-vector'],
    ['an integral', '$L = \\int_0^1 a x \\, dx$', 'unsupported-integral'],
    ['an undefined function', '$L = h(x) + 1$', 'undefined-function'],
    ['a value before brackets', '$f = 3$, $L = f(x + 1)$', 'ambiguous-call'],
    ['a circle', '$a = 2 c$, $c = 3 a$', 'circular'],
    ['a half-typed formula', '$L = x +$', 'syntax'],
    ['plus or minus', '$L = a \\pm b$', 'unsupported-operator'],
    ['a derivative that nothing leads to', '$u = 2 x$, $g = 3 \\frac{\\partial u}{\\partial q}$', 'not-connected'],
    ['matrices', '$M = \\begin{pmatrix} a & b \\end{pmatrix}$', 'unsupported-vector'],
  ];
  for (const [title, text, code] of table)
    it(title, () => {
      const notes = new Notes(text);
      const id = notes.ids.at(-1) as string;
      assert.equal(notes.reason(id), code);
    });

  it('nothing is traced in prose, or where only numbers stand', () => {
    assert.deepEqual(new Notes('It costs $5 and $10. Let $n = 3$, $x \\in \\mathbb{R}$, $a = b$.').ids, []);
  });
});

describe('occurrences', () => {
  const notes = new Notes('$$y = \\log x_1 + x_1 x_2$$ so $\\frac{\\partial y}{\\partial x_2}$ and $x_1$ again');
  const first = (before: string) => {
    const [o] = notes.at(before);
    return o && [notes.text.slice(o.span.from, o.span.to), o.traceable.id, o.name?.[0]];
  };

  it('a name in a formula', () => assert.deepEqual(first('$$y = \\log '), ['x_1', 'y', 'x_1']));
  it('a product', () => assert.deepEqual(first('+ x_1 '), ['x_2', 'y', 'x_2']));
  it('a derivative in the text means the input of the trace', () => {
    const all = notes
      .at('\\frac{\\partial y}{\\partial ')
      .map((o) => [notes.text.slice(o.span.from, o.span.to), o.traceable.id, o.name?.[0]]);
    assert.ok(
      all.some(([text, id, name]) => text === '\\frac{\\partial y}{\\partial x_2}' && id === 'y' && name === 'x_2'),
      JSON.stringify(all),
    );
  });
  it('a name in the text means that of a trace above', () => assert.deepEqual(first('and $'), ['x_1', 'y', 'x_1']));
  it('nothing in prose', () => assert.deepEqual(notes.at('so'), []));
});
