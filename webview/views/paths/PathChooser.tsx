/** Follows one path at a time: which, its product, its share. */
import { useContext, useMemo } from 'preact/hooks';
import type { StepView } from '../../../src/protocol';
import { formatCount, formatNumber, formatPercent } from '../../../src/format/number';
import { Partial, Name } from '../../math/stepName';
import { IconButton } from '../../parts/Icon';
import { SessionContext } from '../../state/context';
import { edgesOf, type Path, type PathSum, sumOverPaths } from '../../state/paths';
import type { Open } from '../../state/session';
import { useSettled } from '../../state/useSettled';

/** Paths that are ranked of each input. */
const MOST_PATHS = 50;
/** Up to this many steps, times inputs, all paths are worked out again at every move. */
const CHEAP = 400;

export interface Paths {
  /** By tape row of the input. */
  readonly from: ReadonlyMap<number, PathSum>;
  /** The inputs have moved on meanwhile. */
  readonly behind: boolean;
}

export function sums(
  open: Open,
  steps: readonly StepView[],
  partial: (step: StepView, slot: number) => number | undefined,
  most: number,
): Map<number, PathSum> {
  const edges = edgesOf(steps, partial);
  const positionOf = new Map(steps.map((step, i) => [step.row, i]));
  const output = positionOf.get(open.trace.output.row);
  const result = new Map<number, PathSum>();
  for (const { row } of open.trace.inputs) {
    const position = positionOf.get(row);
    if (position !== undefined && output !== undefined) result.set(row, sumOverPaths(edges, position, output, most));
  }
  return result;
}

/** Numbers of paths, which no value changes. `undefined` where steps are arrays. */
function usePathCounts(open: Open, steps: readonly StepView[]): ReadonlyMap<number, bigint> | undefined {
  return useMemo(() => {
    if (!open.replay) return undefined;
    return new Map([...sums(open, steps, () => 1, 1)].map(([row, { count }]) => [row, count]));
  }, [open, steps]);
}

/** The paths from every input, as they are now; `undefined` where they are not wanted or steps are arrays. */
export function usePaths(open: Open, steps: readonly StepView[], wanted = true): Paths | undefined {
  const session = useContext(SessionContext);
  const [moved, behind] = useSettled(session.moved.value, steps.length * open.trace.inputs.length <= CHEAP);
  const from = useMemo(
    () =>
      wanted && open.replay ? sums(open, steps, (step, slot) => session.partial(step, slot), MOST_PATHS) : undefined,
    [open, steps, moved, wanted],
  );
  return from && { from, behind };
}

/** The path that the reader follows. */
export function usePath(open: Open, steps: readonly StepView[]): Path | undefined {
  const session = useContext(SessionContext);
  const chosen = session.path.value;
  const paths = usePaths(open, steps, chosen !== undefined);
  return chosen && paths?.from.get(chosen.input)?.paths[chosen.index];
}

export function PathChooser({ open, steps }: { open: Open; steps: readonly StepView[] }) {
  const session = useContext(SessionContext);
  const counts = usePathCounts(open, steps);
  const chosen = session.path.value;
  const paths = usePaths(open, steps, chosen !== undefined);
  if (!counts) return null;
  // The ranked ones, input by input.
  const all = open.trace.inputs.flatMap((input) => {
    const count = counts.get(input.row) ?? 0n;
    const ranked = count < BigInt(MOST_PATHS) ? Number(count) : MOST_PATHS;
    return Array.from({ length: ranked }, (_, index) => ({ input, index }));
  });
  if (all.length === 0) return null;
  const at = chosen ? all.findIndex(({ input, index }) => input.row === chosen.input && index === chosen.index) : -1;
  const now = all[at];
  const go = (to: number) => {
    const next = all[(to + all.length) % all.length];
    if (next) session.path.value = { input: next.input.row, index: next.index };
  };
  const sum = now && paths?.from.get(now.input.row);
  const path = now && sum?.paths[now.index];
  return (
    <div class="path-chooser" role="group" aria-label="Paths from the inputs to the output">
      <IconButton icon="back" label="Previous path" onClick={() => go(at < 0 ? all.length - 1 : at - 1)} />
      <IconButton icon="forward" label="Next path" onClick={() => go(at + 1)} />
      {now && sum && path ? (
        <p class={`adjoint ${paths?.behind ? 'behind' : ''}`} aria-live="polite">
          path {now.index + 1} of {formatCount(sum.count)} from <Name tex={now.input.tex} />
          <span class="product">
            {path.edges.map((edge) => bracketed(edge.partial)).join(' · ')} = {formatNumber(path.product)}
          </span>
          {sum.magnitude > 0 && (
            <span class="soft">
              {formatPercent(Math.abs(path.product) / sum.magnitude)} of{' '}
              <Partial of={open.trace.output.tex} by={now.input.tex} />
            </span>
          )}
          <IconButton icon="close" label="Follow no path" onClick={() => (session.path.value = undefined)} />
        </p>
      ) : (
        <p class="soft">{formatCount([...counts.values()].reduce((n, count) => n + count, 0n))} paths</p>
      )}
    </div>
  );
}

export function bracketed(x: number): string {
  const text = formatNumber(x);
  return text.startsWith('−') ? `(${text})` : text;
}
