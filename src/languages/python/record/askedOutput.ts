/** The output of a function that a reader or a directive names: a variable of its body, or a part of what it returns. */
import type { Recorder } from '../../../autodiff/recorder';
import { parseNamePath, sameNamePath } from '../../../format/namePath';
import { type NamePath, type Span, unknown, type Unknown } from '../../../model';
import type { Runtime } from '../runtime';
import type { PyValue } from '../values/object';
import { numberNamed, type Output } from './output';

/**
 * @param body where the names of the function are written
 * @param returned how the result is called
 * @returns the value that the name had last; Unknown where nothing traced has that name
 */
export function askedOutput(
  rt: Runtime,
  recorder: Recorder,
  text: string,
  body: Span,
  returned: { readonly name: string; readonly value: PyValue },
): Output | Unknown {
  const path = parseNamePath(text);
  const found = path && (boundLast(rt, recorder, path, body) ?? numberNamed(rt, returned.value, [returned.name], path));
  return found ?? unknown('no-output', `there is no number \`${text}\` that is traced in \`${returned.name}\``, body);
}

function boundLast(rt: Runtime, recorder: Recorder, path: NamePath, body: Span): Output | undefined {
  const own = recorder.bindings.filter(({ name, site }) => {
    const span = rt.span(site);
    return sameNamePath(name, path) && body.from <= span.from && span.to <= body.to;
  });
  const last = own[own.length - 1];
  return last && { row: last.row, name: path };
}
