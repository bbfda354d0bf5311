/** Reading a document with formulas in tests. */
import { adjoints, connectedInputs } from '../../../src/autodiff/sweeps';
import type { Trace } from '../../../src/autodiff/trace';
import { documentFrontEnd } from '../../../src/languages/document/frontEnd';
import {
  type Claim,
  DEFAULT_BUDGET,
  type Occurrence,
  type Outcome,
  type Recorded,
  type RecordRequest,
  type Workspace,
} from '../../../src/languages/frontEnd';

const WORKSPACE: Workspace = { text: () => null, bytes: () => null, roots: [] };

export class Notes {
  private readonly analysis;

  constructor(
    readonly text: string,
    languageId = 'markdown',
  ) {
    this.analysis = documentFrontEnd.analyse({ uri: 'file:///notes', languageId, version: 1, text });
  }

  get ids(): string[] {
    return this.traceables.map((t) => t.id);
  }

  private get traceables() {
    return (documentFrontEnd.findAll ?? documentFrontEnd.find)(this.analysis);
  }

  outcome(id: string, request: RecordRequest = {}): Outcome {
    const traceable = this.traceables.find((t) => t.id === id);
    if (!traceable) throw new Error(`${id} is not among ${this.ids.join(' ')}`);
    return documentFrontEnd.record(this.analysis, traceable, request, DEFAULT_BUDGET, WORKSPACE);
  }

  recorded(id: string, request: RecordRequest = {}): Recorded {
    const outcome = this.outcome(id, request);
    if (outcome.kind !== 'recorded') throw new Error(JSON.stringify(outcome));
    return outcome;
  }

  reason(id: string, request: RecordRequest = {}): string {
    const outcome = this.outcome(id, request);
    return outcome.kind === 'unknown' ? outcome.code : outcome.kind;
  }

  /** Value of the output, and value, origin and derivative of each input. */
  evaluate(id: string, request: RecordRequest = {}) {
    const { trace } = this.recorded(id, request);
    const { tape, inputs, output } = trace;
    const connected = connectedInputs(trace);
    const adjoint = adjoints(tape, new Map([[output, 1]])).scalars;
    return {
      value: tape.value[output] as number,
      inputs: Object.fromEntries(inputs.map((i) => [String(i.name[0]), tape.value[i.row] as number])),
      origins: Object.fromEntries(inputs.map((i) => [String(i.name[0]), i.origin.kind])),
      gradient: Object.fromEntries(
        inputs.map((i) => [String(i.name[0]), connected.has(i.row) ? (adjoint[i.row] as number) : null]),
      ),
    };
  }

  /** The elementary steps: operation, value and where they are written. */
  steps(id: string): (readonly [string, number, readonly string[]])[] {
    const { trace } = this.recorded(id);
    const { tape } = trace;
    const rows = Array.from({ length: tape.length }, (_, i) => i).filter(
      (i) => tape.opName(i) !== 'constant' && tape.opName(i) !== 'input',
    );
    return rows.map((row) => [tape.opName(row), tape.value[row] as number, this.written(trace, row)]);
  }

  private written(trace: Trace, row: number): string[] {
    return trace.spans(trace.tape.site(row)).map(({ from, to }) => this.text.slice(from, to));
  }

  at(before: string): readonly Occurrence[] {
    return documentFrontEnd.at(this.analysis, this.text.indexOf(before) + before.length);
  }

  get claims(): readonly Claim[] {
    return documentFrontEnd.claims(this.analysis, DEFAULT_BUDGET, WORKSPACE);
  }

  /** Verdicts in order of the text. */
  get verdicts(): string[] {
    return this.claims.map((c) => c.verdict);
  }

  get failures(): { wrong: string; expected: string | undefined }[] {
    return this.claims
      .filter((c) => c.verdict === 'fail')
      .map((c) => ({ wrong: this.text.slice(c.span.from, c.span.to), expected: c.expected }));
  }

  get faults() {
    return documentFrontEnd.faults(this.analysis);
  }
}
