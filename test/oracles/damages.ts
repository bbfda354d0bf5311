/** Prints the damages that the gradient check lets pass, for `damages.py` to judge: `node --import tsx test/oracles/damages.ts`. */
import { analyse } from '../../src/languages/python/analysis';
import { callPairs } from '../../src/languages/python/check/candidates';
import { assignments } from '../../src/languages/python/check/roles';
import { damagedPairs, PAIR_FILES } from '../languages/python/check/support/damagedPairs';

const cases: unknown[] = [];
for (const file of PAIR_FILES) {
  for (const { pair, key, text, damaged, check } of damagedPairs(file)) {
    if (check.verdict !== 'pass') continue;
    const analysis = analyse({ uri: 'file:///pairs.py', languageId: 'python', version: 1, text });
    const found = callPairs(analysis).find((p) => p.id === pair.id);
    if (!found) continue;
    const self: Record<string, unknown> = {};
    const given: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(check.point)) {
      const field = /^self\.(\w+)$/.exec(name)?.[1];
      if (field !== undefined) self[field] = value;
      else given[name] = value;
    }
    const isBundle = found.style === 'bundle';
    cases.push({
      key,
      file,
      text,
      damaged,
      owner: found.forward.owner?.name.id ?? null,
      forward: found.forward.name,
      backward: found.backward.name,
      bundle: isBundle,
      roles: isBundle ? [] : (assignments(found.forward, found.backward, found.style)[0]?.roles ?? []),
      points: [{ self, arguments: given }],
    });
  }
}
console.log(JSON.stringify(cases));
