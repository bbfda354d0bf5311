/** Networks and training loops as other programs read them. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, it } from 'mocha';
import * as v from 'valibot';
import { NetworkOutput, TrainingOutput } from '../../src/protocol';

const root = path.join(__dirname, '..', '..');
const program = ['--import=tsx', path.join(root, 'src', 'cli', 'main.ts')];
const run = (...args: string[]) =>
  execFileSync(process.execPath, [...program, ...args], { cwd: root, encoding: 'utf8' });

describe('other views through the command line', function () {
  this.timeout(60_000);

  it('a network as JSON', () => {
    const { networks } = v.parse(
      NetworkOutput,
      JSON.parse(run('trace', 'examples/layers.py', '--name', 'Network.loss', '--view', 'network', '--json')),
    );
    const [{ network }] = networks as [NetworkOutput['networks'][number]];
    assert.equal(network?.structure, '3 → 4 → 2');
    assert.deepEqual(
      network.layers.map((l) => [l.name, l.activation.name]),
      [
        ['hidden', 'ReLU'],
        ['output', 'softmax'],
      ],
    );
  });

  for (const [format, pattern] of Object.entries({
    text: /^examples\/layers\.py:\d+ {2}Network\.loss {2}3 → 4 → 2, 26 parameters$/m,
    markdown: /^\| hidden \| dense \| ReLU \| 4×3 \| 4×4 \| 16 \|/m,
    latex: /^ {2}hidden & dense & ReLU & 4\$\\times\$3 &/m,
    csv: /^Network\.loss,hidden,dense,ReLU,4×3,4×4,16,0\.42/m,
    dot: /l0 -> l1 \[label="\|δ\| /,
    svg: /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/,
  })) {
    it(`a network as ${format}`, () => {
      assert.match(
        run('trace', 'examples/layers.py', '--name', 'Network.loss', '--view', 'network', '--format', format),
        pattern,
      );
    });
  }

  it('the turns of a training loop as JSON', () => {
    const output: unknown = JSON.parse(run('trace', 'examples/perceptron.py', '--view', 'training', '--json'));
    const { trainings } = v.parse(TrainingOutput, output);
    assert.equal(trainings[0]?.training?.turns, 7);
    assert.deepEqual(trainings[0].training.loss?.values, [3, 2, 2, 2, 2, 2, 0]);
  });

  for (const [format, pattern] of Object.entries({
    text: /^ +turn +mistakes +w\[0\] +w\[1\] +b$/m,
    markdown: /^\| turn \| mistakes \| w\[0\] \| w\[1\] \| b \|$/m,
    latex: /^ {2}turn & mistakes & w\[0\]/m,
    csv: /^0,3,0\.5,-1,0$/m,
    svg: /<polyline points=/,
  })) {
    it(`training as ${format}`, () => {
      assert.match(run('trace', 'examples/perceptron.py', '--view', 'training', '--format', format), pattern);
    });
  }

  it('says what it does not know', () => {
    for (const [args, message] of [
      [['--view', 'loss'], 'unknown view "loss": there are trace, network, training'],
      [
        ['--view', 'network', '--format', 'tikz'],
        'unknown format "tikz": there are text, markdown, latex, csv, dot, svg',
      ],
    ] as const) {
      const { status, stderr } = spawnSync(process.execPath, [...program, 'trace', 'examples/layers.py', ...args], {
        cwd: root,
        encoding: 'utf8',
      });
      assert.equal(status, 2);
      assert.equal(stderr, `wengert: ${message}\n`);
    }
  });
});
