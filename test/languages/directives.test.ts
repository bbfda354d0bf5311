import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isFault, readDirective } from '../../src/languages/directives';
import { Notes } from './document/support';
import { pythonFrontEnd } from '../../src/languages/python/frontEnd';

/** The directive without its place. */
function read(body: string): object | string | undefined {
  const directive = readDirective(` wengert: ${body} `, 0);
  if (directive === undefined || isFault(directive)) return directive?.code;
  const { from, to, ...rest } = directive;
  assert.deepEqual([from, to], [1, 1 + `wengert: ${body}`.length]);
  return rest;
}

const sampler = { dtype: 'float', shape: [], distribution: 'normal', parameters: [], seed: 0 };

describe('directives', () => {
  const forms: readonly (readonly [string, object])[] = [
    ['ignore', { kind: 'ignore' }],
    ['at x=2', { kind: 'at', values: [{ name: 'x', value: 2 }] }],
    [
      'at x1=.5, x2 = [1., +2, -3e-2], s="a, b", t=(1, 2)',
      {
        kind: 'at',
        values: [
          { name: 'x1', value: 0.5 },
          { name: 'x2', value: [1, 2, -0.03] },
          { name: 's', value: 'a, b' },
          { name: 't', value: [1, 2] },
        ],
      },
    ],
    [
      'at flag=True, none=None',
      {
        kind: 'at',
        values: [
          { name: 'flag', value: true },
          { name: 'none', value: null },
        ],
      },
    ],
    [
      "at p={'W': [[1, 2], [3, 4]], 'b': 0}",
      {
        kind: 'at',
        values: [
          {
            name: 'p',
            value: {
              W: [
                [1, 2],
                [3, 4],
              ],
              b: 0,
            },
          },
        ],
      },
    ],
    [
      "at self.params['W1']=[1], layers[0].b=2",
      {
        kind: 'at',
        values: [
          { name: "self.params['W1']", value: [1] },
          { name: 'layers[0].b', value: 2 },
        ],
      },
    ],
    [
      'at \\hat{y}=0.5, \\bar w=2, x_{i,1}=3, W^{(1)}=4, θ₁=5',
      {
        kind: 'at',
        values: [
          { name: '\\hat{y}', value: 0.5 },
          { name: '\\bar w', value: 2 },
          { name: 'x_{i,1}', value: 3 },
          { name: 'W^{(1)}', value: 4 },
          { name: 'θ₁', value: 5 },
        ],
      },
    ],
    ['of loss', { kind: 'of', output: 'loss', wrt: [] }],
    ['of loss wrt w1, self.b', { kind: 'of', output: 'loss', wrt: ['w1', 'self.b'] }],
    ['of \\mathcal{L} wrt \\alpha, w_1', { kind: 'of', output: '\\mathcal{L}', wrt: ['\\alpha', 'w_1'] }],
    ['of \\ell wrt \\mathbf w', { kind: 'of', output: '\\ell', wrt: ['\\mathbf w'] }],
    ['given x: float', { kind: 'given', name: 'x', sampler }],
    ['given x: int[]', { kind: 'given', name: 'x', sampler: { ...sampler, dtype: 'int' } }],
    [
      'given x: float[100, 784] ~ normal(0, 1, seed=7)',
      {
        kind: 'given',
        name: 'x',
        sampler: { dtype: 'float', shape: [100, 784], distribution: 'normal', parameters: [0, 1], seed: 7 },
      },
    ],
    [
      'given \\mathbf{X}: float[2,3] ~ zeros()',
      {
        kind: 'given',
        name: '\\mathbf{X}',
        sampler: { ...sampler, shape: [2, 3], distribution: 'zeros' },
      },
    ],
    ['given x from data/batch.npz', { kind: 'from', name: 'x', path: 'data/batch.npz' }],
    ['given x from "my data.npy"', { kind: 'from', name: 'x', path: 'my data.npy' }],
    ['checks f = df', { kind: 'checks', of: 'f', by: 'df' }],
    ['checks Affine.forward=Affine.backward', { kind: 'checks', of: 'Affine.forward', by: 'Affine.backward' }],
  ];
  for (const [body, expected] of forms) it(body, () => assert.deepEqual(read(body), expected));

  const malformed = [
    '',
    'on x=1',
    'at',
    'at x1 2',
    'at x=2,',
    'at x=2y',
    'at x=[1, 2',
    'at 2=x',
    'of',
    'of loss wrt',
    'of loss by w',
    'of loss wrt w, ',
    'given x',
    'given x: text',
    'given x: float[2, y]',
    'given x: float[2 ~ normal()',
    'given x: float[2] ~ normal',
    'given x: float[2] ~ normal(0, seed)',
    'given x from',
    'checks f',
    'checks f = ',
    'checks f = df = ddf',
    'ignore this',
  ];
  for (const body of malformed) it(`malformed: ${body}`, () => assert.equal(read(body), 'malformed-directive'));

  it('a malformed one is told with every form', () => {
    const fault = readDirective('wengert: at x 2', 0);
    assert.ok(fault && isFault(fault));
    for (const [body] of forms) assert.match(fault.message, new RegExp(`“${/^\w+/.exec(body)?.[0]}`));
  });

  it('other comments are left alone', () => {
    for (const text of ['', 'at x=2', 'see wengert: at', 'Wengert lists', 'wengerts: 3'])
      assert.equal(readDirective(text, 0), undefined);
  });

  it('never throws, and never takes longer for odd text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ax1 \\{}[](),:=~._^\'"-+eof') }), (text) => {
        readDirective(`wengert: ${text}`, 0);
        readDirective(`wengert: at ${text}`, 0);
      }),
    );
    readDirective(`wengert: at ${'\\a'.repeat(5000)}=`, 0);
    readDirective(`wengert: at ${'{'.repeat(5000)}`, 0);
    readDirective(`wengert: at x${'{'.repeat(2000)}=1`, 0);
  });
});

describe('directives in comments of each language', () => {
  it('Python: in comments, not in strings', () => {
    const text = "s = \"# wengert: nonsense\"\n'''\n# wengert: nonsense\n'''\nx = 1  # wengert: nonsense\n";
    const analysis = pythonFrontEnd.analyse({ uri: 'file:///a.py', languageId: 'python', version: 1, text });
    const spans = pythonFrontEnd.faults(analysis).map(({ span }) => text.slice(span.from, span.to));
    assert.deepEqual(spans, ['wengert: nonsense']);
  });

  it('Markdown and LaTeX: the same grammar', () => {
    assert.deepEqual(new Notes('<!-- wengert: at x=True -->\n\n$x$').faults, []);
    assert.equal(new Notes('<!-- wengert: at x 2 -->').faults[0]?.code, 'malformed-directive');
    assert.equal(new Notes('$$\nx % wengert: at x 2\n$$').faults[0]?.code, 'malformed-directive');
  });

  it('are not read where values are nested without end, and do not exhaust the stack', () => {
    const nested = (depth: number) => `at x=${'['.repeat(depth)}1${']'.repeat(depth)}`;
    assert.equal(typeof read(nested(60)), 'object');
    for (const body of [nested(50_000), `at x=${'['.repeat(50_000)}`, `at x=${'{"a":'.repeat(50_000)}`])
      assert.equal(typeof read(body), 'string');
  });
});
