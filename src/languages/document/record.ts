/** Records the trace of a formula, of numbers or of arrays. */
import type { Budget, Outcome, RecordRequest } from '../frontEnd';
import { LoweringError } from '../latex/lower';
import { ArrayRecording } from './arrays/recording';
import type { CodeValue } from './code/values';
import { withDirective } from './directed';
import type { Model } from './model';
import { unknownOf } from './recording';
import { ScalarRecording } from './scalarRecording';
import type { DocumentTraceable } from './traceables';
import { UpdateRecording } from './updates';

/** Never throws for what a document says: what cannot be evaluated is an Unknown. */
export function recordFormula(
  model: Model,
  traceable: DocumentTraceable,
  request: RecordRequest,
  budget: Budget,
  code?: ReadonlyMap<string, CodeValue>,
): Outcome {
  return withDirective(model.analysis, traceable.definition, request, (wanted) =>
    recordAs(model, traceable, wanted, budget, code),
  );
}

function recordAs(
  model: Model,
  traceable: DocumentTraceable,
  request: RecordRequest,
  budget: Budget,
  code?: ReadonlyMap<string, CodeValue>,
): Outcome {
  const { statement } = traceable.definition;
  if (traceable.update) {
    try {
      return new UpdateRecording(model, traceable, request, budget, code).run();
    } catch (error) {
      // Without values the formula still has its form.
      if (!(error instanceof LoweringError)) throw error;
    }
  }
  try {
    return new ScalarRecording(model, traceable, request, budget, code).run();
  } catch (error) {
    if (!(error instanceof LoweringError)) throw error;
    const arrays = new ArrayRecording(model, traceable, request, budget, code);
    try {
      return arrays.run();
    } catch (second) {
      if (!(second instanceof LoweringError)) throw second;
      // Where nothing is a vector or matrix, what keeps it from being a number says more.
      return unknownOf(arrays.hasArrays ? second : error, statement);
    }
  }
}
