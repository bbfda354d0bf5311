/** The table of a network, as every format prints it. */
import { formatNumber, formatShape } from '../../format';
import { fromJsonNumber, type JsonNumber, type LayerView } from '../../protocol';

export interface Column {
  readonly title: string;
  readonly right?: boolean;
  readonly of: (layer: LayerView) => string;
  /** For programs: all digits. */
  readonly full?: (layer: LayerView) => string;
}

const shown = (x: JsonNumber | undefined) => (x === undefined ? '' : formatNumber(fromJsonNumber(x)));
const whole = (x: JsonNumber | undefined) => (x === undefined ? '' : String(x));

const figure = (title: string, of: (layer: LayerView) => JsonNumber | undefined): Column => ({
  title,
  right: true,
  of: (layer) => shown(of(layer)),
  full: (layer) => whole(of(layer)),
});

export const COLUMNS: readonly Column[] = [
  { title: 'layer', of: (l) => l.name },
  { title: 'kind', of: (l) => l.kind },
  {
    title: 'activation',
    of: (l) => (l.activation.name === 'custom' ? l.activation.text || 'other' : l.activation.name),
  },
  { title: 'in', of: (l) => formatShape(l.shapeIn) },
  { title: 'out', of: (l) => formatShape(l.shapeOut) },
  { title: 'parameters', right: true, of: (l) => String(l.parameterCount) },
  figure('|gradient|', (l) => l.gradient?.norm),
  figure('min', (l) => l.gradient?.min),
  figure('max', (l) => l.gradient?.max),
  figure('mean', (l) => l.gradient?.mean),
  figure('|δ|', (l) => l.delta.norm),
  figure('factor', (l) => l.factor),
  {
    title: 'zeros',
    right: true,
    of: (l) => (l.gradient ? `${l.gradient.zeros} of ${l.gradient.count}` : '∅'),
    full: (l) => (l.gradient ? String(l.gradient.zeros / Math.max(1, l.gradient.count)) : ''),
  },
  figure('update/weight', (l) => l.updateRatio),
];
