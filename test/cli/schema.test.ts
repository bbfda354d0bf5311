import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { SCHEMAS, schemaText } from '../../scripts/write-schemas';

describe('JSON schemas of the command line', () => {
  for (const name of Object.keys(SCHEMAS) as (keyof typeof SCHEMAS)[]) {
    // If the change of contract is meant: `npx tsx scripts/write-schemas.ts`.
    it(`schema/${name}.json says what ${name} prints`, () => {
      const committed = readFileSync(path.join(__dirname, '..', '..', 'schema', `${name}.json`), 'utf8');
      assert.equal(committed, schemaText(name));
    });
  }
});
