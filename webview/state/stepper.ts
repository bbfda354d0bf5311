/**
 * The two sweeps as a sequence of moments: one a step on the way forward, then the seed, then one a
 * contribution on the way back.
 */
import type { StepView } from '../../src/protocol';

export type Moment =
  | { readonly kind: 'forward'; readonly position: number }
  | { readonly kind: 'seed'; readonly position: number }
  | {
      readonly kind: 'contribution';
      readonly position: number;
      readonly index: number;
      readonly from: number;
    };

/** Longer traces are not played: their moments would not end. */
export const PLAY_LIMIT = 2_000;

export class Course {
  readonly moments: readonly Moment[];
  /** Number of moments of the way forward. */
  readonly forward: number;
  private readonly contributionAt: readonly (readonly number[])[];
  private readonly positionOf: ReadonlyMap<number, number>;
  private readonly outputPosition: number;

  constructor(
    readonly steps: readonly StepView[],
    outputRow: number,
  ) {
    const positionOf = new Map(steps.map((step, i) => [step.row, i]));
    const outputPosition = positionOf.get(outputRow) ?? steps.length - 1;
    const moments: Moment[] = steps.map((_, position) => ({ kind: 'forward', position }));
    moments.push({ kind: 'seed', position: outputPosition });
    const contributionAt = steps.map((step) => step.contributions.map(() => Infinity));
    // What each user sends, in the order of the reverse sweep: users from last to first.
    const sent = new Map<number, { position: number; index: number }[]>();
    steps.forEach((step, position) =>
      step.contributions.forEach(({ from }, index) => {
        const known = sent.get(from);
        if (known) known.push({ position, index });
        else sent.set(from, [{ position, index }]);
      }),
    );
    for (let user = steps.length - 1; user >= 0; user--) {
      const { row } = steps[user] as StepView;
      for (const { position, index } of sent.get(row) ?? []) {
        (contributionAt[position] as number[])[index] = moments.length;
        moments.push({ kind: 'contribution', position, index, from: user });
      }
    }
    this.moments = moments;
    this.forward = steps.length;
    this.contributionAt = contributionAt;
    this.positionOf = positionOf;
    this.outputPosition = outputPosition;
  }

  positionOfRow(row: number): number | undefined {
    return this.positionOf.get(row);
  }

  /** Whether the value of a step is known at a moment. */
  hasValue(position: number, at: number): boolean {
    return position <= at;
  }

  hasContribution(position: number, index: number, at: number): boolean {
    return (this.contributionAt[position]?.[index] ?? Infinity) <= at;
  }

  /** How many of the contributions to a step have arrived. The seed counts as the output's one. */
  arrived(position: number, at: number): { readonly count: number; readonly of: number } {
    const times = this.contributionAt[position] ?? [];
    const seeded = position === this.outputPosition;
    const count = times.filter((time) => time <= at).length + (seeded && this.forward <= at ? 1 : 0);
    return { count, of: times.length + (seeded ? 1 : 0) };
  }

  /** The highest position whose adjoint is being sent on, or `undefined` before the seed. */
  reverseFront(at: number): number | undefined {
    const moment = this.moments[at];
    if (!moment || moment.kind === 'forward') return undefined;
    return moment.kind === 'seed' ? moment.position : moment.from;
  }
}
