/** What the recordings of numbers and of arrays have in common: the output, the point, places, readings. */
import { Recorder } from '../../autodiff/recorder';
import { type NamePath, unknown, type Unknown } from '../../model';
import type { Budget, Choice, Reading, RecordRequest } from '../frontEnd';
import { CONVENTIONS } from '../latex/conventions';
import { LoweringError } from '../latex/lower';
import { nameOf, nameToTex, nameToText } from '../latex/names';
import { textOf } from './analysis';
import type { CodeValue } from './code/values';
import type { Definition } from './definitions';
import { definitionSpan, type Model, type View } from './model';
import { Sites } from './sites';
import { spanIn, type Statement } from './statements';
import type { DocumentTraceable } from './traceables';
import { type Given, givenValues } from './values';

/** An error of the lowering, with its span in the document. */
export function unknownOf(error: LoweringError, statement: Statement): Unknown {
  const place = error.place && 'placed' in error.place ? (error.place as Statement) : statement;
  return unknown(error.code, error.message, spanIn(place, error.span));
}

/** A name as the path by which the reader knows it. */
export function pathOf(name: string): NamePath {
  return [nameToTex(name)];
}

export abstract class FormulaRecording {
  protected readonly view: View;
  protected readonly statement: Statement;
  protected readonly sites: Sites;
  protected readonly recorder: Recorder;
  protected readonly given: Map<string, Given>;
  /** Of the function that is traced: they take values, not the definitions that their names have elsewhere. */
  protected readonly parameters = new Set<string>();

  constructor(
    protected readonly model: Model,
    protected readonly traceable: DocumentTraceable,
    protected readonly request: RecordRequest,
    protected readonly budget: Budget,
    code: ReadonlyMap<string, CodeValue> = new Map(),
  ) {
    this.statement = traceable.definition.statement;
    this.view = model.at(this.statement);
    this.sites = new Sites(this.statement);
    this.recorder = this.newRecorder();
    this.given = givenValues(model.analysis, traceable.span.from, request.set);
    this.addCode(code);
  }

  /** Code gives values to names that the formulas leave open. */
  private addCode(code: ReadonlyMap<string, CodeValue>): void {
    const { table } = this.model.analysis;
    for (const [name, { value, span, line }] of code) {
      if (this.given.has(name) || table.value(name, this.statement) || table.function(name, this.statement)) continue;
      this.given.set(name, { value, origin: { kind: 'document', span, why: `from the code in ${line}` } });
    }
  }

  protected newRecorder(): Recorder {
    return new Recorder({ dialect: 'math', share: true, spans: (site) => this.sites.spans(site) });
  }

  /** The definition that is the output, and why. @throws LoweringError */
  protected output(): { readonly definition: Definition; readonly choice: Choice } {
    const { definition } = this.traceable;
    const { of } = this.request;
    const wanted = of === undefined ? undefined : nameOf(of);
    if (of === undefined || wanted === definition.name) {
      const text = `${nameToText(definition.name)} is what the formula defines`;
      return { definition, choice: { rule: of === undefined ? 'formula' : 'pinned', text } };
    }
    const found =
      wanted === undefined
        ? undefined
        : (this.view.value(wanted) ?? this.model.analysis.table.function(wanted, this.statement));
    if (!found) throw new LoweringError('undefined-name', `${of} is not defined`, this.statement.node);
    return {
      definition: found.definition,
      choice: { rule: 'pinned', text: `${of} was asked for` },
    };
  }

  /** The names that were asked for as inputs, although a definition gives them. */
  protected get cuts(): string[] {
    return (this.request.wrt ?? []).flatMap((text) => {
      const name = nameOf(text);
      return name !== undefined && !this.given.has(name) && this.view.value(name) ? [name] : [];
    });
  }

  /** Makes a name an input that keeps the value of its definition. */
  protected cut(name: string, value: Given['value']): void {
    const found = this.view.value(name);
    const span = found ? { span: definitionSpan(found.definition) } : {};
    this.given.set(name, { value, origin: { kind: 'document', ...span, why: 'the value of its definition' } });
  }

  protected source(): string {
    return textOf(this.model.analysis, this.traceable.span).trim();
  }

  protected readings(further: readonly Reading[] = []): Reading[] {
    const { node, placed } = this.statement;
    const own = placed.formula.readings.filter((r) => node.from <= r.node.from && r.node.to <= node.to);
    const seen = new Set<string>();
    const readings = own.map((r) => ({
      span: spanIn(this.statement, r.node),
      text: CONVENTIONS[r.convention],
    }));
    const ahead = [...this.view.lookedAhead].map((d) => ({
      span: definitionSpan(d),
      text: `${nameToText(d.name)} is used before it is defined: the definition further down is taken`,
    }));
    return [...readings, ...further, ...ahead].filter(({ text }) => !seen.has(text) && seen.add(text));
  }

  protected constant(output: Definition): Unknown {
    return unknown(
      'constant',
      `${nameToText(output.name)} is a number: nothing to differentiate by`,
      this.traceable.span,
    );
  }
}
