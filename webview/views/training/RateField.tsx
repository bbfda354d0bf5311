/** Another learning rate, tried out without touching the file. */
import { formatNumber } from '../../../src/format/number';
import { fromJsonNumber, type TrainingView } from '../../../src/protocol';

interface Props {
  readonly rate: NonNullable<TrainingView['rate']>;
  /** Nobody is there to run the loop again. */
  readonly fixed: boolean;
  readonly value: number | undefined;
  readonly busy: boolean;
  readonly onChange: (rate: number | undefined) => void;
}

export function RateField({ rate, fixed, value, busy, onChange }: Props) {
  const own = fromJsonNumber(rate.value);
  if (fixed || !rate.settable || !(own > 0)) {
    return (
      <span class="soft">
        <span class="mono">{rate.name}</span> = {formatNumber(own)}
      </span>
    );
  }
  const shown = value ?? own;
  return (
    <span class="rate">
      <label>
        what if <span class="mono">{rate.name}</span> ={' '}
        <input
          type="number"
          class="field"
          step="any"
          min={0}
          value={Number(shown.toPrecision(4))}
          onChange={(event) => {
            const x = event.currentTarget.valueAsNumber;
            onChange(Number.isFinite(x) && x !== own ? x : undefined);
          }}
        />
      </label>
      <input
        type="range"
        min={-2}
        max={2}
        step={0.02}
        value={Math.log10(shown / own)}
        aria-label={`${rate.name}, logarithmic`}
        aria-valuetext={formatNumber(shown)}
        onInput={(event) => {
          const e = event.currentTarget.valueAsNumber;
          onChange(Math.abs(e) < 0.01 ? undefined : Number((own * 10 ** e).toPrecision(3)));
        }}
      />
      {value !== undefined && (
        <button type="button" class="link" onClick={() => onChange(undefined)}>
          Back to {formatNumber(own)}
        </button>
      )}
      <span class="soft" role="status">
        {busy ? 'running…' : ''}
      </span>
    </span>
  );
}
