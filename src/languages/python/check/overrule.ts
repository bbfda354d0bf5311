/**
 * A check from the loss to the parameters overrules its parts: a layer that divides by the number of examples by itself is
 * right beside a loss that leaves the division to it.
 */
import type { Span } from '../../../model';
import type { Module } from '../ast';
import { reachable } from './reach';
import { type ShotCheck, unknownCheck } from './verdicts';

/** A pair with a loss at its end, and the code that its gradients come from. */
export interface Whole {
  readonly name: string;
  readonly of: string;
  readonly body: unknown;
  /** @param entered takes down the functions that are called meanwhile */
  check(entered: Set<object>): ShotCheck | undefined;
}

/**
 * What becomes of a failed part: overruled only by a whole that came through it when it was checked.
 * @param node the definition of the part's derivative
 */
export function overruled(
  module: Module,
  failed: ShotCheck,
  node: { readonly body: unknown },
  wholes: readonly Whole[],
  line: (offset: number) => string,
): ShotCheck {
  const { body } = node;
  const wrong = failed.gradients.filter((g) => g.verdict === 'fail');
  if (wrong.length === 0) return failed;
  // Only a factor can be made up for.
  const isFactor = wrong.every((g) => g.cause?.code === 'constant-factor');
  const around = wholes.filter((whole) => whole.body !== body && reachable(module, whole.body).has(body));
  const said = wrong[0]?.cause?.text ?? '';
  let open: Whole | undefined;
  let untouched: string | undefined;
  for (const whole of around) {
    const entered = new Set<object>();
    const check = whole.check(entered);
    if (check?.verdict === 'unknown') open ??= whole;
    if (check?.verdict !== 'pass' || !entered.has(node)) continue;
    // Where it failed, the part went another way than it ever does within the whole: that says nothing of it.
    const missed = branchOf(failed, entered);
    if (missed) {
      const at = missed.place ? ` (${line(missed.place.from)})` : '';
      untouched = `\`${whole.name}\` is right, and never takes the branch where this is wrong${at}`;
      continue;
    }
    if (!isFactor) {
      const message = `by itself it seems wrong (${failed.message}), but what it is a part of is right: \`${whole.name}\` gives the derivative of \`${whole.of}\``;
      return { ...unknownCheck(message, 'part-of-a-whole'), point: failed.point, points: failed.points };
    }
    return {
      ...failed,
      verdict: 'pass',
      strength: 'numerical',
      message: `right from the loss to the parameters: \`${whole.name}\` gives the derivative of \`${whole.of}\`. By itself ${said}`,
      gradients: failed.gradients.map((g) => ({ ...g, verdict: g.verdict === 'fail' ? 'pass' : g.verdict })),
      notes: [...failed.notes, `by itself ${said}; the loss makes up for it`],
      related: [],
      fixes: [],
    };
  }
  if (untouched !== undefined) return { ...failed, notes: [...failed.notes, untouched] };
  if (!open || !isFactor) return failed;
  const message = `${said}. Whether the loss makes up for it is not known: \`${open.name}\` could not be checked`;
  return {
    ...unknownCheck(message, 'part-of-a-whole'),
    gradients: failed.gradients.map((g) => ({ ...g, verdict: g.verdict === 'fail' ? 'unknown' : g.verdict })),
    point: failed.point,
    points: failed.points,
  };
}

/** A branch that a part took wherever it failed, and the whole never: told only where all failures lie in such branches. */
function branchOf(
  { failing = [] }: ShotCheck,
  entered: ReadonlySet<object>,
): { readonly place: Span | undefined } | undefined {
  const missed = failing.map((shot) =>
    [...(shot.entered ?? [])].find((each) => Array.isArray(each) && !entered.has(each)),
  );
  const [first] = missed;
  if (first === undefined || missed.includes(undefined)) return undefined;
  return { place: (first as readonly Span[])[0] };
}
