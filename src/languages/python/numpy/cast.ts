/** Other element types. */
import type { Site } from '../../../model';
import { astype, type DType, isFloat } from '../../../tensor';
import type { Runtime } from '../runtime';
import type { PyValue } from '../values/object';
import { arrayOfRow, type Operand, wrap } from './array';
import { numeric } from './errors';
import { look } from './guards';

/** The operand in another element type, in memory of its own. */
export function castTo(rt: Runtime, x: Operand, dtype: DType, site: Site): PyValue {
  const { recorder } = rt;
  // What becomes an integer is data, which replay must find again.
  if (!recorder || x.row === undefined || !isFloat(dtype)) {
    rt.tick(1 + (x.nd.size >> 3));
    look(rt, dtype === 'bool' ? 'truth' : 'trunc', x, undefined, site);
    return numeric(rt, site, () => wrap(rt, astype(x.nd, dtype)));
  }
  const row = x.row;
  return numeric(rt, site, () => arrayOfRow(rt, recorder.tensor('cast', [row], { dtype }, rt.visible(site)), dtype));
}
