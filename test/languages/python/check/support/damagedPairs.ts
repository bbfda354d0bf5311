/** The damages that are done to the committed pairs: the same for the test and for the oracle. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { DerivativePair, PairCheck } from '../../../../../src/languages/frontEnd';
import { checkPairs } from './checkPairs';
import { type Damage, damaged, damagesOf, drawn } from './mutator';

const folder = path.join(__dirname, '..', 'pairs');

export const PAIR_FILES = readdirSync(folder).filter((name) => name.endsWith('.py'));

/** Damages to each pair. */
const EACH = 2;

export interface DamagedPair {
  readonly file: string;
  readonly pair: DerivativePair;
  readonly damage: Damage;
  /** What identifies it. */
  readonly key: string;
  readonly text: string;
  readonly damaged: string;
  readonly check: PairCheck;
}

export function pairText(file: string): string {
  return readFileSync(path.join(folder, file), 'utf8');
}

export function* damagedPairs(file: string): Generator<DamagedPair> {
  const text = pairText(file);
  let seed = seedOf(file);
  for (const { pair } of checkPairs(text)) {
    const damages = drawn(damagesOf(text, pair.span, pair.style === 'bundle'), EACH, ++seed);
    for (const damage of damages) {
      const changed = damaged(text, damage);
      const check = checkPairs(changed, pair.id)[0]?.check;
      if (!check) throw new Error(`${pair.id} is no pair any more`);
      const key = `${file} ${pair.id} ${damage.kind} ${damage.text.replace(/\s+/g, ' ')}`;
      yield { file, pair, damage, key, text, damaged: changed, check };
    }
  }
}

function seedOf(name: string): number {
  let seed = 17;
  for (const c of name) seed = Math.imul(seed ^ (c.codePointAt(0) as number), 0x01000193) >>> 0;
  return seed;
}
