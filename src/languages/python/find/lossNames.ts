/** What a loss is called. */

const WORDS = 'loss|cost|error|err|energy|objective|nll|mse|rmse|L|J|E';
const ENDING = '_(?:loss|cost|error)$';

/** Names that a loss goes by: `loss`, `loss1`, `cost_before`, `data_loss`. */
export const LOSS_NAME = new RegExp(`^(?:${WORDS})(?:_?\\w*)?$|${ENDING}`);

/**
 * Names that say by themselves that this is the loss, and no part of one: `errors` may be residuals. Beside gradients, what
 * is minimised has the names of values too.
 */
const EXACTLY = new RegExp(`^(?:${WORDS}|f|fx|value|val|obj|total)$|${ENDING}`);

export function isLossName(name: string): boolean {
  return EXACTLY.test(name);
}
