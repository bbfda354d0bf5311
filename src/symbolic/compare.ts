/** Exact comparison of two expressions by their normal forms. */
import type { Expr } from './expr';
import { isNarrower, zerosOnlyIn } from './domain';
import { FinerBase, NoNormalFormError, NormalForms } from './normalForm';
import { fractionMinus, TooLargeError, withinWork } from './polynomial';

/** How two expressions compare exactly. */
export interface Comparison {
  /** Their values agree at every real point where both are defined. */
  readonly equalValues: boolean;
  /** One is defined on a whole region where the other may not be, such as log x² and 2 log x. */
  readonly domainsDiffer: boolean;
  /** What is divided by on one side only: at its zeros one side is undefined. */
  readonly exceptions: readonly Expr[];
}

const MAX_RESTARTS = 12;
/** About half a second. */
const MAX_WORK = 300_000;

/** Compares two expressions by their normal forms; undefined where no normal form is found in reasonable size. */
export function compareExactly(a: Expr, b: Expr): Comparison | undefined {
  const finer: FinerBase[] = [];
  for (let attempt = 0; attempt < MAX_RESTARTS; attempt++) {
    try {
      return withinWork(MAX_WORK, () => compared(new NormalForms(finer), a, b));
    } catch (error) {
      if (error instanceof FinerBase) finer.push(error);
      else if (error instanceof TooLargeError || error instanceof NoNormalFormError || error instanceof RangeError)
        return undefined;
      else throw error;
    }
  }
  return undefined;
}

function compared(forms: NormalForms, a: Expr, b: Expr): Comparison {
  const left = forms.build(a);
  const right = forms.build(b);
  const equalValues = forms.isZero(fractionMinus(left.fraction, right.fraction));
  const oneSided = [...zerosOnlyIn(left.domain, right.domain), ...zerosOnlyIn(right.domain, left.domain)];
  return {
    equalValues,
    domainsDiffer: isNarrower(left.domain, right.domain) || isNarrower(right.domain, left.domain),
    exceptions: equalValues ? oneSided.map(({ expr }) => expr) : [],
  };
}
