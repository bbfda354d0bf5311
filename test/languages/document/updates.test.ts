import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Notes } from './support';

const NETWORK = String.raw`$$L = \frac{1}{2}(\hat{y} - y)^2$$ $$\hat{y} = w_2 x_2 + b_2$$ $$x_2 = \text{ReLU}(w_1 x_1 + b_1)$$
$x_1 = 1$, $y = 1$, $w_1 = w_2 = 0.5$, $b_1 = b_2 = 0$, $\alpha = 0.1$
`;

const close = (actual: unknown, expected: number) =>
  assert.ok(Math.abs(Number(actual) - expected) < 1e-14, `${String(actual)} is not ${expected}`);

describe('updates', () => {
  it('have a value before, a gradient, and a value after', () => {
    const notes = new Notes(String.raw`${NETWORK} $$w_2 \leftarrow w_2 - \alpha \frac{\partial L}{\partial w_2}$$`);
    const { update, trace } = notes.recorded('w_2 ←');
    assert.deepEqual(update?.name, ['w_2']);
    assert.deepEqual([update?.before, update?.gradient, update?.after], [0.5, -0.375, 0.5375]);
    assert.equal(update?.orders, undefined);
    // The gradient is made of the steps of the backward pass, and has its name in the trace.
    const bound = trace.bindings.find((b) => b.name[0] === '\\frac{\\partial L}{\\partial w_2}');
    assert.equal(trace.tape.value[bound?.row ?? -1], -0.375);
  });

  it('of several names are made at once, in one backward pass, or each at a new evaluation', () => {
    const notes = new Notes(String.raw`${NETWORK} $$w_2 \leftarrow w_2 - \alpha \frac{\partial L}{\partial w_2}$$
$$w_1 \leftarrow w_1 - \alpha \frac{\partial L}{\partial w_1}$$`);
    const { update, readings } = notes.recorded('w_1 ←');
    assert.equal(update?.after, 0.5375);
    const [successive, reevaluated] = update?.orders ?? [];
    assert.deepEqual([successive?.order, reevaluated?.order], ['successive', 'reevaluated']);
    assert.deepEqual(successive?.first, [['w_2']]);
    close(successive?.gradient, -0.75 * 0.5375);
    close(successive?.after, 0.5403125);
    // ŷ = 0.5375 · 0.5, and its slope by w_1 is 0.5375.
    close(reevaluated?.gradient, (0.5375 * 0.5 - 1) * 0.5375);
    assert.ok(readings?.some((r) => /0\.5403125/.test(r.text)));
  });

  it('that do not touch each other have one reading', () => {
    const notes = new Notes(String.raw`$f = (a - 1)^2$, $g = (b - 2)^2$, $a = b = 0$, $\eta = 0.5$
$$a \leftarrow a - \eta \frac{\partial f}{\partial a}, \quad b \leftarrow b - \eta \frac{\partial g}{\partial b}$$`);
    assert.equal(notes.recorded('a ←').update?.after, 1);
    assert.equal(notes.recorded('b ←').update?.after, 2);
    assert.equal(notes.recorded('b ←').update?.orders, undefined);
  });

  it('of vectors', () => {
    const notes = new Notes(String.raw`$\mathbf{w} = (1, -1)^T$, $\mathbf{x} = (2, 3)^T$, $t = 1$, $\eta = 0.1$,
      $E = \frac12(\mathbf{w}^T\mathbf{x} - t)^2$ $$\mathbf{w} \leftarrow \mathbf{w} - \eta \nabla_{\mathbf{w}} E$$`);
    const { update } = notes.recorded('\\mathbf{w} ←');
    const elements = (value: unknown) => Array.from((value as { elements(): ArrayLike<number> }).elements());
    assert.deepEqual(elements(update?.gradient), [-4, -6]);
    assert.deepEqual(
      elements(update?.after).map((x) => x.toFixed(12)),
      ['1.400000000000', '-0.400000000000'],
    );
  });

  it('without values have a formula at an assumed point', () => {
    const notes = new Notes(String.raw`$L = (w x - y)^2$ $$w \leftarrow w - \alpha \frac{\partial L}{\partial w}$$`);
    const { trace, update } = notes.recorded('w ←');
    assert.equal(update, undefined);
    assert.ok(trace.inputs.every((i) => i.origin.kind === 'assumed'));
  });

  it('restated in another form are made once', () => {
    const notes = new Notes(String.raw`${NETWORK} $$w_2 \leftarrow w_2 - \alpha \frac{\partial L}{\partial w_2}$$
$$w_2 \leftarrow w_2 - \alpha (\hat{y} - y) x_2$$ $$w_1 \leftarrow w_1 - \alpha \frac{\partial L}{\partial w_1}$$`);
    assert.equal(notes.recorded('w_2 ←#2').update?.after, 0.5375);
    close(notes.recorded('w_1 ←').update?.orders?.[0]?.after, 0.5403125);
  });

  const verdicts = (text: string) => new Notes(text).claims.map((c) => `${c.text}: ${c.verdict}`);
  const UPDATES = String.raw`${NETWORK} $$w_2 \leftarrow w_2 - \alpha \frac{\partial L}{\partial w_2} = 0.5375$$ `;

  it('are claims in every order', () => {
    for (const [value, verdict] of [
      ['0.5375', 'pass'],
      ['0.5403125', 'pass'],
      ['0.53930', 'pass'],
      ['0.55', 'unknown'],
    ])
      assert.deepEqual(
        verdicts(
          String.raw`${UPDATES} $$w_1 \leftarrow w_1 - \alpha \frac{\partial L}{\partial w_1} = ${value as string}$$`,
        ).map((v) => v.slice(v.indexOf('= 0.'))),
        ['= 0.5375: pass', `= ${value as string}: ${verdict as string}`],
      );
  });

  it('are wrong where nothing was updated before', () => {
    const wrong = UPDATES.replace('0.5375', '0.5475');
    assert.deepEqual(
      verdicts(wrong).map((v) => v.slice(v.indexOf('= 0.'))),
      ['= 0.5475: fail'],
    );
  });

  it('leave open whether what follows is said of the values before or after', () => {
    const claims = verdicts(String.raw`${UPDATES} $$\frac12 (\hat{y} - y)^2 = 0.28125$$
$$\frac12 (\hat{y} - y)^2 = 0.26736$$ $$\frac12 (\hat{y} - y)^2 = 0.29$$`);
    assert.deepEqual(
      claims.slice(1).map((v) => v.slice(v.indexOf('= 0.'))),
      ['= 0.28125: pass', '= 0.26736: pass', '= 0.29: unknown'],
    );
  });
});
