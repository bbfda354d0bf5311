import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import type { OutlineItem } from '../../src/protocol';
import { open } from '../support/service';

const example = (file: string) => readFileSync(path.join(__dirname, '..', '..', 'examples', file), 'utf8');

async function outline(text: string, languageId = 'python'): Promise<readonly OutlineItem[]> {
  const { service, uri } = await open(text, languageId);
  return service.outline(uri);
}

const NETWORK = `import numpy as np

def relu(z):
    return np.maximum(0, z)

x = np.array([0.5, -1.0])
W1 = np.array([[0.1, 0.2], [0.3, -0.4], [0.5, 0.6]])
w2 = np.array([0.7, 0.8, -0.9])
h = relu(W1 @ x)
loss = (w2 @ h - 1) ** 2
`;

describe('the outline', () => {
  it('holds functions, and a network with its layers', async () => {
    const items = await outline(NETWORK);
    assert.deepEqual(
      items.map(({ name, kind, detail }) => [name, kind, detail]),
      [
        ['relu', 'function', 'function'],
        ['loss', 'network', '2 → 3 → 1, 9 parameters'],
      ],
    );
    assert.deepEqual(
      items[1]?.children.map(({ name, detail }) => [name, detail]),
      [
        ['layer 1', 'dense, ReLU, 3 units, 6 parameters'],
        ['layer 2', 'dense, 1 unit, 3 parameters'],
      ],
    );
  });

  it('keeps every part inside of what it is a part of', async () => {
    for (const [text, language] of [
      [NETWORK, 'python'],
      [example('exclusive_or.py'), 'python'],
      [example('matrix-form.md'), 'markdown'],
      [example('single_path_network.py'), 'python'],
    ] as const) {
      const items = await outline(text, language);
      assert.ok(items.length > 0);
      const check = (item: OutlineItem): void => {
        assert.ok(item.name.trim() !== '');
        assert.ok(isInside(item.selection, item.range), `${item.name}: selection`);
        for (const child of item.children) {
          assert.ok(isInside(child.range, item.range), `${item.name}: ${child.name}`);
          check(child);
        }
      };
      items.forEach(check);
    }
  });

  it('writes formulas as plain text', async () => {
    const items = await outline('$x = 2$, $\\hat{y}_1 = \\sigma(3 x)$\n', 'markdown');
    assert.deepEqual(
      items.map((i) => i.name),
      ['ŷ₁'.normalize()],
    );
  });

  it('is empty where nothing can be traced', async () => {
    assert.deepEqual(await outline('def greet(name):\n    return "Hello " + name\n'), []);
  });
});

function isInside(inner: OutlineItem['range'], outer: OutlineItem['range']): boolean {
  const at = ({ line, character }: { line: number; character: number }) => line * 1e6 + character;
  return at(outer.start) <= at(inner.start) && at(inner.end) <= at(outer.end);
}
