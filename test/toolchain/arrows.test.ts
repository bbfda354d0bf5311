import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { Linter } from 'eslint';
import { parser } from 'typescript-eslint';
import { inRoot, root } from '../../scripts/lib/root.mjs';
import { areas } from '../../scripts/lint/architecture.mjs';
import { arrows } from '../../scripts/lint/arrows.mjs';

const linter = new Linter();

/** What the rule says about a line of code in a file. */
function complaints(file: string, code: string): string[] {
  const config: Linter.Config = {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parser: parser as unknown as Linter.Parser },
    plugins: { wengert: { rules: { arrows } } },
    rules: { 'wengert/arrows': 'error' },
  };
  return linter.verify(code, config, path.join(root, file)).map((problem) => problem.message);
}

const good: [string, string][] = [
  ['src/autodiff/trace.ts', "import type { Expr } from '../symbolic/expr';"],
  ['src/autodiff/deep/a.ts', "import { b } from '../trace';"],
  ['src/languages/latex/parse.ts', "import { record } from '../../autodiff/trace';"],
  ['src/languages/python/parse.ts', "import { parser } from '@lezer/python';"],
  ['src/server/node.ts', "import path from 'node:path';"],
  ['src/cli/main.ts', "import { readFileSync } from 'fs';"],
  ['extension/feature.ts', "import * as vscode from 'vscode';"],
  ['webview/table.tsx', "import { replay } from '../src/autodiff/replay';"],
  ['test/service/hover.test.ts', "import '../../extension/feature'; import 'node:fs';"],
];

const wrong: [string, string, RegExp][] = [
  ['src/symbolic/expr.ts', "import { Tape } from '../autodiff/tape';", /src\/symbolic may import/],
  ['src/autodiff/trace.ts', "export * from '../languages/frontEnd';", /not src\/languages/],
  ['src/tensor/a.ts', "export { rules } from '../symbolic/rules';", /not src\/symbolic/],
  ['src/format/a.ts', "type T = import('../service/a').T;", /not src\/service/],
  ['src/service/a.ts', "const a = await import('../server/node');", /not src\/server/],
  ['src/protocol/a.ts', "const a = require('../service/a');", /not src\/service/],
  ['src/autodiff/trace.ts', "import fc from 'fast-check';", /may import no package/],
  ['src/service/a.ts', "import fs from 'fs';", /Node's/],
  ['src/server/requests.ts', "import 'node:worker_threads';", /Node's/],
  ['src/service/a.ts', "import type { Range } from 'vscode';", /Only extension/],
  ['webview/a.tsx', "import { sweep } from '../src/autodiff/sweep';", /not src\/autodiff\/sweep/],
  ['extension/a.ts', "import { service } from '../src/service/a';", /not src\/service/],
];

describe('import direction', () => {
  for (const [file, code] of good) it(`${file} may: ${code}`, () => assert.deepEqual(complaints(file, code), []));
  for (const [file, code, reason] of wrong)
    it(`${file} may not: ${code}`, () => {
      const found = complaints(file, code);
      assert.equal(found.length, 1);
      assert.match(found[0]!, reason);
    });

  it('has an entry for every folder of src, and names nothing twice', () => {
    for (const folder of readdirSync(inRoot('src'), { withFileTypes: true }))
      if (folder.isDirectory()) assert.ok(areas[`src/${folder.name}`], `src/${folder.name}`);
    for (const area of Object.values(areas)) assert.equal(new Set(area.imports).size, area.imports.length);
  });

  it('has no circle among the areas', () => {
    const visit = (name: string, path: string[]): void => {
      assert.ok(!path.includes(name), [...path, name].join(' → '));
      for (const next of areas[name]?.imports ?? []) visit(next, [...path, name]);
    };
    for (const name of Object.keys(areas)) visit(name, []);
  });
});
