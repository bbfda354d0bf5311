/** Data files of the workspace, against what NumPy and CPython read from the same files. */
import { describe, it } from 'mocha';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { evaluate } from '../evaluate';
import { DEFAULT_BUDGET, type Workspace } from '../../../../src/languages/frontEnd';
import { MAX_DATA_BYTES } from '../../../../src/languages/python/files/access';
import { NeedsStop } from '../../../../src/languages/python/errors';
import { PyArray } from '../../../../src/languages/python/numpy/array';

const FOLDER = new URL('../../../oracles/fixtures/data_files/', import.meta.url);
const expected = JSON.parse(readFileSync(new URL('expected.json', FOLDER), 'utf8')) as Record<
  string,
  { shape: number[]; values: number[] }
> & { table: number[][]; measured: (number | null)[][] };

/** The fixtures beside the document, whose folder is a workspace. */
const workspace = (more: Record<string, Uint8Array> = {}): Workspace => ({
  roots: ['file:///w'],
  text: () => null,
  bytes: (uri) => {
    const name = uri.replace('file:///', '');
    if (more[name]) return more[name];
    try {
      return new Uint8Array(readFileSync(new URL(name, FOLDER)));
    } catch {
      return null;
    }
  },
});

const run = (text: string, files?: Record<string, Uint8Array>) => evaluate(text, DEFAULT_BUDGET, workspace(files));
const printed = (text: string, files?: Record<string, Uint8Array>) => run(text, files).output;
const bytes = (text: string) => new TextEncoder().encode(text);
const reason = (value: unknown) =>
  ((value as { unknown?: { reason?: string } } | undefined)?.unknown?.reason ?? 'known') as string;

describe('data files of the workspace', () => {
  it('np.load reads every kind of number, in either order', () => {
    const names = readdirSync(FOLDER)
      .filter((f) => f.endsWith('.npy'))
      .map((f) => f.replace('.npy', ''));
    assert.ok(names.length >= 9);
    for (const name of names) {
      const value = run(`import numpy as np\nx = np.load('${name}.npy')\n`).scope.get('x');
      assert.ok(value instanceof PyArray, `${name}: ${reason(value)}`);
      assert.deepEqual([...value.nd.shape], expected[name]?.shape, name);
      assert.deepEqual(Array.from(value.nd.elements()).map(Number), expected[name]?.values, name);
    }
  });

  it('archives by name, compressed or not', () => {
    assert.equal(
      printed(
        "import numpy as np\nd = np.load('batch.npz')\nprint(d.files, d['x'].shape, d['t'].tolist(), 't' in d)\n",
      ),
      "['x', 't'] (3, 4) [0, 2, 1] True\n",
    );
    const x = run("import numpy as np\nx = np.load('packed.npz')['x']\n").scope.get('x') as PyArray;
    assert.deepEqual(Array.from(x.nd.elements()).map(Number), expected['float64']?.values);
    const packed = new Uint8Array(readFileSync(new URL('packed.npz', FOLDER)));
    for (let i = 40; i < packed.length; i += 7) {
      const damaged = Uint8Array.from(packed, (byte, j) => (j === i ? byte ^ 0x55 : byte));
      const value = run("import numpy as np\nx = np.load('d.npz')['x']\n", { 'd.npz': damaged }).scope.get('x');
      assert.ok(value === undefined || value instanceof PyArray || reason(value) !== 'known');
    }
  });

  it('tables of text', () => {
    const table = run("import numpy as np\nx = np.loadtxt('table.txt')\n").scope.get('x') as PyArray;
    assert.deepEqual(table.nd.toNested(), expected.table);
    const text = "import numpy as np\nx = np.genfromtxt('measured.csv', delimiter=',', skip_header=2)\n";
    const measured = run(text).scope.get('x') as PyArray;
    assert.deepEqual(
      (measured.nd.toNested() as number[][]).map((row) => row.map((v) => (Number.isNaN(v) ? null : v))),
      expected.measured,
    );
    assert.equal(
      printed(
        "import numpy as np\na, b = np.loadtxt('t.csv', delimiter=',', skiprows=1, usecols=(0, 2), unpack=True)\nprint(a, b)\n",
        {
          't.csv': bytes('x,name,y\n1,a,2\n3,b,4\n'),
        },
      ),
      '[1. 3.] [2. 4.]\n',
    );
    assert.match(
      reason(run("import numpy as np\nx = np.loadtxt('t.csv')\n", { 't.csv': bytes('1 2\nx 3\n') }).scope.get('x')),
      /“x” in line 2 is no number/,
    );
  });

  it('open, csv and json', () => {
    const csv =
      "import csv\nwith open('m.csv', newline='') as f:\n    for row in csv.reader(f):\n        print(row)\nwith open('m.csv') as f:\n    print([r['b'] for r in csv.DictReader(f)])\n";
    assert.equal(
      printed(csv, { 'm.csv': bytes('a,b\n1,"x, ""y"""\n2,"two\nlines"\n') }),
      `['a', 'b']\n['1', 'x, "y"']\n['2', 'two\\nlines']\n['x, "y"', 'two\\nlines']\n`,
    );
    assert.equal(
      printed("import json\nwith open('settings.json') as f:\n    s = json.load(f)\nprint(s)\nprint(json.dumps(s))\n"),
      "{'lr': 0.1, 'layers': [4, 2], 'name': 'café', 'on': True, 'none': None, 'big': 12345678901234567890}\n" +
        '{"lr": 0.1, "layers": [4, 2], "name": "caf\\u00e9", "on": true, "none": null, "big": 12345678901234567890}\n',
    );
    assert.equal(
      printed("f = open('a.txt')\nprint(f.readline().strip(), f.read())\nprint(len(open('a.txt').readlines()))\n", {
        'a.txt': bytes('one\ntwo\nthree'),
      }),
      'one two\nthree\n3\n',
    );
    assert.equal(printed("with open('log.txt', 'w') as f:\n    print(f.write('abc'))\n"), '3\n');
  });

  it('only files inside the workspace, and none that is too large', () => {
    for (const path of ['/etc/passwd', '../secret.txt', 'a/../../secret.txt', '~/x.txt', 'C:\\\\x.txt']) {
      const asked: string[] = [];
      const spy: Workspace = { roots: ['file:///w'], text: () => null, bytes: (uri) => (asked.push(uri), null) };
      const { scope } = evaluate(`t = open('${path}').read()\n`.replace('file:///test.py', ''), DEFAULT_BUDGET, spy);
      assert.match(reason(scope.get('t')), /outside the workspace|not a file of the workspace/, path);
      for (const uri of asked) assert.match(uri, /^file:\/\/\/(w\/)?[^/]*$/, path);
    }
    const large = run("t = open('big.txt').read()\n", { 'big.txt': new Uint8Array(MAX_DATA_BYTES + 1) });
    assert.match(reason(large.scope.get('t')), /larger than 32 MB/);
  });

  it('asks for files that are not there yet', () => {
    const later: Workspace = { roots: ['file:///w'], text: () => null, bytes: () => undefined };
    assert.throws(() => evaluate("open('a.txt')\n", DEFAULT_BUDGET, later), NeedsStop);
  });

  it('damaged files are unknown, whatever is in them', () => {
    const whole = new Uint8Array(readFileSync(new URL('batch.npz', FOLDER)));
    for (let cut = 0; cut < whole.length; cut += 37) {
      const { scope } = run("import numpy as np\nx = np.load('d.npz')['x']\n", { 'd.npz': whole.slice(0, cut) });
      assert.notEqual(reason(scope.get('x')), 'known', String(cut));
    }
    const npy = new Uint8Array(readFileSync(new URL('float64.npy', FOLDER)));
    for (let cut = 0; cut < npy.length; cut += 11) {
      const { scope } = run("import numpy as np\nx = np.load('d.npy')\n", { 'd.npy': npy.slice(0, cut) });
      assert.notEqual(reason(scope.get('x')), 'known', String(cut));
    }
  });
});
