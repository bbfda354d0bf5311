/** Plane rotations, with LAPACK's signs. */

/** |x| with the sign of y. */
export const signed = (x: number, y: number): number => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x));

/** A plane rotation with c·f + s·g = r and −s·f + c·g = 0. */
export function rotation(f: number, g: number): readonly [c: number, s: number, r: number] {
  if (g === 0) return [1, 0, f];
  if (f === 0) return [0, signed(1, g), Math.abs(g)];
  const length = Math.hypot(f, g);
  const r = signed(length, f);
  return [Math.abs(f) / length, g / r, r];
}
