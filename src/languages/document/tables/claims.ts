/** Claims in tables: values of formulas at points, functions with their derivatives, variables with values and derivatives. */
import type { Claim } from '../../frontEnd';
import type { Model } from '../model';
import { tablesIn } from './cells';
import { pairClaims } from './pairs';
import { pointClaims } from './points';
import { variableClaims } from './variables';

/** The claims of cells; equations inside cells are claims by themselves, like those of any other formula. */
export function tableClaims(model: Model): Claim[] {
  return tablesIn(model.analysis).flatMap(
    (table) => pairClaims(model, table) ?? pointClaims(model, table) ?? variableClaims(model, table),
  );
}
