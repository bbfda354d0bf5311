/** Follows one path at a time: which, its product, its share. */
import { useContext, useMemo } from 'preact/hooks';
import type { StepView } from '../../../src/protocol';
import { formatCount, formatNumber, formatPercent } from '../../../src/format/number';
import { Partial, Name } from '../../math/stepName';
import { IconButton } from '../../parts/Icon';
import { SessionContext } from '../../state/context';
import { edgesOf, type Path, type PathSum, sumOverPaths } from '../../state/paths';
import type { Open } from '../../state/session';

/** Paths that are listed of each input. */
export const MOST_PATHS = 50;

/** The paths from every input, as they are now; `undefined` where steps are arrays. */
export function usePaths(open: Open, steps: readonly StepView[]): ReadonlyMap<number, PathSum> | undefined {
  const session = useContext(SessionContext);
  const moved = session.moved.value;
  return useMemo(() => {
    if (!open.replay) return undefined;
    const edges = edgesOf(steps, (step, slot) => session.partial(step, slot));
    const output = steps.findIndex((step) => step.row === open.trace.output.row);
    const inputs = open.trace.inputs.flatMap((input) => {
      const position = steps.findIndex((step) => step.row === input.row);
      return position < 0 || output < 0
        ? []
        : [[input.row, sumOverPaths(edges, position, output, MOST_PATHS)] as const];
    });
    return new Map(inputs);
  }, [open, steps, moved]);
}

/** The path that the reader follows. */
export function usePath(open: Open, steps: readonly StepView[]): Path | undefined {
  const session = useContext(SessionContext);
  const paths = usePaths(open, steps);
  const chosen = session.path.value;
  return chosen && paths?.get(chosen.input)?.paths[chosen.index];
}

export function PathChooser({ open, steps }: { open: Open; steps: readonly StepView[] }) {
  const session = useContext(SessionContext);
  const paths = usePaths(open, steps);
  if (!paths) return null;
  const all = open.trace.inputs.flatMap((input) =>
    (paths.get(input.row)?.paths ?? []).map((path, index) => ({ input, path, index })),
  );
  if (all.length === 0) return null;
  const chosen = session.path.value;
  const at = chosen ? all.findIndex(({ input, index }) => input.row === chosen.input && index === chosen.index) : -1;
  const now = all[at];
  const go = (to: number) => {
    const next = all[(to + all.length) % all.length];
    if (next) session.path.value = { input: next.input.row, index: next.index };
  };
  const sum = now && paths.get(now.input.row);
  return (
    <div class="path-chooser" role="group" aria-label="Paths from the inputs to the output">
      <IconButton icon="back" label="Previous path" onClick={() => go(at < 0 ? all.length - 1 : at - 1)} />
      <IconButton icon="forward" label="Next path" onClick={() => go(at + 1)} />
      {now && sum ? (
        <p class="adjoint" aria-live="polite">
          path {now.index + 1} of {formatCount(sum.count)} from <Name tex={now.input.tex} />
          <span class="product">
            {now.path.edges.map((edge) => bracketed(edge.partial)).join(' · ')} = {formatNumber(now.path.product)}
          </span>
          {sum.magnitude > 0 && (
            <span class="soft">
              {formatPercent(Math.abs(now.path.product) / sum.magnitude)} of{' '}
              <Partial of={open.trace.output.tex} by={now.input.tex} />
            </span>
          )}
          <IconButton icon="close" label="Follow no path" onClick={() => (session.path.value = undefined)} />
        </p>
      ) : (
        <p class="soft">{formatCount([...paths.values()].reduce((n, { count }) => n + count, 0n))} paths</p>
      )}
    </div>
  );
}

export function bracketed(x: number): string {
  const text = formatNumber(x);
  return text.startsWith('−') ? `(${text})` : text;
}
