/**
 * Sum of a Chebyshev series c₀ + c₁ T₁(t) + c₂ T₂(t) + … for −1 ≤ t ≤ 1 by Clenshaw's recurrence
 * (C. W. Clenshaw, *A note on the summation of Chebyshev series*, 1955). The coefficient tables of this folder are
 * fitted with 60 digits by `test/oracles/special_function_fits.py`.
 */
export function chebyshev(coefficients: readonly number[], t: number): number {
  let b1 = 0;
  let b2 = 0;
  for (let k = coefficients.length - 1; k > 0; k--) {
    const b0 = 2 * t * b1 - b2 + (coefficients[k] as number);
    b2 = b1;
    b1 = b0;
  }
  return t * b1 - b2 + (coefficients[0] as number);
}
