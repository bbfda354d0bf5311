/** `wengert: of L wrt w_1, w_2`: by which names a formula is differentiated. */
import type { Outcome, RecordRequest } from '../frontEnd';
import { nameOf, nameToTex, nameToText } from '../latex/names';
import type { DocumentAnalysis } from './analysis';
import type { Definition } from './definitions';
import { spanIn } from './statements';

/** The names that a directive asks for, as paths; undefined where none speaks of the definition. */
export function directedInputs(analysis: DocumentAnalysis, definition: Definition): readonly string[] | undefined {
  const at = spanIn(definition.statement, definition.nameNode).from;
  const directives = analysis.directives.filter((d) => d.kind === 'of' && nameOf(d.output) === definition.name);
  const directive = directives.filter((d) => d.from < at).at(-1) ?? directives[0];
  if (directive?.kind !== 'of' || directive.wrt.length === 0) return undefined;
  return directive.wrt.flatMap((text) => {
    const name = nameOf(text);
    return name === undefined ? [] : [nameToTex(name)];
  });
}

/** What is recorded where the reader asks for no names: what the directive says, if one does. */
export function withDirective(
  analysis: DocumentAnalysis,
  definition: Definition,
  request: RecordRequest,
  record: (request: RecordRequest) => Outcome,
): Outcome {
  const wrt = request.wrt || request.of !== undefined ? undefined : directedInputs(analysis, definition);
  if (!wrt) return record(request);
  const outcome = record({ ...request, wrt });
  if (outcome.kind !== 'recorded') return outcome;
  const text = `${nameToText(definition.name)} is named by the directive`;
  return { ...outcome, wrt, choice: { rule: 'directive', text } };
}
