/** Names that values are given while a window is recorded. */
import type { NamePath, Site } from '../../../model';
import type { Runtime } from '../runtime';
import type { Traced } from '../values/object';

/** Steps of other modules are shown at the call that led there: their names are not the reader's. */
export function bindName(rt: Runtime, name: NamePath, value: Traced, site: Site): void {
  if (rt.outside === undefined) rt.recorder?.bind(name, value.row, site);
}
