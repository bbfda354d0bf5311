// The network 784-50-10 on a batch of 100, as a reader opens it: first view, and again after an edit of one line.
import { createLanguageService } from '../../src/service';
import { times } from './harness';

const SOURCE = `import numpy as np

generator = np.random.RandomState(0)
x = generator.rand(100, 784)
t = np.eye(10)[generator.randint(0, 10, 100)]


class TwoLayerNet:
    def __init__(self, sizes, scale=0.01):
        self.params = {
            'W1': scale * generator.randn(sizes[0], sizes[1]),
            'b1': np.zeros(sizes[1]),
            'W2': scale * generator.randn(sizes[1], sizes[2]),
            'b2': np.zeros(sizes[2]),
        }

    def loss(self, x, t):
        hidden = 1 / (1 + np.exp(-(x @ self.params['W1'] + self.params['b1'])))
        scores = hidden @ self.params['W2'] + self.params['b2']
        scores = scores - scores.max(axis=1, keepdims=True)
        probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        return -np.sum(t * np.log(probabilities + 1e-7)) / len(x)


network = TwoLayerNet([784, 50, 10])
print(network.loss(x, t))
`;

/** Milliseconds that are asked for, on a machine that has nothing else to do. */
const WANTED = { 'first view, warm': 150, 'again after an edit of one line': 60 };

async function main(): Promise<void> {
  const uri = 'file:///network.py';
  const reader = { text: async () => null, bytes: async () => null, roots: async () => [] };
  const service = createLanguageService(reader);
  let version = 0;
  const update = (text: string) => service.update({ uri, languageId: 'python', version: ++version, text });
  const open = async () => {
    const answer = await service.openTrace({ uri, traceable: 'TwoLayerNet.loss' });
    if (answer.state !== 'data') throw new Error(JSON.stringify(answer));
    return answer.trace;
  };
  const firstView = async (i: number) => {
    await update(`${SOURCE}# ${i}\n`);
    const trace = await open();
    const network = await service.network(trace.lease);
    if (network?.structure !== '784 → 50 → 10') throw new Error(network?.structure);
    await service.closeTrace(trace.lease);
  };
  const again = async (i: number) => {
    await update(SOURCE.replace('1e-7', `1e-7 + ${i} * 1e-9`));
    await service.closeTrace((await open()).lease);
  };
  console.log('\nNetwork 784-50-10, batch of 100');
  for (const [name, work] of [
    ['first view, warm', firstView],
    ['again after an edit of one line', again],
  ] as const) {
    const { median, least } = await times(work, { calls: 20, warmUp: 5 });
    console.log(
      `  ${name.padEnd(34)} median ${median.toFixed(0)} ms, least ${least.toFixed(0)} ms (wanted: ${WANTED[name]})`,
    );
  }
}

void main();
