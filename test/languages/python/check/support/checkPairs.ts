/** Checks all pairs of a Python text. */
import { DEFAULT_BUDGET, type DerivativePair, type PairCheck } from '../../../../../src/languages/frontEnd';
import { analyse } from '../../../../../src/languages/python/analysis';
import { pythonPairs } from '../../../../../src/languages/python/check/pairs';
import { NO_WORKSPACE } from '../../evaluate';

export function checkPairs(
  text: string,
  only?: string,
): { readonly pair: DerivativePair; readonly check: PairCheck }[] {
  const analysis = analyse({ uri: 'file:///pairs.py', languageId: 'python', version: 1, text });
  return pythonPairs
    .find(analysis)
    .filter((pair) => only === undefined || pair.id === only)
    .map((pair) => {
      const check = pythonPairs.check(analysis, pair, {}, DEFAULT_BUDGET, NO_WORKSPACE);
      if (check.kind !== 'checked') throw new Error(`${pair.id} asks for files`);
      return { pair, check };
    });
}
