/**
 * Definite integrals in numbers: adaptive Gauss–Kronrod quadrature (7 and 15 points; nodes and weights of QUADPACK, Piessens
 * et al. 1983), infinite ranges mapped to finite ones. A value comes with a bound of its error, or there is none.
 */

/** Positive nodes of the Kronrod rule, outermost first; every second one is a node of the Gauss rule. */
const NODES = [
  0.9914553711208126, 0.9491079123427585, 0.8648644233597691, 0.7415311855993945, 0.5860872354676911,
  0.4058451513773972, 0.20778495500789848, 0,
];
const KRONROD = [
  0.022935322010529224, 0.06309209262997856, 0.10479001032225019, 0.14065325971552592, 0.1690047266392679,
  0.19035057806478542, 0.20443294007529889, 0.20948214108472782,
];
const GAUSS = [0.1294849661688697, 0.27970539148927664, 0.3818300505051189, 0.4179591836734694];

export interface Quadrature {
  readonly value: number;
  /** Bound of the error, as the difference of the two rules tells. */
  readonly error: number;
}

interface Panel extends Quadrature {
  readonly from: number;
  readonly to: number;
}

/** Panels that one integral is cut into at most. */
const MAX_PANELS = 120;
/** First panels of the two passes: a narrow peak that one of them steps over is not missed by both alike. */
const PANELS = [8, 11] as const;
const TOLERANCE = 1e-10;
/** Relative difference of the two passes beyond which there is no value. */
const SAME = 1e-8;

/**
 * ∫ f from `lower` to `upper`, either of which may be infinite. Undefined where the rules do not settle (a divergent or
 * strongly oscillating integral), where f is not finite inside, and where two passes differ.
 */
export function integrate(f: (x: number) => number, lower: number, upper: number): Quadrature | undefined {
  if (Number.isNaN(lower) || Number.isNaN(upper)) return undefined;
  if (lower === upper) return { value: 0, error: 0 };
  if (lower > upper) {
    const turned = integrate(f, upper, lower);
    return turned && { value: -turned.value, error: turned.error };
  }
  const [g, from, to] = finite(f, lower, upper);
  const [a, b] = PANELS.map((count) => adaptive(g, from, to, count));
  if (!a || !b) return undefined;
  // Zeros everywhere are a peak that was missed.
  if (a.value === 0 && a.error === 0) return undefined;
  const difference = Math.abs(a.value - b.value);
  if (difference > SAME * Math.max(Math.abs(a.value), Math.abs(b.value)) + a.error + b.error) return undefined;
  return { value: a.value, error: Math.max(a.error, difference) };
}

/** The integrand over a finite range. */
function finite(
  f: (x: number) => number,
  lower: number,
  upper: number,
): readonly [(t: number) => number, number, number] {
  if (Number.isFinite(lower) && Number.isFinite(upper)) return [f, lower, upper];
  // x = a ± t / (1 − t) for t from 0 to 1; beyond what can be represented the integrand is 0, if it can be integrated at all.
  const half = (end: number, sign: number) => (t: number) => {
    const rest = 1 - t;
    const value = f(end + (sign * t) / rest);
    return value === 0 ? 0 : value / (rest * rest);
  };
  if (Number.isFinite(lower)) return [half(lower, 1), 0, 1];
  if (Number.isFinite(upper)) return [half(upper, -1), 0, 1];
  const [left, right] = [half(0, -1), half(0, 1)];
  return [(t) => (t < 0 ? left(-t) : right(t)), -1, 1];
}

function adaptive(f: (x: number) => number, from: number, to: number, count: number): Quadrature | undefined {
  const width = (to - from) / count;
  const panels: Panel[] = [];
  for (let i = 0; i < count; i++) {
    const made = panel(f, from + i * width, i + 1 === count ? to : from + (i + 1) * width);
    if (!made) return undefined;
    panels.push(made);
  }
  for (;;) {
    const value = sum(panels.map((p) => p.value));
    const error = sum(panels.map((p) => p.error));
    // What is left of larger parts is as exact as these are.
    const scale = sum(panels.map((p) => Math.abs(p.value)));
    if (error <= TOLERANCE * Math.max(Math.abs(value), 1e-3 * scale) || error < 1e-300) return { value, error };
    if (panels.length >= MAX_PANELS) return undefined;
    let worst = 0;
    panels.forEach((p, i) => {
      if (p.error > (panels[worst] as Panel).error) worst = i;
    });
    const [old] = panels.splice(worst, 1) as [Panel];
    const middle = (old.from + old.to) / 2;
    if (middle <= old.from || middle >= old.to) return undefined;
    const [a, b] = [panel(f, old.from, middle), panel(f, middle, old.to)];
    if (!a || !b) return undefined;
    panels.push(a, b);
  }
}

function panel(f: (x: number) => number, from: number, to: number): Panel | undefined {
  const [center, half] = [(from + to) / 2, (to - from) / 2];
  let [kronrod, gauss] = [0, 0];
  for (let i = 0; i < NODES.length; i++) {
    const x = (NODES[i] as number) * half;
    const y = x === 0 ? f(center) : f(center - x) + f(center + x);
    if (!Number.isFinite(y)) return undefined;
    kronrod += (KRONROD[i] as number) * y;
    if (i % 2 === 1) gauss += (GAUSS[(i - 1) / 2] as number) * y;
  }
  // Rounding is not an error of the rule.
  const error = Math.max(0, Math.abs(kronrod - gauss) * half - 1e-15 * Math.abs(kronrod * half));
  return { from, to, value: kronrod * half, error: sharpened(error, Math.abs(kronrod * half)) };
}

/** The difference of the rules overestimates what the finer one is off: the exponent is QUADPACK's. */
function sharpened(difference: number, scale: number): number {
  return (
    Math.max(scale === 0 ? 0 : scale * Math.min(1, (200 * difference) / scale) ** 1.5, 2e-15 * scale) *
    (difference > scale ? 2 : 1)
  );
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
