/** The paths of every input as one table: operations on the way, factors, product, share. */
import { toJsonNumber, type StepView } from '../../../src/protocol';
import type { Cell, Table } from '../../../src/export/table';
import { formatCount, formatPercent } from '../../../src/format/number';
import { operatorSign } from '../../../src/format/operators';
import { type Copies, tableCopies } from '../../state/copies';
import type { Open, Session } from '../../state/session';
import { bracketed, sums } from './PathChooser';

/** Paths of each input that are written out, the largest first. */
const WRITTEN = 50;

export function pathsCopies(session: Session, open: Open, steps: readonly StepView[]): Copies {
  const make = (): Table => {
    const from = sums(open, steps, (step, slot) => session.partial(step, slot), WRITTEN);
    return {
      title: `Paths to ${open.trace.output.name}`,
      columns: [
        { head: 'input' },
        { head: 'path' },
        { head: 'local partials' },
        { head: 'contribution', right: true },
        { head: 'share', right: true },
      ],
      rows: open.trace.inputs.flatMap((input) => {
        const sum = from.get(input.row);
        if (!sum) return [];
        const rows = sum.paths.map((path): Cell[] => [
          { code: input.name },
          { text: path.edges.map((edge) => operatorSign(steps[edge.user]?.op ?? '')).join(' → ') },
          { text: path.edges.map((edge) => bracketed(edge.partial)).join(' × ') || '1' },
          { value: toJsonNumber(path.product) },
          { text: sum.magnitude > 0 ? formatPercent(Math.abs(path.product) / sum.magnitude) : '' },
        ]);
        const left = sum.count - BigInt(sum.paths.length);
        const more: Cell[][] =
          left > 0n
            ? [[{ code: input.name }, { text: `${formatCount(left)} more` }, { text: '' }, { text: '' }, { text: '' }]]
            : [];
        return [
          ...rows,
          ...more,
          [{ code: input.name }, { text: 'sum' }, { text: '' }, { value: toJsonNumber(sum.sum) }, { text: '' }],
        ];
      }),
    };
  };
  return tableCopies(make);
}
