/**
 * Checks in full: the reverse sweep that a derivative by hand is judged by is compared with differences, by every element
 * of what the derivative is taken by. It speaks for or against the verdict, never against the code.
 */
import { checkGradient, type GradientCheck, overall } from '../../../autodiff/gradientCheck';
import { withChanges } from '../../../autodiff/trace';
import { shapeOfRow } from '../../../autodiff/linearization';
import { formatCount, printNamePath } from '../../../format';
import { sizeOf } from '../../../tensor';
import type { PairCheck, PairRequest } from '../../frontEnd';
import type { Shot } from './shot';

/**
 * @param shot that the check was read from
 * @throws CheckCancelled
 */
export function corroborated(check: PairCheck, shot: Shot, progress: PairRequest['progress']): PairCheck {
  if (check.verdict !== 'pass' && check.verdict !== 'fail') return check;
  const judged = new Set(check.gradients.map((g) => g.name));
  const leaves = shot.leaves.filter((leaf) => judged.has(leaf.name));
  const directions = leaves.reduce((sum, { row }) => sum + sizeOf(shapeOfRow(shot.pass.tape, row)), 0);
  const all = directions * shot.outputs.length;
  const checks = shot.outputs.map(({ row, weight }, k) =>
    checkGradient(withChanges(shot.trace, { output: row, inputs: inputsOf(shot, leaves) }), {
      mode: 'full',
      weight,
      // What the derivative decides has no influence on what it is the derivative of.
      idle: shot.trace.guards.slice(shot.decisions),
      ...(progress ? { progress: (done) => progress(k * directions + done, all) } : {}),
    }),
  );
  return told(check, checks, directions);
}

function inputsOf(shot: Shot, leaves: Shot['leaves']): Shot['trace']['inputs'] {
  return leaves.map(({ path, row }) => ({ name: path, row, origin: { kind: 'assumed' } }));
}

function told(check: PairCheck, checks: readonly GradientCheck[], directions: number): PairCheck {
  const verdict = overall(checks.map((c) => c.verdict));
  const count = formatCount(BigInt(directions));
  const differences = `differences by ${directions === 1 ? 'its one number' : `each of ${count} numbers`}`;
  if (verdict === 'pass') {
    return { ...check, notes: [...check.notes, `the sweep that it is judged by agrees with ${differences}`] };
  }
  const open = checks.flatMap((c) => c.inputs).find((i) => i.verdict === verdict);
  const reason = `by \`${open ? printNamePath(open.input.name) : ''}\`: ${open?.message ?? ''}`;
  if (verdict !== 'fail') {
    return {
      ...check,
      notes: [...check.notes, `${differences} say nothing of the sweep that it is judged by: ${reason}`],
    };
  }
  const { strength: _, cause: __, span: ___, ...rest } = check;
  return {
    ...rest,
    verdict: 'unknown',
    code: 'sweep-in-doubt',
    message: `${differences} do not agree with the sweep that it is judged by: ${reason}`,
    gradients: check.gradients.map((g) => ({ ...g, verdict: 'unknown' })),
    related: [],
    fixes: [],
  };
}
