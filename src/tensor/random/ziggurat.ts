/** Standard normals by the ziggurat method (Marsaglia and Tsang 2000), in 256 layers over 52-bit integers as in NumPy. */
import type { BitSource } from './bits';
import { LAYER_SCALES } from './zigguratLayers';

/** Where the tail begins, and its inverse. */
const TAIL = 3.6541528853610088;
const TAIL_INVERSE = 0.27366123732975828;

/** LAYER_SCALES[i] · 2⁵² is the right edge xᵢ of layer i; layer 0 is the base with the tail. */
const scales = new Float64Array(LAYER_SCALES);
const heights = scales.map((scale, i) => (i === 0 ? 1 : density(scale * 2 ** 52)));
/** Draws below these lie under the curve at once: the ratio of neighbouring edges. */
const limits = scales.map((scale, i) => {
  if (i === 0) return Math.floor((TAIL / (scale * 2 ** 52)) * 2 ** 52);
  return i === 1 ? 0 : Math.floor((scales[i - 1]! / scale) * 2 ** 52);
});

function density(x: number): number {
  return Math.exp(-0.5 * x * x);
}

/** One standard normal number. */
export function nextNormal(bits: BitSource): number {
  for (;;) {
    const { high, low } = bits.next64();
    const layer = low & 0xff;
    const magnitude = (high & 0x1fffffff) * 8388608 + (low >>> 9);
    const distance = magnitude * scales[layer]!;
    const x = (low & 0x100) === 0 ? distance : -distance;
    if (magnitude < limits[layer]!) return x;
    if (layer === 0) return tail(bits, (low & 0x20000) !== 0);
    const base = heights[layer]!;
    if ((heights[layer - 1]! - base) * bits.nextDouble() + base < density(x)) return x;
  }
}

/** A number beyond the last edge (Marsaglia 1964). */
function tail(bits: BitSource, negative: boolean): number {
  for (;;) {
    const x = -TAIL_INVERSE * Math.log1p(-bits.nextDouble());
    const y = -Math.log1p(-bits.nextDouble());
    if (y + y > x * x) return negative ? -(TAIL + x) : TAIL + x;
  }
}
