/** The selected array: value, tangent and adjoint with their statistics. */
import { useContext } from 'preact/hooks';
import type { StepView, ValueView } from '../../src/protocol';
import { formatNumber } from '../../src/format/number';
import { NOT_CONNECTED } from '../../src/format/words';
import { Name, StepName } from '../math/stepName';
import { Tex } from '../math/Tex';
import { SessionContext } from '../state/context';
import { asNumber, type Family, isTensor } from '../state/values';
import { ArrayFigure } from './ArrayFigure';
import { IconButton } from './Icon';

const WORDS: Readonly<Record<Family, string>> = {
  primal: 'value',
  tangent: 'tangent',
  adjoint: 'gradient (adjoint)',
};

/** Whether a step has more to show than a row has room for. */
export function isInspected(step: StepView): boolean {
  return isTensor(step.value);
}

export function Inspector({ step }: { step: StepView }) {
  const session = useContext(SessionContext);
  const input = session.trace.value?.inputs.find((i) => i.row === step.row);
  return (
    <section class="inspector" aria-label={`Step v ${step.index}`}>
      <p class="inspector-head">
        <StepName index={step.index} /> = {input ? <Name tex={input.tex} /> : <Tex tex={step.primal.right} />}{' '}
        <code class="soft">{step.label}</code>
        <IconButton icon="close" label="Close" onClick={() => session.select(undefined)} />
      </p>
      <div class="arrays">
        {(['primal', 'adjoint', 'tangent'] as const).map((family) => (
          <Part key={family} value={session.value(step, family)} family={family} row={step.row} />
        ))}
      </div>
    </section>
  );
}

function Part({ value, family, row }: { value: ValueView | null; family: Family; row: number }) {
  if (isTensor(value)) return <ArrayFigure title={WORDS[family]} tensor={value} role={family} row={row} />;
  const x = asNumber(value);
  if (family === 'tangent' && (x === undefined || x === 0)) return null;
  return (
    <p>
      <span class={family}>{WORDS[family]}</span> {x === undefined ? NOT_CONNECTED.word : formatNumber(x)}
    </p>
  );
}
