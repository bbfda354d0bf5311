/** Where in a derivative the first wrong value is computed, and what only follows from it. */
import { agrees, fittedTo } from '../../../autodiff/claimedGradient';
import { gradientOf } from '../../../autodiff/gradientEvidence';
import type { Ref, Tape } from '../../../autodiff/tape';
import type { Binding } from '../../../autodiff/trace';
import { printNamePath } from '../../../format/namePath';
import type { Span } from '../../../model';
import type { Laboratory } from './checkCalls';
import { lastName } from './claims';
import { gradientTarget } from './names';
import type { Shot } from './shot';

export interface Place {
  readonly span?: Span;
  /** The first wrong value, where it is another one than what is judged. */
  readonly first?: string;
  readonly related: readonly { readonly span: Span; readonly message: string }[];
}

interface Intermediate {
  readonly name: string;
  readonly span: Span;
  readonly row: Ref;
  readonly isRight: boolean;
  /** Row of the forward value that it is the gradient by. */
  readonly of: Ref;
}

/** The line that computed the first wrong intermediate; what is wrong after it and agrees with it inherits its error. */
export function localise(shot: Shot, label: string, lab: Pick<Laboratory, 'line'>): Place {
  const found = intermediates(shot);
  const firstWrong = found.find((i) => !i.isRight);
  if (!firstWrong) {
    const last = shot.trace.bindings
      .filter((b) => b.row >= shot.backwardFrom && printNamePath(b.name) === label)
      .map((b) => shot.trace.spans(b.site)[0])
      .filter((s) => s !== undefined)
      .at(-1);
    return { ...(last ? { span: last } : {}), related: [] };
  }
  const line = lab.line(firstWrong.span.from);
  const related = found
    .filter((i) => i !== firstWrong && !i.isRight && inherits(shot, firstWrong, i))
    .map((i) => ({ span: i.span, message: `\`${i.name}\` inherits the error of ${line}` }));
  return {
    span: firstWrong.span,
    related,
    ...(firstWrong.name === label ? {} : { first: `\`${firstWrong.name}\` in ${line}` }),
  };
}

/** Gradients of intermediate values that the derivative names, in the order in which they are computed. */
export function intermediates(shot: Shot): Intermediate[] {
  const { tape, seeds } = shot.pass;
  const forward = new Map<string, Binding[]>();
  // Where both stand in one body, what comes up to the loss is the forward pass.
  const output = Math.max(...shot.outputs.map((o) => o.row));
  const forwardTo = shot.backwardFrom > 0 ? shot.backwardFrom : output + 1;
  const used = shot.backwardFrom > 0 ? new Set<Ref>() : ancestors(tape, output);
  for (const b of shot.trace.bindings) {
    if (b.row >= forwardTo) continue;
    const name = lastName(b.name);
    forward.set(name, [...(forward.get(name) ?? []), b]);
  }
  for (const l of shot.leaves) {
    const name = lastName(l.path);
    if (!l.name.startsWith('('))
      forward.set(name, [...(forward.get(name) ?? []), { row: l.row, name: l.path, site: -1 }]);
  }
  const found: Intermediate[] = [];
  for (const b of shot.trace.bindings) {
    // What the loss is made from is no gradient of it, whatever its name.
    if (b.row < shot.backwardFrom || used.has(b.row)) continue;
    const [span] = shot.trace.spans(b.site);
    const name = lastName(b.name);
    const target = gradientTarget(name);
    const candidates = target === undefined ? undefined : forward.get(target);
    if (!span || !candidates) continue;
    const value = tape.ndarray(b.row);
    let isRight = false;
    let of: Ref | undefined;
    for (const c of candidates) {
      const expected = gradientOf(tape, seeds, c.row);
      const fitted = fittedTo(value, expected);
      if (!fitted) continue;
      of ??= c.row;
      if (agrees(fitted, expected)) {
        isRight = true;
        of = c.row;
        break;
      }
    }
    if (of !== undefined) found.push({ name: printNamePath(b.name), span, row: b.row, isRight, of });
  }
  // Of a name that is given several values the last is meant; `dW` may be built up in steps.
  return found.filter((i, k) => !found.some((later, m) => m > k && later.name === i.name));
}

function ancestors(tape: Tape, row: Ref): Set<Ref> {
  const found = new Set([row]);
  for (let r = row; r >= 0; r--) if (found.has(r)) for (const p of tape.operands(r)) found.add(p);
  return found;
}

/** Whether a wrong value is what the right formula gives from an earlier wrong one. */
function inherits(shot: Shot, from: Intermediate, to: Intermediate): boolean {
  const { tape } = shot.pass;
  if (from.of <= to.of) return false;
  const value = tape.ndarray(from.row);
  const seed = value.ndim === 0 ? value.item() : value;
  const implied = gradientOf(tape, new Map([[from.of, seed]]), to.of);
  const fitted = fittedTo(tape.ndarray(to.row), implied);
  return fitted !== undefined && agrees(fitted, implied);
}
