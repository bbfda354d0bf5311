// Training programs in the ways that people write them, against NumPy (test/oracles/training_scripts.py).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import type { NetworkView, TrainingView } from '../../src/protocol';
import { open } from '../support/service';

interface Left {
  readonly loss: number;
  readonly norms: Readonly<Record<string, number>>;
  readonly accuracies?: readonly number[];
  readonly gradients?: Readonly<Record<string, number>>;
}

const inTests = (...parts: string[]) => readFileSync(path.join(__dirname, '..', ...parts), 'utf8');
const oracle = JSON.parse(inTests('oracles', 'fixtures', 'training_scripts.json')) as Record<string, Left>;

/** By file: turns, the rate that is found, the network of the loss, and its activations. */
const EXPECTED: Readonly<Record<string, readonly [number, string | undefined, string, readonly string[]]>> = {
  'logistic_regression.py': [300, 'alpha', '5 → 1', ['1 / (1 + exp z)']],
  'adam.py': [100, 'lr', '2 → 16 → 16 → 1', ['tanh', 'tanh', 'identity']],
  'momentum_batches.py': [10, 'step_size', '2 → 20 → 3', ['ReLU', 'exp z']],
  'character_rnn.py': [60, 'learning_rate', '19 → 12 → 19', ['tanh', 'softmax']],
  'convolution_im2col.py': [15, 'lr', '9 → 3 → 2', ['ReLU', 'softmax']],
  'list_of_layers.py': [20, undefined, '2 → 6 → 6 → 6 → 1', ['tanh', 'tanh', 'tanh', 'identity']],
  'adversaries.py': [50, 'lr', '1 → 4 → 1 → 4 → 1', ['tanh', 'identity', 'tanh', 'sigmoid']],
  'lstm.py': [10, 'lr', '', []],
  'digit_batches.py': [40, 'rate', '', []],
  'policy_gradient.py': [200, 'alpha', '', []],
  'step_function.py': [300, undefined, '15 → 15', ['identity']],
  'scalar_engine.py': [20, undefined, '3 → 4 → 4 → 1', ['tanh', 'tanh', 'tanh']],
};

describe('training programs', function () {
  this.timeout(120_000);
  for (const [file, left] of Object.entries(oracle)) {
    describe(file, () => {
      let training: TrainingView;
      let networks: ReadonlyMap<string, NetworkView>;
      before(async () => {
        const { service, uri } = await open(inTests('service', 'training_scripts', file));
        const answer = await service.training({ uri });
        if (answer.state !== 'data') assert.fail(JSON.stringify(answer));
        ({ training } = answer);
        networks = new Map(
          (await service.exportNetworks({ uri })).flatMap(({ id, network }) => (network ? [[id, network]] : [])),
        );
      });
      const [turns, rate, structure, activations] = EXPECTED[file] as (typeof EXPECTED)[string];

      it("ends with NumPy's parameters and loss", () => {
        assert.equal(training.turns, turns);
        assert.equal(training.complete, true);
        for (const [name, norm] of Object.entries(left.norms)) {
          const track = training.parameters.find((p) => p.name === name);
          assert.ok(track, name);
          close(Math.abs(track.values.at(-1) as number), norm);
        }
        if (training.loss) close(training.loss.values.at(-1), left.loss);
        assert.equal(training.rate?.name, rate);
        assert.deepEqual(training.diagnoses, []);
        // The newest one of a list that grows now and then.
        if (left.accuracies)
          assert.deepEqual(
            training.accuracy?.values.filter((_, turn) => turn % (turns / (left.accuracies?.length ?? 1)) === 0),
            left.accuracies,
          );
      });

      if (structure !== '')
        it(`is the network ${structure}, its steps being no part of it`, () => {
          const network = networks.get(training.traceable ?? '');
          assert.equal(network?.structure, structure);
          assert.deepEqual(
            network.layers.map(({ activation: { name, text } }) => (name === 'custom' ? text : name)),
            activations,
          );
          assert.deepEqual(
            network.diagnoses.map((d) => d.code).filter((code) => code !== 'saturated'),
            [],
          );
        });

      if (left.gradients)
        it('has the gradient by the parameters as the loss uses them', () => {
          const found = networks.get(training.traceable ?? '')?.layers.flatMap((l) => l.parameters) ?? [];
          assert.deepEqual(
            found.map((p) => p.name),
            Object.keys(left.gradients ?? {}),
          );
          for (const { name, gradient } of found) close(gradient?.norm, left.gradients?.[name] as number, 1e-8);
        });
    });
  }

  it('an update that has lost its minus is noticed, also where the loss is computed after it', async () => {
    const text = inTests('service', 'training_scripts', 'digit_batches.py');
    const { service, uri } = await open(text.replace('-= rate * grad', '= rate * grad'));
    const answer = await service.training({ uri });
    assert.ok(answer.state === 'data');
    assert.deepEqual(
      answer.training.diagnoses.map(({ code, range }) => [code, range?.start.line]),
      [['update-replaces', text.slice(0, text.indexOf('-= rate')).split('\n').length - 1]],
    );
    assert.deepEqual(
      (await service.diagnostics(uri)).map((d) => d.code),
      ['update-replaces'],
    );
  });

  it('the gates of a recurrent cell have their biases and activations', async () => {
    const { service, uri } = await open(inTests('service', 'training_scripts', 'lstm.py'));
    const [entry] = await service.exportNetworks({ uri, traceable: 'LSTM.forward' });
    assert.deepEqual(
      entry?.network?.layers.map((l) => [l.parameters.map((p) => p.name).join(' '), l.activation.name, l.samples]),
      [
        ['self.Wf self.bf', 'sigmoid', 5],
        ['self.Wi self.bi', 'sigmoid', 5],
        ['self.Wc self.bc', 'tanh', 5],
        ['self.Wo self.bo', 'sigmoid', 5],
        ['self.Wy self.by', 'identity', 1],
      ],
    );
  });
});

function close(x: unknown, expected: number, tolerance = 1e-9): void {
  assert.equal(typeof x, 'number');
  assert.ok(Math.abs((x as number) - expected) <= tolerance * Math.max(1, Math.abs(expected)), `${x} and ${expected}`);
}
