/** A training loop: how the loss goes, what the parameters do, and any turn of it. */
import { useContext, useState } from 'preact/hooks';
import { TRAINING_FORMATS } from '../../../src/export/training';
import { formatNumber } from '../../../src/format/number';
import { stoppedAt } from '../../../src/format/words';
import { fromJsonNumber, type TrainingView } from '../../../src/protocol';
import type { Copies } from '../../state/copies';
import { SessionContext } from '../../state/context';
import type { Open, Session } from '../../state/session';
import { trainingOf } from '../../state/training';
import { useSettled } from '../../state/useSettled';
import { useWidth } from '../../state/useWidth';
import { Quoted } from '../NoTrace';
import { BoundaryPlot } from './BoundaryPlot';
import { LossCurve } from './LossCurve';
import { ParameterTracks } from './ParameterTracks';
import { RateField } from './RateField';

export function TrainingTab({ open }: { open: Open }) {
  const session = useContext(SessionContext);
  const answer = trainingOf(session, open.trace).value;
  if (answer === undefined) return <p class="view-message soft">Running the loop…</p>;
  if (answer.state === 'none') return <p class="view-message soft">No loop here updates what a loss depends on.</p>;
  if (answer.state === 'unknown')
    return (
      <p class="view-message soft">
        Not known: <Quoted text={answer.unknown.reason} />
      </p>
    );
  return <Shown open={open} training={answer.training} />;
}

function Shown({ open, training }: { open: Open; training: TrainingView }) {
  const session = useContext(SessionContext);
  const [frame, width] = useWidth<HTMLDivElement>();
  const [chosen, setTurn] = useState<number | undefined>(undefined);
  const [rate, setRate] = useState<number | undefined>(undefined);
  const [asked] = useSettled(rate, false);
  const name = training.rate?.name;
  const other =
    asked === undefined || name === undefined ? undefined : trainingOf(session, open.trace, { [name]: asked }).value;
  const whatIf = other?.state === 'data' ? other.training : undefined;
  const last = training.turns - 1;
  const turn = Math.min(chosen ?? last, training.turns);
  const openTurn = () => {
    if (training.traceable !== undefined) session.reopen({ traceable: training.traceable, moment: [turn] });
  };
  return (
    <div class="scroll-view training">
      <div ref={frame}>
        <Finding training={training} whatIf={whatIf} rate={asked} />
        <div class="turn-bar">
          <label>
            turn{' '}
            <input
              type="range"
              min={0}
              max={training.boundary ? training.turns : last}
              value={turn}
              aria-valuetext={turn > last ? 'after the last turn' : `turn ${turn}`}
              onInput={(event) => setTurn(event.currentTarget.valueAsNumber)}
            />
          </label>
          <output>{turn > last ? 'end' : `${turn} of ${last}`}</output>
          {training.traceable !== undefined && turn <= last && !session.alone && (
            <button type="button" class="link" onClick={openTurn}>
              Open this turn as a trace
            </button>
          )}
          {training.rate && (
            <RateField
              rate={training.rate}
              fixed={session.alone}
              value={rate}
              busy={asked !== undefined && other === undefined}
              onChange={setRate}
            />
          )}
        </div>
        {width > 0 && (
          <div class="training-plots">
            {training.loss && (
              <LossCurve
                training={training}
                whatIf={whatIf}
                turn={Math.min(turn, last)}
                width={training.boundary && width > 720 ? Math.floor(width * 0.56) - 14 : width}
                onTurn={setTurn}
              />
            )}
            {training.boundary && (
              <BoundaryPlot
                boundary={training.boundary}
                turn={turn}
                width={width > 720 ? Math.floor(width * 0.42) : width}
              />
            )}
          </div>
        )}
        <ParameterTracks training={training} turn={turn} />
      </div>
    </div>
  );
}

function Finding({
  training,
  whatIf,
  rate,
}: {
  training: TrainingView;
  whatIf: TrainingView | undefined;
  rate: number | undefined;
}) {
  const { loss, turns, diagnoses, complete, stopped, accuracy } = training;
  const at = (values: readonly (number | string)[] | undefined, i: number) =>
    formatNumber(fromJsonNumber((values?.at(i) ?? 'NaN') as number));
  return (
    <div class="findings">
      {diagnoses.map((d) => (
        <p key={`${d.code} ${d.parameter ?? ''}`} class={d.severity === 'warning' ? 'say finding' : 'soft'}>
          <span class="warn">⚠ {d.title}.</span> {d.text}{' '}
          {d.advice !== undefined && <span class="soft">{d.advice}</span>}
        </p>
      ))}
      <p class={diagnoses.length === 0 ? 'say finding' : ''}>
        <code>{training.name}</code>{' '}
        {loss ? (
          <>
            takes <span class="mono">{loss.name}</span> from {at(loss.values, 0)} to {at(loss.values, -1)} in {turns}{' '}
            turn
            {turns === 1 ? '' : 's'}
          </>
        ) : (
          <>
            takes {turns} turn{turns === 1 ? '' : 's'}; no loss is given a name in it
          </>
        )}
        {accuracy && (
          <>
            , <span class="mono">{accuracy.name}</span> to {at(accuracy.values, -1)}
          </>
        )}
        .{!complete && <span class="warn"> There may be more turns: {stoppedAt(stopped)}.</span>}
      </p>
      {whatIf?.loss && rate !== undefined && (
        <p>
          With {training.rate?.name} = {formatNumber(rate)}: to {at(whatIf.loss.values, -1)} in {whatIf.turns} turns.
        </p>
      )}
    </div>
  );
}

export function trainingCopies(session: Session, open: Open): Copies {
  const answer = trainingOf(session, open.trace).value;
  if (answer?.state !== 'data') return {};
  const { training } = answer;
  const output = {
    file: session.shown.peek()?.file ?? '',
    trainings: [{ id: training.traceable ?? training.name, training }],
  };
  return {
    Markdown: () => TRAINING_FORMATS.markdown(output),
    LaTeX: () => TRAINING_FORMATS.latex(output),
    CSV: () => TRAINING_FORMATS.csv(output),
    SVG: () => TRAINING_FORMATS.svg(output),
    JSON: () => `${JSON.stringify(training, null, 2)}\n`,
  };
}
