/** Where in a derivative the first wrong value is computed, and what only follows from it. */
import { agrees, fittedTo } from '../../../autodiff/claimedGradient';
import { gradientOf } from '../../../autodiff/gradientEvidence';
import type { Ref, Tape } from '../../../autodiff/tape';
import type { Trace } from '../../../autodiff/trace';
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
  /** The call in which it is computed. */
  readonly call: number;
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
  const forward = new Map<string, Ref[]>();
  // Where both stand in one body, what comes up to the loss is the forward pass.
  const output = Math.max(...shot.outputs.map((o) => o.row));
  const forwardTo = shot.backwardFrom > 0 ? shot.backwardFrom : output + 1;
  const used = shot.backwardFrom > 0 ? new Set<Ref>() : ancestors(tape, output);
  for (const b of shot.trace.bindings) {
    if (b.row >= forwardTo) continue;
    const name = lastName(b.name);
    forward.set(name, [...(forward.get(name) ?? []), b.row]);
  }
  for (const l of shot.leaves) {
    const name = lastName(l.path);
    if (!l.name.startsWith('(')) forward.set(name, [...(forward.get(name) ?? []), l.row]);
  }
  const found: Intermediate[] = [];
  const writes = writesIn(tape, shot.backwardFrom);
  for (const b of shot.trace.bindings) {
    // What the loss is made from is no gradient of it, whatever its name.
    if (b.row < shot.backwardFrom || used.has(b.row)) continue;
    // What is written into the array afterwards belongs to it.
    const row = writes(b.row);
    const [span] = shot.trace.spans(row === b.row ? b.site : tape.site(row));
    const name = lastName(b.name);
    const target = gradientTarget(name);
    const candidates = target === undefined ? undefined : forward.get(target);
    if (!span || !candidates) continue;
    const value = tape.ndarray(row);
    let isRight = false;
    let of: Ref | undefined;
    for (const c of candidates) {
      const expected = gradientOf(tape, seeds, c);
      const fitted = fittedTo(value, expected);
      if (!fitted) continue;
      of ??= c;
      if (agrees(fitted, expected)) {
        isRight = true;
        of = c;
        break;
      }
    }
    if (of !== undefined)
      found.push({ name: printNamePath(b.name), span, row, isRight, of, call: callOf(shot.trace, b.scope) });
  }
  // Of a name that one call gives several values the last is meant; `dW` may be built up in steps.
  return found.filter((i, k) => !found.some((later, m) => m > k && later.name === i.name && later.call === i.call));
}

/** Leads from an array to what it is after all that is written into it. */
function writesIn(tape: Tape, from: Ref): (row: Ref) => Ref {
  const next = new Map<Ref, Ref>();
  for (let row = from; row < tape.length; row++) {
    if (tape.opName(row) === 'set_index') next.set(tape.operands(row)[0] as Ref, row);
  }
  return (row) => {
    let last = row;
    for (let r = next.get(row); r !== undefined; r = next.get(r)) last = r;
    return last;
  };
}

/** The call that a scope belongs to: turns of loops and layers in it are part of it. */
function callOf({ scopes }: Trace, scope: number): number {
  let s = scope;
  while (s > 0 && scopes[s]?.kind !== 'call') s = scopes[s]?.parent ?? 0;
  return s;
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
