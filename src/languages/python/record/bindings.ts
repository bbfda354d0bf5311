/** Names that values are given while a window is recorded. */
import type { NamePath, Site } from '../../../model';
import type { Runtime } from '../runtime';
import type { PyValue } from '../values/object';

/** Steps of other modules are shown at the call that led there: their names are not the reader's. */
export function bindName(rt: Runtime, name: NamePath, value: PyValue, site: Site): void {
  if (rt.outside !== undefined) return;
  const row = rt.tracedRow(value);
  if (row !== undefined) rt.recorder?.bind(name, row, site);
}
