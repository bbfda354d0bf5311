// Networks that are ill, each beside a healthy twin; gradients per layer against PyTorch (test/oracles/networks.py).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'mocha';
import { DEFAULT_BUDGET } from '../../src/languages/frontEnd';
import { type NetworkView, NetworkView as NetworkSchema } from '../../src/protocol';
import { createLanguageService } from '../../src/service';
import * as v from 'valibot';
import { open } from '../support/service';

interface Measured {
  readonly loss: number;
  readonly layers: readonly { norm: number; min: number; max: number; mean: number; zeros: number; delta: number }[];
}

const source = (name: string) => readFileSync(path.join(__dirname, 'networks', name), 'utf8');
const oracle = JSON.parse(
  readFileSync(path.join(__dirname, '..', 'oracles', 'fixtures', 'networks.json'), 'utf8'),
) as Record<string, Measured>;

/** All networks of a document, by identifier. */
async function networksOf(text: string, languageId = 'python'): Promise<Map<string, NetworkView>> {
  const { service, uri } = await open(text, languageId);
  const found = await service.exportNetworks({ uri });
  return new Map(found.flatMap(({ id, network }) => (network ? [[id, v.parse(NetworkSchema, network)] as const] : [])));
}

/** Code and layer (from 1) of each finding. */
const findings = (network: NetworkView | undefined) =>
  network?.diagnoses.map((d) => [d.code, d.layer === undefined ? undefined : d.layer + 1]);

describe('networks', () => {
  describe('ill and healthy twins', () => {
    let networks: Map<string, NetworkView>;
    before(async () => {
      networks = await networksOf(source('deep.py'));
    });

    for (const [id, expected] of Object.entries({
      with_tanh: [],
      with_relu: [],
      with_sigmoid: [['vanishing', 1]],
      small_third: [['vanishing', 3]],
      large: [['exploding', 2]],
      large_fourth: [['exploding', 4]],
      saturated_second: [['saturated', 2]],
      dead_third: [['dead', 3]],
    })) {
      it(`${id}: ${expected.length > 0 ? expected.join(' at layer ') : 'silent'}`, () => {
        const network = networks.get(id);
        if (id === 'with_sigmoid' || id === 'large') {
          // No layer is to blame alone: only that it happens is fixed.
          assert.deepEqual(
            network?.diagnoses.map((d) => d.code),
            expected.map(([code]) => code),
          );
        } else assert.deepEqual(findings(network), expected);
      });
    }

    for (const [id, { loss, layers }] of Object.entries(oracle)) {
      it(`${id}: gradients per layer are PyTorch's`, () => {
        const network = networks.get(id);
        assert.ok(network);
        close(network.loss.value, loss);
        assert.equal(network.layers.length, layers.length);
        layers.forEach((expected, i) => {
          const { gradient, delta } = network.layers[i] as NetworkView['layers'][number];
          assert.ok(gradient);
          close(gradient.norm, expected.norm);
          close(gradient.min, expected.min, expected.norm);
          close(gradient.max, expected.max, expected.norm);
          close(gradient.mean, expected.mean, expected.norm);
          close(delta.norm, expected.delta);
          assert.equal(gradient.zeros, expected.zeros);
        });
      });
    }

    it('says the product of the factors where every layer has its share', () => {
      const [finding] = networks.get('with_sigmoid')?.diagnoses ?? [];
      assert.match(finding?.text ?? '', /Each of the 5 steps back multiplies δ by about 0\.184: 0\.184⁵ = 2\.11e−4/);
      const factors = Object.entries(finding?.numbers ?? {}).filter(([name]) => /^factor\d/.test(name));
      const product = factors.reduce((p, [, f]) => p * Number(f), 1);
      close(product, Number(finding?.numbers['overall']));
    });

    it('names activation, shapes, parameters and structure', () => {
      const network = networks.get('with_tanh');
      assert.equal(network?.structure, '6 → 10 → 10 → 10 → 10 → 10 → 1');
      assert.equal(network.parameterCount, 521);
      const [first] = network.layers;
      assert.deepEqual([first?.shapeIn, first?.shapeOut, first?.activation.name], [[16, 6], [16, 10], 'tanh']);
    });
  });

  describe('activations', () => {
    let networks: Map<string, NetworkView>;
    before(async () => {
      networks = await networksOf(source('activations.py'));
    });

    for (const [id, activation, expected] of [
      ['smooth', 'softplus', []],
      ['leaky', 'leaky ReLU', []],
      ['slow_wave', 'custom', []],
      ['late', 'shifted ReLU', [['flat', 1]]],
      ['from_data', 'sign', [['flat', 1]]],
      ['swinging', 'custom', [['swinging', 1]]],
    ] as const) {
      it(`${id}: ${activation}`, () => {
        const network = networks.get(id);
        assert.equal(network?.layers[0]?.activation.name, activation);
        assert.deepEqual(findings(network), expected);
      });
    }

    it('a step by comparison: the parameters before it reach the loss through the decision only', () => {
      const network = networks.get('hard_step');
      assert.deepEqual(findings(network), [['no-gradient', 1]]);
      assert.match(network?.diagnoses[0]?.text ?? '', /^W1 and b1 reach the loss only through a decision/);
      assert.equal(network?.layers[0]?.gradient, null);
    });

    it('weights of 0 stop the gradient; a bias that is not used has none', () => {
      assert.match(
        networks.get('no_weights')?.diagnoses[0]?.text ?? '',
        /W1 and b1 is exactly 0: the weights of layer 2/,
      );
      const [unused] = networks.get('without_bias')?.diagnoses ?? [];
      assert.deepEqual([unused?.code, unused?.parameter, unused?.structural], ['no-gradient', 'b1', true]);
    });
  });

  describe('what is none, or has more than it uses', () => {
    const PASSES = `import numpy as np

def forward(X, params):
    H = np.tanh(params['W1'] @ X + params['b1'])
    return 1 / (1 + np.exp(-(params['W2'] @ H + params['b2'])))

def cost(P, Y, params):
    entropy = -np.mean(Y * np.log(P) + (1 - Y) * np.log(1 - P))
    return entropy + 0.1 * np.sum(params['W1'] ** 2)

params = {'W1': np.array([[0.1, -0.2], [0.3, 0.4]]), 'b1': np.zeros((2, 1)), 'W2': np.array([[0.5, -0.6]]), 'b2': np.zeros((1, 1))}
X, Y = np.array([[0.5, 1.0, -1.0], [0.2, 0.1, 0.9]]), np.array([[1.0, 0.0, 1.0]])
P = forward(X, params)
loss = cost(P, Y, params)
`;

    it('a cost that weighs no input is no network, and the network has its parameters', async () => {
      const found = await networksOf(PASSES);
      assert.equal(found.get('cost'), undefined);
      assert.equal(found.get('forward')?.structure, '2 → 2 → 1');
      assert.deepEqual(findings(found.get('forward')), []);
    });

    it('a part that is given all parameters may leave some alone; an object may not', async () => {
      const part = `import numpy as np
def first(x, params):
    return np.tanh(x @ params['W1'])

class Layer:
    def __init__(self):
        self.W, self.b = np.array([[0.1, -0.2], [0.3, 0.4]]), np.array([0.1, 0.2])
    def forward(self, x):
        return np.tanh(x @ self.W)

params = {'W1': np.array([[0.1, -0.2], [0.3, 0.4]]), 'W2': np.array([[0.5], [0.1]])}
x = np.array([[0.5, 1.0]])
h = first(x, params)
h = Layer().forward(x)
`;
      const found = await networksOf(part);
      assert.deepEqual(findings(found.get('first')), []);
      assert.deepEqual(findings(found.get('Layer.forward')), [['no-gradient', undefined]]);
    });

    it('sizes that decide how large an output is make no network', async () => {
      const found = await networksOf(`import numpy as np
class Pool:
    def __init__(self, size, stride):
        self.size, self.stride = size, stride
    def forward(self, x):
        n = int(1 + (len(x) - self.size) / self.stride)
        return np.array([x[i * self.stride:i * self.stride + self.size].max() for i in range(n)])
pool = Pool(2, 2)
y = pool.forward(np.array([1.0, 3.0, 2.0, 4.0]))
`);
      assert.equal(found.get('Pool.forward'), undefined);
    });

    it('an activation is seen beside a derivative that is computed from the same values', async () => {
      const found = await networksOf(`import numpy as np
def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))
X, Y = np.array([[0.0, 1.0], [1.0, 1.0]]), np.array([[1.0], [0.0]])
W1, W2 = np.array([[0.1, 0.2], [0.3, -0.4]]), np.array([[0.5], [-0.6]])
z1 = X.dot(W1)
a1 = sigmoid(z1)
z2 = a1.dot(W2)
a2 = sigmoid(z2)
loss = np.mean((a2 - Y) ** 2)
slope = sigmoid(z2) * (1 - sigmoid(z2))
dz2 = 2 * (a2 - Y) * slope / Y.size
`);
      const [network] = [...found.values()].filter((n) => n.loss.name === 'loss');
      assert.deepEqual(
        network?.layers.map((layer) => layer.activation.name),
        ['sigmoid', 'sigmoid'],
      );
    });

    it('a gate on a state of zeros is closed by the state, not by weights elsewhere', async () => {
      const found = await networksOf(`import numpy as np
def cell(x, h, state, Wf, Wg):
    keep = 1 / (1 + np.exp(-(Wf @ x)))
    new = np.tanh(Wg @ x)
    return keep * state + new
x = np.array([0.5, -0.3])
y = cell(x, x, np.zeros(2), np.array([[0.1, 0.2], [0.3, 0.4]]), np.array([[0.4, 0.3], [0.2, 0.1]]))
`);
      assert.ok(found.size > 0);
      for (const { diagnoses } of found.values())
        for (const { text } of diagnoses) assert.doesNotMatch(text, /the weights of layer 2/);
    });
  });

  describe('in the editor', () => {
    const script = (parameters: string, body: string) => `import numpy as np
np.random.seed(1)
x, y = np.random.randn(4, 3), np.random.randn(4, 1)
${parameters}
${body}
loss = np.mean((out - y) ** 2)
`;
    const PARAMETERS = `params = {'W1': np.random.randn(3, 2) * 0.3, 'b1': np.zeros(2), 'W2': np.random.randn(2, 2) * 0.3, 'W3': np.random.randn(2, 1)}`;
    const warnings = async (text: string) => {
      const { service, uri } = await open(text);
      return (await service.diagnostics(uri)).map((d) => `${d.range.start.line + 1}: ${d.code}: ${d.message}`);
    };

    it('weights that the loss does not use are pointed at', async () => {
      const text = script(PARAMETERS, "h = np.tanh(x @ params['W1'] + params['b1'])\nout = h @ params['W3']");
      assert.deepEqual(await warnings(text), [
        "4: no-gradient: The loss does not use params['W2']: it would never change.",
      ]);
    });

    it('weights that are used, buffers of zeros, settings and other arrays are not', async () => {
      const used = "h = np.tanh(x @ params['W1'] + params['b1'])\nout = np.tanh(h @ params['W2']) @ params['W3']";
      for (const [parameters, body] of [
        [PARAMETERS, used],
        [
          PARAMETERS.replace(
            "'W2':",
            "'W_old': np.random.randn(2, 2), 'best_weights': np.ones(3), 'm': np.ones(2), 'W2':",
          ),
          used,
        ],
        [`${PARAMETERS}\nvelocity = {k: np.zeros_like(v) for k, v in params.items()}`, used],
        [PARAMETERS.replace("'W2':", "'mean': np.zeros(2), 'rate': 0.1, 'k': 3.0, 'W2':"), used],
        [`${PARAMETERS}\nw_true = np.array([[0.5], [0.2], [0.1]])\nX_test = np.random.randn(2, 3)`, used],
      ] as const)
        assert.deepEqual(await warnings(script(parameters, body)), []);
    });

    it('a hover on what is ill tells so, in one line', async () => {
      const text = script(
        PARAMETERS.replace('randn(3, 2) * 0.3', 'randn(3, 2) * 8'),
        "h = np.tanh(x @ params['W1'] + params['b1'])\nout = h @ params['W2'] @ params['W3']",
      );
      const { service, uri } = await open(text);
      const at = async (needle: string) => {
        const lines = text.split('\n');
        const line = lines.findLastIndex((l) => l.includes(needle));
        const hover = await service.hover(uri, { line, character: (lines[line] as string).indexOf(needle) + 1 });
        return hover?.markdown.split('\n').filter((l) => l.includes('⚠')) ?? [];
      };
      assert.match((await at('loss'))[0] ?? '', /⚠ \*\*Units are saturated\.\*\* \d of the 8 values of layer 1/);
      assert.equal((await at('loss')).length, 1);
      const healthy = text.replace('* 8', '* 0.3');
      const other = await open(healthy);
      const line = healthy.split('\n').findIndex((l) => l.startsWith('loss'));
      assert.doesNotMatch((await other.service.hover(other.uri, { line, character: 1 }))?.markdown ?? '', /⚠/);
    });

    it('a hover on the name of a function tells so as well, before the words about the trace', async () => {
      const { service, uri } = await open(`import numpy as np

def loss(w, v):
    hidden = np.maximum(0, np.array([[1.0, 2.0]]) @ w - 100)
    return np.mean((hidden @ v - 1.0) ** 2)

loss(np.array([[0.5, -0.5], [0.1, 0.2]]), np.array([[0.3], [0.4]]))
`);
      const lines = (await service.hover(uri, { line: 2, character: 5 }))?.markdown.split('\n\n') ?? [];
      assert.match(lines.at(-2) ?? '', /⚠ \*\*The activation is flat\.\*\*/);
      assert.match(lines.at(-1) ?? '', /<small>/);
    });

    it('a network at its minimum is not ill', async () => {
      const { service, uri } = await open('$E = \\frac{1}{2}(w x - t)^2$, $w = 0.5$, $x = 2$, $t = 1$\n', 'markdown');
      const hover = await service.hover(uri, { line: 0, character: 1 });
      assert.match(hover?.markdown ?? '', /`E` = \*\*0\*\*/);
      assert.doesNotMatch(hover?.markdown ?? '', /⚠/);
    });
  });

  describe('written in other ways', () => {
    const head = `import numpy as np
x = np.array([[0.5, -1.0], [1.5, 0.3], [-0.7, 0.8]])
t = np.array([[0.2], [0.9], [0.4]])
W1 = np.array([[0.3, -0.2, 0.5], [0.1, 0.4, -0.3]])
b1 = np.array([0.05, 0.1, 0.2])
W2 = np.array([[0.7], [-0.4], [0.6]])
b2 = np.array([0.1])
`;
    const variants: Readonly<Record<string, string>> = {
      'plain arrays': `${head}loss = np.sum((np.tanh(x @ W1 + b1) @ W2 + b2 - t) ** 2)\n`,
      'np.dot, transposed': `${head}loss = np.sum((np.dot(W2.T, np.tanh(np.dot(W1.T, x.T) + b1.reshape(3, 1))) + b2 - t.T) ** 2)\n`,
      'a dict of parameters': `${head}params = {'W1': np.array([[0.3, -0.2, 0.5], [0.1, 0.4, -0.3]]), 'b1': np.array([0.05, 0.1, 0.2]), 'W2': np.array([[0.7], [-0.4], [0.6]]), 'b2': np.array([0.1])}
loss = np.sum((np.tanh(x @ params['W1'] + params['b1']) @ params['W2'] + params['b2'] - t) ** 2)
`,
      'lists of weights': `${head}def loss(weights, biases, x, t):
    values = x
    for k in range(2):
        z = values @ weights[k] + biases[k]
        values = np.tanh(z) if k == 0 else z
    return np.sum((values - t) ** 2)

loss([W1, W2], [b1, b2], x, t)
`,
      'layer classes': `${head}class Sum:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias

    def forward(self, x):
        self.x = x
        return x @ self.weight + self.bias

class Squash:
    def forward(self, x):
        self.out = (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))
        return self.out

class Net:
    def __init__(self):
        self.parts = [Sum(W1, b1), Squash(), Sum(W2, b2)]

    def loss(self, x, t):
        for part in self.parts:
            x = part.forward(x)
        return np.sum((x - t) ** 2)

Net().loss(x, t)
`,
      'single numbers': `import math
def loss(w11, w21, b1, w12, w22, b2, w13, w23, b3, v1, v2, v3, c):
    total = 0
    for x1, x2, t in [(0.5, -1.0, 0.2), (1.5, 0.3, 0.9), (-0.7, 0.8, 0.4)]:
        h1 = math.tanh(w11 * x1 + w21 * x2 + b1)
        h2 = math.tanh(w12 * x1 + w22 * x2 + b2)
        h3 = math.tanh(w13 * x1 + w23 * x2 + b3)
        y = v1 * h1 + v2 * h2 + v3 * h3 + c
        total += (y - t) ** 2
    return total

loss(0.3, 0.1, 0.05, -0.2, 0.4, 0.1, 0.5, -0.3, 0.2, 0.7, -0.4, 0.6, 0.1)
`,
      'rows of numbers': `import math
def loss(weights, biases, outer, c):
    total = 0.0
    for row, t in [([0.5, -1.0], 0.2), ([1.5, 0.3], 0.9), ([-0.7, 0.8], 0.4)]:
        hidden = []
        for w, b in zip(weights, biases):
            hidden.append(math.tanh(sum(wi * xi for wi, xi in zip(w, row)) + b))
        y = sum(v * h for v, h in zip(outer, hidden)) + c
        total += (y - t) ** 2
    return total

loss([[0.3, 0.1], [-0.2, 0.4], [0.5, -0.3]], [0.05, 0.1, 0.2], [0.7, -0.4, 0.6], 0.1)
`,
    };
    // One forward pass and its gradients by PyTorch 1.13, float64.
    const expected = { loss: 0.8643045956560926, structure: '2 → 3 → 1', parameters: 13 };

    for (const [name, text] of Object.entries(variants)) {
      it(name, async () => {
        const networks = await networksOf(text);
        const network = [...networks.values()].find((n) => Math.abs(Number(n.loss.value) - expected.loss) < 1e-9);
        assert.ok(network, `no network with that loss among ${[...networks.keys()].join()}`);
        assert.equal(network.structure, expected.structure);
        assert.equal(network.parameterCount, expected.parameters);
        assert.deepEqual(
          network.layers.map((l) => l.activation.name),
          ['tanh', 'identity'],
        );
        assert.deepEqual(
          network.layers.map((l) => [l.units, l.samples]),
          [
            [3, 3],
            [1, 3],
          ],
        );
        const norms = network.layers.map((l) => l.gradient?.norm);
        close(norms[0], GRADIENTS[0]);
        close(norms[1], GRADIENTS[1]);
        const deltas = network.layers.map((l) => l.delta.norm);
        close(deltas[0], DELTAS[0]);
        close(deltas[1], DELTAS[1]);
      });
    }

    it('weights that lead back in a pass by hand, turned over, make no layer', async () => {
      const networks = await networksOf(`import numpy as np
x = np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 1.0], [1.0, 0.0, 1.0], [1.0, 1.0, 1.0]])
t = np.array([[0.0], [1.0], [1.0], [0.0]])
np.random.seed(2)
W1 = np.random.randn(3, 4)
W2 = np.random.randn(4, 1)
h = 1 / (1 + np.exp(-x @ W1))
y = 1 / (1 + np.exp(-h @ W2))
delta = (t - y) * y * (1 - y)
back = delta @ W2.T
`);
      const structures = [...networks.values()].map((n) => n.structure);
      assert.deepEqual(structures, ['3 → 4 → 1']);
    });

    it('formulas of single neurons in a document', async () => {
      const networks = await networksOf(NEURONS, 'markdown');
      const network = networks.get('L');
      assert.equal(network?.structure, '2 → 2 → 1');
      assert.deepEqual(
        network.layers.map((l) => l.parameters.map((p) => p.name)),
        [
          ['w_{13}', 'w_{23}', 'b_3', 'w_{14}', 'w_{24}', 'b_4'],
          ['w_{35}', 'w_{45}', 'b_5'],
        ],
      );
      assert.deepEqual(
        network.layers.map((l) => l.activation.name),
        ['tanh', 'identity'],
      );
      assert.deepEqual(network.diagnoses, []);
    });
  });

  it('what is no network is not shown as one', async () => {
    const texts = [
      'def surface(x1, x2):\n    return x1 * x2 + x1 ** 2\n\nsurface(2.0, 5.0)\n',
      'import math\ndef wave(t):\n    return math.sin(3 * t) + t\n\nwave(0.4)\n',
      'def line(x):\n    return 3 * x ** 2 - 1\n\nline(2.0)\n',
    ];
    for (const text of texts) assert.deepEqual([...(await networksOf(text)).keys()], []);
  });

  it('at a point that is assumed nothing is said that depends on its numbers', async () => {
    const networks = await networksOf(
      'import math\ndef loss(w1, w2, x, t):\n    h = max(0.0, w1 * x - 5)\n    return (w2 * h - t) ** 2 + math.exp(0 * w1)\n',
    );
    const [network] = [...networks.values()];
    assert.equal(network?.assumed, true);
    assert.deepEqual(
      network.diagnoses.filter((d) => !d.structural),
      [],
    );
  });

  it('twice the weights cost differences four times as much, and a sweep twice', async () => {
    const costs = async (width: number) => {
      const found = await networksOf(`import numpy as np
x = np.full((4, 30), 0.1)
W1, W2 = np.full((30, ${width}), 0.01), np.full((${width}, 30), 0.02)
loss = np.sum((np.tanh(x @ W1) @ W2 - 1) ** 2)
`);
      const network = found.get('loss');
      assert.ok(network);
      return network.cost;
    };
    const [narrow, wide] = [await costs(40), await costs(80)];
    assert.equal(wide.parameters, 2 * narrow.parameters);
    const growth = (way: 'numerical' | 'forward' | 'reverse') => wide[way].operations / narrow[way].operations;
    assert.ok(Math.abs(growth('numerical') - 4) < 0.1, `${growth('numerical')}`);
    assert.ok(Math.abs(growth('forward') - 4) < 0.1, `${growth('forward')}`);
    assert.ok(Math.abs(growth('reverse') - 2) < 0.1, `${growth('reverse')}`);
  });

  it('counts operations and memory of every way', async () => {
    const network = (await networksOf(NEURONS, 'markdown')).get('L');
    assert.ok(network);
    const { cost } = network;
    assert.equal(cost.parameters, 9);
    assert.equal(cost.forward.operations % 9, 0);
    assert.equal(cost.numerical.evaluations, 18);
    assert.equal(cost.numerical.operations, 18 * cost.evaluation);
    assert.ok(cost.reverse.operations < cost.forward.operations);
    // Nine parameters reach the loss, each by one way.
    assert.equal(cost.symbolic?.paths, 9);
  });

  it('the viewer opens it by the lease of its trace', async () => {
    const { service, uri } = await open(source('activations.py'));
    const answer = await service.openTrace({ uri, traceable: 'smooth' });
    assert.equal(answer.state, 'data');
    if (answer.state !== 'data') return;
    assert.equal(answer.trace.network, true);
    const network = await service.network(answer.trace.lease);
    assert.equal(network?.id, 'smooth');
    assert.equal(await service.network('t999'), null);
  });

  it('evaluates within the budget of everything else', async () => {
    const text = source('deep.py');
    const service = createLanguageService(
      { text: async () => null, bytes: async () => null, roots: async () => [] },
      { budget: { ...DEFAULT_BUDGET, operations: 50 } },
    );
    await service.update({ uri: 'file:///a.py', languageId: 'python', version: 1, text });
    const [answer] = await service.exportNetworks({ uri: 'file:///a.py', traceable: 'with_tanh' });
    assert.ok(answer?.unknown);
    assert.equal(answer.network, undefined);
  });
});

const NEURONS = `# Single neurons

$$z_3 = x_1 w_{13} + x_2 w_{23} + b_3$$
$$a_3 = \\tanh z_3$$
$$z_4 = x_1 w_{14} + x_2 w_{24} + b_4$$
$$a_4 = \\tanh z_4$$
$$z_5 = a_3 w_{35} + a_4 w_{45} + b_5$$
$$L = \\max(0, 1 - y z_5)$$

with $x_1 = 0.5$, $x_2 = -1$, $w_{13} = 0.1$, $w_{23} = 0.2$, $b_3=0.1$, $w_{14} = 0.3$, $w_{24} = -0.4$, $b_4 = 0.2$,
$w_{35} = 0.5$, $w_{45} = -0.6$, $b_5 = 0.05$, $y = 1$.
`;

const GRADIENTS = [2.5213115437655294, 1.7925555694430457] as const;
const DELTAS = [1.6693594846249786, 1.8593596700542825] as const;

function close(actual: unknown, expected: number, scale = 1): void {
  const a = Number(actual);
  assert.ok(
    Math.abs(a - expected) <= 1e-10 * Math.max(Math.abs(expected), scale * 1e-2, 1e-300),
    `${a} is not ${expected}`,
  );
}
