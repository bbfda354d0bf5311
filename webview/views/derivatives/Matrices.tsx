/** Jacobian of an array, Hessian by an array: made on demand, and how its columns or rows come about. */
import { useContext, useEffect, useState } from 'preact/hooks';
import { fromJsonNumber, type MATRIX_KINDS, type MatrixView, type TraceView } from '../../../src/protocol';
import { Partial } from '../../math/stepName';
import { indexText, matrixShape } from '../../parts/ArrayFigure';
import { MatrixMap } from '../../parts/MatrixMap';
import { SessionContext } from '../../state/context';
import type { Open } from '../../state/session';
import { isTensor } from '../../state/values';

type Input = TraceView['inputs'][number];
type Kind = (typeof MATRIX_KINDS)[number];

/** Milliseconds that the whole of a matrix takes to come about. */
const DURATION = 2_400;
const FRAME = 60;

export function Matrices({ open, width }: { open: Open; width: number }) {
  const { trace } = open;
  const kind: Kind = isTensor(trace.output.value) ? 'jacobian' : 'hessian';
  const inputs = trace.inputs.filter(
    (input) => input.gradient !== null && (kind === 'jacobian' || isTensor(input.value)),
  );
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const input = inputs.find(({ name }) => name === chosen) ?? inputs[0];
  if (!input) return null;
  return (
    <section class="matrices" aria-label={kind === 'jacobian' ? 'Jacobian' : 'Hessian'}>
      <h2>
        <b>{kind === 'jacobian' ? 'Jacobian' : 'Hessian'}</b>{' '}
        <span class="choice adjoint">
          {kind === 'jacobian' ? (
            <Partial of={trace.output.tex} by={input.tex} />
          ) : (
            <Partial of={trace.output.tex} by={input.tex} order={2} />
          )}
          {inputs.length > 1 && (
            <>
              <span aria-hidden="true"> ▾</span>
              <select
                aria-label="By the elements of"
                value={input.name}
                onChange={(event) => setChosen(event.currentTarget.value)}
              >
                {inputs.map(({ name }) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
              </select>
            </>
          )}
        </span>{' '}
        {kind === 'jacobian' && <span class="soft small">numerator layout: a row for each output</span>}
      </h2>
      <Matrix key={input.name} open={open} input={input} kind={kind} width={width} />
    </section>
  );
}

function Matrix({ open, input, kind, width }: { open: Open; input: Input; kind: Kind; width: number }) {
  const session = useContext(SessionContext);
  const [answer, setAnswer] = useState<{ open: Open; matrix: MatrixView | undefined } | undefined>(undefined);
  // An answer about another trace says nothing about this one, whatever its rows are called.
  const matrix = answer?.open === open ? answer.matrix : undefined;
  const [done, setDone] = useState<{ by: 'row' | 'column'; count: number } | undefined>(undefined);
  useEffect(() => {
    let wanted = true;
    setDone(undefined);
    void session.matrix(input.row, kind).then((made) => wanted && setAnswer({ open, matrix: made }));
    return () => {
      wanted = false;
    };
  }, [open, input.row, kind]);
  const total = matrix?.state === 'data' && done ? (done.by === 'row' ? matrix.rows : matrix.columns) : 0;
  const running = done !== undefined && done.count < total;
  useEffect(() => {
    if (!running || !done) return;
    const timer = setTimeout(
      () =>
        setDone({ ...done, count: Math.min(total, done.count + Math.max(1, Math.ceil((total * FRAME) / DURATION))) }),
      Math.max(FRAME, Math.min(350, DURATION / total)),
    );
    return () => clearTimeout(timer);
  }, [done, running]);
  if (!matrix) return <p class="soft">Working it out…</p>;
  if (matrix.state === 'none') return <p class="soft">{matrix.reason}.</p>;
  const { rows, columns } = matrix;
  const shapeOf = (value: TraceView['output']['value']) => (isTensor(value) ? value.shape : []);
  const inShape = shapeOf(input.value);
  const outShape = kind === 'jacobian' ? shapeOf(open.trace.output.value) : inShape;
  const element = (name: string, shape: readonly number[], at: number) => {
    const [, across] = matrixShape(shape);
    return shape.length === 0 ? name : `${name}${indexText(shape, Math.floor(at / across), at % across)}`;
  };
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const play = (by: 'row' | 'column') => setDone({ by, count: still ? Infinity : 0 });
  const sweeps = (count: number) => `${count} sweep${count === 1 ? '' : 's'}`;
  return (
    <>
      <MatrixMap
        rows={rows}
        columns={columns}
        values={matrix.entries.map(fromJsonNumber)}
        label={kind === 'jacobian' ? 'Jacobian' : 'Hessian'}
        width={Math.min(width, 640)}
        height={320}
        done={running ? done : undefined}
        nameOf={(r, c) =>
          kind === 'jacobian'
            ? `∂${element(open.trace.output.name, outShape, r)} / ∂${element(input.name, inShape, c)}`
            : `∂²${open.trace.output.name} / ∂${element(input.name, inShape, r)} ∂${element(input.name, inShape, c)}`
        }
      />
      {kind === 'jacobian' && (
        <p class="ways small">
          <button
            type="button"
            class={`link tangent ${done?.by === 'column' && running ? 'on' : ''}`}
            onClick={() => play('column')}
          >
            ▸ by column, forward
          </button>{' '}
          <span class="soft">
            {running && done.by === 'column' ? `${done.count} of ` : ''}
            {sweeps(columns)}
          </span>
          <button
            type="button"
            class={`link adjoint ${done?.by === 'row' && running ? 'on' : ''}`}
            onClick={() => play('row')}
          >
            ▸ by row, reverse
          </button>{' '}
          <span class="soft">
            {running && done.by === 'row' ? `${done.count} of ` : ''}
            {sweeps(rows)}
          </span>
          <span class="soft">
            {columns === rows
              ? 'both take as many'
              : columns < rows
                ? 'forward is shorter here'
                : 'reverse is shorter here'}
          </span>
        </p>
      )}
    </>
  );
}
