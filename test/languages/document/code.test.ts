import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { openIn, pythonText } from '../../../src/languages/document/code/text';
import { formulaNames } from '../../../src/languages/document/code/names';
import { readMarkdown } from '../../../src/languages/markdown/regions';
import { Notes } from './support';

const fence = (code: string, language = 'python') => `\n\`\`\`${language}\n${code}\n\`\`\`\n`;
const blanked = (text: string) => pythonText(text, readMarkdown(text).code);

describe('Python of a document', () => {
  it('is one module, in order', () => {
    const notes = new Notes(
      `${fence('def f(x1, x2):\n    return x1 * x2')} prose ${fence('a = 2.0\nb = 3.0\ny = f(a, b)', '')}`,
    );
    assert.deepEqual(notes.ids, ['f', 'y']);
    assert.deepEqual(notes.evaluate('y').gradient, { a: 3, b: 2 });
    assert.deepEqual(notes.evaluate('f').inputs, { x1: 2, x2: 3 });
  });

  it('keeps the offsets of the document, in lists and quotations too', () => {
    const text = '- item\n\n  ```python\n  def f(x):\n      return x ** 2\n  ```\n\n> ```py\n> y = f(3.0)\n> ```\n';
    const code = blanked(text) ?? '';
    assert.equal(code.length, text.length);
    assert.equal(code.indexOf('def f'), text.indexOf('def f'));
    const notes = new Notes(text);
    assert.ok(notes.ids.includes('f'));
    assert.equal(notes.evaluate('f').value, 9);
    const [place] = notes.at('x ** 2');
    assert.equal(text.slice(place?.span.from, place?.span.to), 'x ** 2');
  });

  it('blank lines inside an indented block do not end it', () => {
    const code = '```python\n  a = 2.0\n  def f(x):\n  \n      y = a * x\n  \n      return y\n  ```\n';
    assert.equal(
      new Notes(`\n\`\`\`python\ndef g(x):\n    return x\n\`\`\`\n\n- item\n\n  ${code}`).evaluate('f', {
        set: { x: 3 },
      }).value,
      6,
    );
  });

  it('other languages are left alone', () => {
    assert.equal(blanked(fence('x = 1', 'julia') + fence('graph TD\n A --> B', '')), undefined);
    assert.deepEqual(new Notes(fence('let y = 2 * x;', 'js')).ids, []);
  });

  it('a damaged block does not take the others with it', () => {
    for (const damaged of [
      'q = (1 + [2,\nr = 3',
      's = """open',
      'def g(x:\n    return (x',
      'print("a',
      'if True\n  x =',
    ])
      assert.deepEqual(
        new Notes(`${fence('a = 2.0')}${fence(damaged)}${fence('def f(x):\n    return a * x\nv = f(5.0)')}`).evaluate(
          'f',
        ).value,
        10,
        damaged,
      );
  });

  it('what is cut short does not become a statement', () => {
    const notes = new Notes(`${fence('a = 2.0')}${fence('q = (1 + [2,')}${fence('y = a * 3')} $z = q x$, $x = 2$`);
    assert.equal(notes.recorded('z').trace.inputs.find((i) => i.name[0] === 'q')?.origin.kind, 'assumed');
  });

  it('everything that is open is closed, in order', () => {
    for (const [source, closers] of [
      ['f(a, [b', '])'],
      ['x = {"a": (1, 2', ')}'],
      ['"""abc', '"""'],
      ["f('''abc", "''')"],
      ['# (', ''],
      ['"(" + ")"', ''],
      ['f(a)', ''],
    ] as const)
      assert.equal(openIn(source), closers, source);
  });

  it('any text gives code of its own length, or none', () => {
    const piece = fc.constantFrom(
      '```python\n',
      '```\n',
      'x = (1\n',
      '"""\n',
      '> ',
      '- ',
      '  ',
      'a = [2]\n',
      '$x$ ',
      '\n\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const code = blanked(text);
        assert.ok(code === undefined || code.length === text.length);
        assert.doesNotThrow(() => new Notes(text).ids);
      }),
    );
  });
});

describe('names of code and of formulas', () => {
  it('are the same where they are written for each other', () => {
    for (const [code, name] of [
      ['x', 'x'],
      ['x1', 'x_1'],
      ['x_1', 'x_1'],
      ['w12', 'w_12'],
      ['alpha', 'alpha'],
      ['lam', 'lambda'],
      ['y_hat', 'hat:y'],
      ['yhat', 'hat:y'],
      ['y_hat_1', 'hat:y_1'],
      ['W2', 'W^{(2)}'],
    ] as const)
      assert.ok(formulaNames(code, false).includes(name), `${code} ${name}`);
    assert.ok(formulaNames('W', true).includes('bf:W'));
    for (const code of ['loss', 'learning_rate', 'np', 'x_train', '_']) assert.deepEqual(formulaNames(code, false), []);
  });

  it('code gives formulas their values, numbers and arrays', () => {
    const notes = new Notes(
      `$y = w x_1 + \\beta$ and $z = W \\mathbf{v}$ ${fence('import numpy as np\nw = 3\nx1 = 2.0\nbeta = 0.5\nW = np.array([[1.0, 2.0], [3.0, 4.0]])\nv = [1.0, -1.0]')}`,
    );
    const { value, gradient } = notes.evaluate('y');
    assert.equal(value, 6.5);
    assert.deepEqual(gradient, { w: 2, x_1: 3, '\\beta': 1 });
    const [input] = notes.recorded('y').trace.inputs;
    assert.equal(input?.origin.kind, 'document');
    assert.match(input?.origin.why ?? '', /^from the code in line 4$/);
    const { trace } = notes.recorded('z');
    assert.deepEqual(trace.tape.array(trace.output).toNested(), [-1, -1]);
  });

  it('what formulas say comes first; a directive before both', () => {
    const code = fence('x = 2.0\nw = 3.0');
    assert.equal(new Notes(`$y = w x$, $x = 5$ ${code}`).evaluate('y').value, 15);
    assert.equal(new Notes(`<!-- wengert: at x=7 -->\n\n$y = w x$ ${code}`).evaluate('y').value, 21);
  });

  it('a name with several values in the code gives none', () => {
    for (const code of [
      'w = 1.0\nw = 2.0',
      'w = 1.0\nw -= 0.1',
      'w = 1.0\nfor i in range(3):\n    w = w - 0.1',
      'w = 1.0\nif True:\n    w = 2.0',
      'w = 1.0\ndef step():\n    global w\n    w = 2.0\nstep()',
      'for w in range(3):\n    pass',
      'w1 = 1.0\nw_1 = 2.0',
    ])
      assert.deepEqual(
        [...new Set(Object.values(new Notes(`$y = w w_1 x$ ${fence(code)}`).evaluate('y').origins))],
        ['assumed'],
        code,
      );
  });
});
