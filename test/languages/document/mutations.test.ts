/** Claims that are right by SymPy, and what becomes of them when they are damaged by a seeded mutator. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { damageChain, damageNumber, damageRow, generator } from './mutate';
import { Notes } from './support';

interface Fixture {
  readonly numbers: readonly { readonly given: string; readonly left: string; readonly right: string }[];
  readonly chains: readonly {
    readonly given: string;
    readonly left: string;
    readonly factors: readonly [string, string];
  }[];
  readonly traces: readonly {
    readonly given: string;
    readonly output: string;
    readonly adjoints: readonly (readonly [string, string])[];
    readonly tangents: readonly (readonly [string, string])[];
  }[];
  readonly tables: readonly { readonly function: string; readonly rows: readonly (readonly string[])[] }[];
}

const { numbers, chains, traces, tables } = JSON.parse(
  readFileSync(new URL('../../oracles/fixtures/proofreading.json', import.meta.url), 'utf8'),
) as Fixture;

type Random = () => number;

/** A document, and the same with one thing damaged. */
interface Suspect {
  readonly right: string;
  damaged(random: Random): string;
}

const product = (given: string, left: string, right: string) => `${given}\n\n$$${left} = ${right}$$\n`;

const adjoints = (given: string, output: string, rows: readonly (readonly [string, string])[]) =>
  `${given}\n\n$${output} = 1$, ${rows.map(([name, row]) => `$${name} = ${row}$`).join(', ')}\n`;

const tangents = (given: string, rows: readonly (readonly [string, string])[]) =>
  `${given}\n\n$\\dot{v}_1 = 1$, $\\dot{v}_2 = 1$, ${rows.map(([name, row]) => `$${name} = ${row}$`).join(', ')}\n`;

const table = (f: string, rows: readonly (readonly string[])[]) =>
  `$f(x) = ${f}$\n\n| $x$ | $f(x)$ | $f'(x)$ |\n|---|---|---|\n${rows.map((r) => `| ${r.join(' | ')} |`).join('\n')}\n`;

const replaced = <T>(list: readonly T[], at: number, by: T) => list.map((item, i) => (i === at ? by : item));
const pick = (n: number, random: Random) => Math.floor(random() * n);

const SUITES: Readonly<Record<string, readonly Suspect[]>> = {
  numbers: numbers.map(({ given, left, right }) => ({
    right: product(given, left, right),
    damaged: (random) => product(given, left, damageNumber(right, random)),
  })),
  'products of a chain': chains.map(({ given, left, factors }) => ({
    right: product(given, left, factors.map((f) => `\\left(${f}\\right)`).join(' ')),
    damaged: (random) => product(given, left, damageChain(factors, random)),
  })),
  'rows of an adjoint trace': traces.map(({ given, output, adjoints: rows }) => ({
    right: adjoints(given, output, rows),
    damaged(random) {
      const at = pick(rows.length, random);
      const [name, row] = rows[at] as readonly [string, string];
      return adjoints(given, output, replaced(rows, at, [name, damageRow(row, random)] as const));
    },
  })),
  'rows of a tangent trace': traces.map(({ given, tangents: rows }) => ({
    right: tangents(given, rows),
    damaged(random) {
      const at = pick(rows.length, random);
      const [name, row] = rows[at] as readonly [string, string];
      return tangents(given, replaced(rows, at, [name, damageRow(row, random)] as const));
    },
  })),
  'cells of a table': tables.map(({ function: f, rows }) => ({
    right: table(f, rows),
    damaged(random) {
      const at = pick(rows.length, random);
      const column = 1 + pick(2, random);
      const row = rows[at] as readonly string[];
      return table(f, replaced(rows, at, replaced(row, column, damageNumber(row[column] as string, random))));
    },
  })),
};

/** Times that every suspect is damaged. */
const TURNS = 3;

for (const [title, suspects] of Object.entries(SUITES))
  describe(title, () => {
    it('that are right are not flagged, and pass', () => {
      for (const { right } of suspects) {
        const { claims } = new Notes(right);
        assert.ok(claims.length > 0, right);
        assert.deepEqual(
          claims.filter((c) => c.verdict !== 'pass').map((c) => `${c.text}: ${c.message}`),
          [],
          right,
        );
      }
    });

    it('are flagged where they are damaged, in at least 95 of 100', function () {
      const random = generator(20_261_128);
      const missed: string[] = [];
      for (let turn = 0; turn < TURNS; turn++)
        for (const { damaged } of suspects) {
          const text = damaged(random);
          if (new Notes(text).failures.length === 0) missed.push(text);
        }
      const total = TURNS * suspects.length;
      this.test!.title += ` — ${total - missed.length} of ${total}`;
      assert.ok(missed.length <= 0.05 * total, missed.join('\n---\n'));
    });
  });
