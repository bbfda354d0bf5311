/** Why a form of syntax has no value, each stated once for all that evaluate formulas. */
import type { Node } from './tree';

export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** The reason for a node that nothing evaluates, or that the asker does not. */
export function refusal(node: Node): Refusal {
  switch (node.kind) {
    case 'error':
      return { code: 'syntax', message: node.message };
    case 'dots':
      return { code: 'elision', message: 'an ellipsis stands for terms that are not written' };
    case 'integral':
      return { code: 'unsupported-integral', message: 'an integral that has no value here' };
    case 'limit':
      return { code: 'unsupported-limit', message: 'a limit that cannot be decided exactly' };
    case 'degree':
      return { code: 'unsupported-unit', message: 'a temperature is not calculated with' };
    case 'optimum':
      return { code: 'unsupported-optimum', message: 'maxima and minima over a variable are not evaluated' };
    case 'matrix':
    case 'tuple':
    case 'set':
    case 'list':
      return { code: 'unsupported-vector', message: 'this is no single number' };
    case 'differential':
      return { code: 'differential', message: 'a differential alone has no value' };
    case 'prime':
      return {
        code: 'unsupported-prime',
        message: 'a prime without brackets does not say by what the derivative is taken',
      };
    case 'binomial':
      return { code: 'unsupported-function', message: 'binomial coefficients are evaluated of numbers only' };
    case 'accent':
      return { code: 'unsupported-accent', message: 'an accent over an expression has no fixed meaning' };
    case 'text':
    case 'range':
    case 'relation':
    case 'continuation':
    case 'update':
    case 'arrow':
    case 'case':
    case 'when':
    case 'quantified':
    case 'statements':
      return { code: 'no-value', message: 'this is a statement, not a value' };
    default:
      return { code: 'unsupported', message: 'this is not evaluated' };
  }
}
