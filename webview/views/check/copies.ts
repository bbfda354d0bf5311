/** The evidence of all checks as one table. */
import type { Cell, Table } from '../../../src/export/table';
import { VERDICT_WORDS } from '../../../src/format/words';
import type { JsonNumber } from '../../../src/protocol';
import { type Copies, tableCopies } from '../../state/copies';
import type { Session } from '../../state/session';

export function checkCopies(session: Session): Copies {
  const number = (x: JsonNumber | null | undefined): Cell => ({ value: x ?? null });
  const make = (): Table => ({
    title: 'Checks',
    columns: [
      { head: 'check' },
      { head: 'line', right: true },
      { head: 'parameter' },
      { head: 'verdict' },
      { head: 'relative error', right: true },
      { head: 'worst element' },
      { head: 'yours', right: true },
      { head: 'expected', right: true },
      { head: 'message' },
    ],
    rows: session.checks.peek().flatMap((check) => {
      const head: Cell[] = [{ code: check.name }, { value: check.range.start.line + 1 }];
      if (check.parameters.length === 0)
        return [
          [
            ...head,
            { text: '' },
            { text: VERDICT_WORDS[check.verdict] },
            number(undefined),
            { text: '' },
            { text: check.text ?? '' },
            { text: check.expected ?? '' },
            { text: check.message },
          ],
        ];
      return check.parameters.map((p): Cell[] => [
        ...head,
        { code: p.name },
        { text: VERDICT_WORDS[p.verdict] },
        number(p.relativeError),
        { text: p.worst && p.worst.index.length > 0 ? `[${p.worst.index.join(', ')}]` : '' },
        number(p.worst?.claimed ?? p.adjoint),
        number(p.worst?.expected ?? p.centreDifference),
        { text: p.cause ?? p.message ?? '' },
      ]);
    }),
  });
  return session.checks.peek().length > 0 ? tableCopies(make) : {};
}
