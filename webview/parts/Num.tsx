/** Numbers: aligned at the decimal point, tinted for a moment when an edit has changed them. */
import { useContext, useRef } from 'preact/hooks';
import { fromJsonNumber, type TensorView, type ValueView } from '../../src/protocol';
import { formatNumber, formatShape, formatSigned, splitAtPoint } from '../../src/format/number';
import { NOT_CONNECTED } from '../../src/format/words';
import { SessionContext } from '../state/context';
import { asNumber, isTensor } from '../state/values';
import { HeatMap } from './HeatMap';

interface Props {
  readonly value: ValueView | null;
  /** With its sign, as a summand. */
  readonly signed?: boolean;
  readonly class?: string;
  readonly label?: string;
  /** Rests on an assumed value. */
  readonly assumed?: boolean;
}

/** A number in a column whose decimal points meet. */
export function Num({ value, signed = false, class: name = '', label, assumed = false }: Props) {
  const x = asNumber(value);
  const text = x === undefined ? '' : signed ? formatSigned(x) : formatNumber(x);
  const changed = useChange(value === null ? '∅' : isTensor(value) ? fingerprint(value) : text);
  if (isTensor(value)) {
    return <ArrayMark value={value} class={`${name} ${changed}`} size={signed ? 17 : 22} />;
  }
  if (x === undefined) {
    return (
      <span class={`num absent ${name} ${changed}`} title={NOT_CONNECTED.word}>
        <i>{NOT_CONNECTED.mark}</i>
        <u />
        <span class="hidden">{NOT_CONNECTED.word}</span>
      </span>
    );
  }
  const [whole, rest] = splitAtPoint(text);
  const odd = Number.isFinite(x) ? '' : 'odd';
  return (
    <span class={`num ${name} ${changed} ${odd} ${assumed ? 'assumed' : ''}`} title={fullText(x)} aria-label={label}>
      <i>{whole}</i>
      <u>{rest}</u>
    </span>
  );
}

/** An array: its picture, its shape, and the largest magnitude, so that two of them can be compared. */
export function ArrayMark({
  value,
  class: name = '',
  adjoint = false,
  size = 22,
}: {
  value: TensorView;
  class?: string;
  adjoint?: boolean;
  size?: number;
}) {
  return (
    <span class={`tensor ${name}`}>
      <HeatMap tensor={value} adjoint={adjoint} size={adjoint ? 18 : size} />
      <span class="sizes">
        <span class="soft">{formatShape(value.shape)}</span>
        <span title="largest magnitude, max |·|">{formatNumber(fromJsonNumber(value.maxAbs), { digits: 3 })}</span>
      </span>
    </span>
  );
}

/** A number in running text. */
export function Inline({ value, class: name = '' }: Props) {
  const x = asNumber(value);
  const changed = useChange(x === undefined ? '∅' : formatNumber(x));
  if (isTensor(value)) return <Num value={value} class={name} />;
  return (
    <span
      class={`inline-number ${name} ${changed} ${x === undefined || Number.isFinite(x) ? '' : 'odd'}`}
      title={x === undefined ? NOT_CONNECTED.word : fullText(x)}
    >
      {x === undefined ? NOT_CONNECTED.mark : formatNumber(x)}
    </span>
  );
}

function fullText(x: number): string {
  return formatNumber(x, { digits: 'full', plain: true });
}

function fingerprint(value: Extract<ValueView, object>): string {
  return `${value.shape.join()} ${String(value.maxAbs)} ${String(value.mean)}`;
}

/**
 * A class that tints the number when an answer has changed it, and not while the reader moves an input. Two
 * names by turns start the animation anew.
 */
function useChange(text: string): string {
  const session = useContext(SessionContext);
  const edition = session.edition.value;
  const before = useRef({ text, edition, tint: '' });
  const last = before.current;
  if (last.edition !== edition) {
    if (last.text === text) last.tint = '';
    else last.tint = last.tint === 'changed' ? 'changed-again' : 'changed';
  } else if (last.text !== text) {
    last.tint = '';
  }
  last.text = text;
  last.edition = edition;
  return last.tint;
}
