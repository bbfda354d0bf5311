// Training loops over their turns, against the same programs run by NumPy (test/oracles/training.py).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import * as v from 'valibot';
import { TrainingAnswer, type TrainingView } from '../../src/protocol';
import { open } from '../support/service';

interface Seen {
  readonly losses: readonly number[];
  readonly parameters: Readonly<Record<string, readonly (readonly number[])[]>>;
}

const inTests = (...parts: string[]) => readFileSync(path.join(__dirname, '..', ...parts), 'utf8');
const example = (file: string) => inTests('..', 'examples', file);
const oracle = JSON.parse(inTests('oracles', 'fixtures', 'training.json')) as Record<string, Seen>;

async function training(text: string, set?: Record<string, unknown>): Promise<TrainingView> {
  const { service, uri } = await open(text);
  const answer = v.parse(TrainingAnswer, await service.training({ uri, ...(set ? { set } : {}) }));
  if (answer.state !== 'data') assert.fail(JSON.stringify(answer));
  return answer.training;
}

const codes = (view: TrainingView) => view.diagnoses.map((d) => [d.code, d.parameter]);

describe('training', () => {
  for (const [file, seen] of Object.entries(oracle)) {
    it(`${file}: parameters and loss in every turn are NumPy's`, async () => {
      const view = await training(example(file));
      assert.equal(view.turns, seen.losses.length);
      assert.equal(view.complete, true);
      assert.deepEqual(view.parameters.map((p) => p.name).sort(), Object.keys(seen.parameters).sort());
      view.loss?.values.forEach((x, turn) => close(x, seen.losses[turn] as number));
      assert.equal(view.loss?.values.length, view.turns);
      for (const { name, values, elements, shape, ratios } of view.parameters) {
        const expected = seen.parameters[name] as readonly (readonly number[])[];
        assert.equal(values.length, expected.length);
        expected.forEach((row, turn) => {
          const whole = shape.length === 0 ? row[0] : Math.hypot(...row);
          close(values[turn], whole as number);
          if (elements) row.forEach((x, i) => close(elements[turn]?.[i], x));
          const next = expected[turn + 1];
          if (next) close(ratios[turn], Math.hypot(...next.map((x, i) => x - (row[i] as number))) / Math.hypot(...row));
        });
      }
      assert.deepEqual(view.diagnoses, []);
    });
  }

  it('the perceptron has a line in every turn, and at last all points on their sides', async () => {
    const { boundary, turns } = await training(example('perceptron.py'));
    assert.equal(boundary?.lines.length, turns + 1);
    assert.equal(boundary.points.length, 9);
    const wrong = (line: readonly unknown[]) =>
      boundary.points.filter(({ x, y, label }) => {
        const [a = 0, b = 0, c = 0] = line.map(Number);
        return (label ?? 0) * (a * x + b * y + c) <= 0;
      }).length;
    assert.ok(wrong(boundary.lines[0] ?? []) > 0);
    assert.equal(wrong(boundary.lines.at(-1) ?? []), 0);
  });

  it('a perceptron of plain numbers has the same line', async () => {
    const { boundary } = await training(`points = [[2.0, 1.0], [1.0, 3.0], [-1.0, -1.5], [-2.0, 0.5]]
labels = [1, 1, -1, -1]
w1 = -0.5
w2 = 0.25
b = 0.5
errors = 1
while errors:
    errors = 0
    for p, y in zip(points, labels):
        if y * (w1 * p[0] + w2 * p[1] + b) <= 0:
            w1 += y * p[0]
            w2 += y * p[1]
            b += y
            errors += 1
`);
    assert.deepEqual(boundary?.points.slice(0, 2), [
      { x: 2, y: 1, label: 1 },
      { x: 1, y: 3, label: 1 },
    ]);
    assert.deepEqual(boundary?.lines[0], [-0.5, 0.25, 0.5]);
    const [a = 0, c = 0, d = 0] = (boundary?.lines.at(-1) ?? []).map(Number);
    for (const { x, y, label } of boundary?.points ?? []) assert.ok((label ?? 0) * (a * x + c * y + d) > 0);
  });

  it('another learning rate is tried without changing the file', async () => {
    const view = await training(example('exclusive_or.py'));
    assert.deepEqual(view.rate, { name: 'learning_rate', value: 0.5, settable: true });
    const slower = await training(example('exclusive_or.py'), { learning_rate: 0.05 });
    assert.equal(slower.rate?.value, 0.05);
    assert.equal(slower.loss?.values[0], view.loss?.values[0]);
    assert.ok(Number(slower.loss?.values.at(-1)) > 5 * Number(view.loss?.values.at(-1)));
    // With half of the file's text changed instead, the numbers are the same.
    const written = await training(example('exclusive_or.py').replace('learning_rate = 0.5', 'learning_rate = 0.05'));
    assert.deepEqual(written.loss?.values, slower.loss?.values);
  });

  it('any turn is recorded on demand, and is the trace of that turn', async () => {
    const { service, uri } = await open(example('exclusive_or.py'));
    const seen = oracle['exclusive_or.py'] as Seen;
    const view = await training(example('exclusive_or.py'));
    for (const turn of [0, 120]) {
      const answer = await service.openTrace({ uri, traceable: view.traceable ?? '', moment: [turn] });
      assert.equal(answer.state, 'data');
      if (answer.state !== 'data') return;
      assert.equal(answer.trace.output.name, 'loss');
      close(answer.trace.output.value, seen.losses[turn] as number);
      const network = await service.network(answer.trace.lease);
      assert.equal(network?.structure, '2 → 4 → 1');
      // The gradient of that turn is what the hand-written backward pass subtracts.
      const before = seen.parameters['W1']?.[turn] ?? [];
      const after = seen.parameters['W1']?.[turn + 1] ?? [];
      const step = Math.hypot(...after.map((x, i) => (x - (before[i] as number)) / 0.5));
      close(network.layers[0]?.parameters.find((p) => p.name === 'W1')?.gradient?.norm, step, 1e-9);
    }
    const none = await service.openTrace({ uri, traceable: view.traceable ?? '', moment: [300] });
    assert.equal(none.state, 'unknown');
  });

  const update = (lines: string, head = '') => `import numpy as np
${head}
x = np.array([[0.5, -1.0], [1.5, 0.3], [-0.7, 0.8]])
t = np.array([[0.2], [0.9], [0.4]])
W = np.array([[0.3], [0.1]])
lr = 0.1
G = np.zeros_like(W)
for turn in range(8):
    y = x @ W
    loss = np.sum((y - t) ** 2)
    grad = 2 * x.T @ (y - t)
${lines}
`;
  for (const [name, text, expected] of [
    ['subtracts: silent', update('    W = W - lr * grad'), []],
    ['subtracts in place: silent', update('    W -= lr * grad'), []],
    ['replaces the parameter', update('    W = lr * grad'), [['update-replaces', 'W']]],
    ['adds', update('    W += lr * grad'), [['update-adds', 'W']]],
    ['accumulates and never resets', update('    G += grad\n    W -= lr * G'), [['gradient-not-reset', 'G']]],
    [
      'accumulates on purpose: silent',
      update('    G += grad\n    if turn % 4 == 3:\n        W -= lr * G\n        G = np.zeros_like(W)'),
      [],
    ],
    ['keeps a momentum: silent', update('    G = 0.9 * G + grad\n    W -= lr * G'), []],
    [
      'scales by accumulated squares: silent',
      update('    G += grad ** 2\n    W -= lr * grad / (np.sqrt(G) + 1e-7)'),
      [],
    ],
  ] as const) {
    it(`an update that ${name}`, async () => {
      const view = await training(text);
      assert.deepEqual(
        codes(view).filter(([code]) => code !== 'loss-rises' && code !== 'diverges'),
        expected,
      );
    });
  }

  describe('in the editor', () => {
    const loop = (lines: string) => `from data import load
x, t = load()
network = make()
learning_rate = 0.1
for i in range(1000):
    grad = network.gradient(x, t)
    for key in ('W1', 'b1'):
${lines}
    loss = network.loss(x, t)
`;
    for (const [name, lines, expected] of [
      ['puts the gradient in place of the parameter', '        network.params[key] = learning_rate * grad[key]', 1],
      ['subtracts', '        network.params[key] -= learning_rate * grad[key]', 0],
      ['subtracts, written out', '        network.params[key] = network.params[key] - learning_rate * grad[key]', 0],
      [
        'keeps a velocity',
        '        velocity[key] = learning_rate * grad[key]\n        network.params[key] -= velocity[key]',
        0,
      ],
      ['fills a buffer', '        steps[key] = learning_rate * grad[key]\n    apply(network, steps)', 0],
    ] as const) {
      it(`an update that ${name}, whatever the data: ${expected === 0 ? 'silent' : 'a warning'}`, async () => {
        const { service, uri } = await open(loop(lines));
        const found = (await service.diagnostics(uri)).filter((d) => d.code === 'update-replaces');
        assert.equal(found.length, expected);
        if (expected > 0)
          assert.match(found[0]?.message ?? '', /`network\.params\[key\]` becomes a multiple of its gradient/);
      });
    }
  });

  it('a loss that grows beyond all numbers', async () => {
    const text = update('    W -= lr * grad').replace('lr = 0.1', 'lr = 1e200');
    const [finding] = (await training(text)).diagnoses;
    assert.equal(finding?.code, 'diverges');
  });

  it('layers with parameters of their own are followed as well', async () => {
    const view = await training(example('layers.py'));
    assert.equal(view.turns, 20);
    assert.deepEqual(
      view.parameters.map((p) => p.name),
      ['network.hidden.weights', 'network.hidden.bias', 'network.output.weights', 'network.output.bias'],
    );
  });

  const OPTIMIZER = `
class Descent:
    def __init__(self, params, rate):
        self.params, self.rate = params, rate
    def step(self, gradients):
        for p, g in zip(self.params, gradients):
            p -= self.rate * g
`;

  it('the loop of an optimizer over its parameters is not the training', async () => {
    const view = await training(`import numpy as np
${OPTIMIZER}
x = np.array([3.0, -2.0])
optimizer = Descent([x], 0.1)
for k in range(6):
    optimizer.step([2 * x])
`);
    assert.equal(view.name, 'for k in range(6)');
    assert.equal(view.turns, 6);
    const last = view.parameters.find((p) => p.name === 'x')?.elements?.at(-1) ?? [];
    [3, -2].forEach((start, i) => close(last[i], start * 0.8 ** 6));
  });

  it('a second training of the same loop is another', async () => {
    const view = await training(`import numpy as np
${OPTIMIZER}
for rate in (0.1, 0.2):
    x = np.array([3.0])
    optimizer = Descent([x], rate)
    for k in range(4):
        loss = float(x[0] ** 2)
        optimizer.step([2 * x])
`);
    assert.equal(view.name, 'for k in range(4)');
    assert.equal(view.turns, 4);
  });

  it('parameters that a function updates are followed in the loop that calls it', async () => {
    const view = await training(`import numpy as np
def update(params, gradients, rate):
    for key in params:
        params[key] = params[key] - rate * gradients['d' + key]
    return params

def train(x, y, steps):
    params = {'w': np.array([0.5, 0.1]), 'b': np.array([0.0])}
    for i in range(steps):
        out = x @ params['w'] + params['b']
        cost = np.mean((out - y) ** 2)
        d = 2 * (out - y) / len(y)
        params = update(params, {'dw': x.T @ d, 'db': np.array([d.sum()])}, 0.1)
    return params

train(np.array([[1.0, 2.0], [3.0, 1.0]]), np.array([1.0, 2.0]), 5)
`);
    assert.equal(view.name, 'for i in range(steps)');
    assert.equal(view.turns, 5);
    assert.deepEqual(view.loss?.name, 'cost');
  });

  it('a loss that is an object is read from it', async () => {
    const view = await training(`class Number:
    def __init__(self, data):
        self.data = data
        self.grad = 0.0
w = Number(2.0)
for k in range(3):
    loss = Number((w.data - 1.0) ** 2)
    w.grad = 2 * (w.data - 1.0)
    w.data -= 0.25 * w.grad
`);
    assert.deepEqual(view.loss?.values.map(Number), [1, 0.25, 0.0625]);
  });

  it('a pass back through a sequence, or a recurrence, is none', async () => {
    for (const text of [
      `import numpy as np
W = np.array([[0.5, 0.1], [0.2, 0.3]])
h = np.array([1.0, 2.0])
for t in range(4):
    h = np.tanh(W @ h)
`,
      `import numpy as np
W = np.array([[0.5, 0.1], [0.2, 0.3]])
hs = [np.array([1.0, 2.0]), np.array([0.3, 0.1])]
dh, dW = np.ones(2), np.zeros((2, 2))
for h in reversed(hs):
    dW += np.outer(dh, h)
    dh = W.T @ dh
`,
    ]) {
      const { service, uri } = await open(text);
      assert.notEqual((await service.training({ uri })).state, 'data');
    }
  });

  it('a loop that trains nothing is none', async () => {
    const { service, uri } = await open(
      'import math\ntotal = 0.0\nfor k in range(10):\n    total += math.sin(k)\n\ndef f(x):\n    return math.sin(x) * x\n',
    );
    const answer = await service.training({ uri });
    assert.notEqual(answer.state, 'unknown');
    if (answer.state === 'data') assert.deepEqual(answer.training.diagnoses, []);
  });
});

function close(actual: unknown, expected: number, tolerance = 1e-12): void {
  const a = Number(actual);
  if (!Number.isFinite(expected)) return assert.equal(a, expected);
  assert.ok(Math.abs(a - expected) <= tolerance * Math.max(1, Math.abs(expected)), `${a} is not ${expected}`);
}
