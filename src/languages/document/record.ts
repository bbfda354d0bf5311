/** Records the trace of a formula: definitions are followed, names get values, equal parts are one step. */
import { Recorder } from '../../autodiff/recorder';
import type { Ref } from '../../autodiff/tape';
import type { Guard } from '../../autodiff/trace';
import { type Site, unknown, type Unknown } from '../../model';
import { type ApplyExpr, evaluate, type Expr, isPredicate, isScalarOp, substitute, symbols } from '../../symbolic';
import type { Budget, Choice, Outcome, Reading, RecordRequest } from '../frontEnd';
import { CONVENTIONS } from '../latex/conventions';
import { LoweringError } from '../latex/lower';
import { nameOf, nameToTex } from '../latex/names';
import type { Definition } from './definitions';
import { definitionSpan, type Model, type View } from './model';
import { isFiniteAt, samplePoint } from './sample';
import { Sites } from './sites';
import { spanIn, type Statement } from './statements';
import type { DocumentTraceable } from './traceables';
import { type Given, givenValues } from './values';

/** Never throws for what a document says: what cannot be evaluated is an Unknown. */
export function recordFormula(
  model: Model,
  traceable: DocumentTraceable,
  request: RecordRequest,
  budget: Budget,
): Outcome {
  const { statement } = traceable.definition;
  try {
    return new Recording(model, traceable, request, budget).run();
  } catch (error) {
    if (error instanceof LoweringError) return unknownOf(error, statement);
    throw error;
  }
}

/** An error of the lowering, with its span in the document. */
export function unknownOf(error: LoweringError, statement: Statement): Unknown {
  const place = error.place && 'placed' in error.place ? (error.place as Statement) : statement;
  return unknown(error.code, error.message, spanIn(place, error.span));
}

class Recording {
  private readonly view: View;
  private readonly statement: Statement;
  private readonly sites: Sites;
  private readonly recorder: Recorder;
  private readonly given: Map<string, Given>;
  private readonly refs = new Map<Expr, Ref>();
  private readonly names = new Map<string, Ref>();
  private samples: ReadonlyMap<string, number> = new Map();
  /** Of the function that is traced: they take values, not the definitions that their names have elsewhere. */
  private readonly parameters = new Set<string>();
  private operations = 0;

  constructor(
    private readonly model: Model,
    private readonly traceable: DocumentTraceable,
    private readonly request: RecordRequest,
    private readonly budget: Budget,
  ) {
    this.statement = traceable.definition.statement;
    this.view = model.at(this.statement);
    this.sites = new Sites(this.statement);
    this.recorder = new Recorder({
      dialect: 'math',
      share: true,
      spans: (site) => this.sites.spans(site),
    });
    this.given = givenValues(model.analysis, traceable.span.from, request.set);
  }

  run(): Outcome {
    const { definition, choice } = this.output();
    const expr = this.bodyOf(definition);
    const leaves = this.expanded(expr);
    const free = [...symbols(leaves)].filter((n) => !this.given.has(n) && !this.view.constant(n));
    this.samples = samplePoint(free, (sample) => isFiniteAt(leaves, (n) => sample.get(n) ?? this.valueOf(n)));
    this.cutAtVariables();
    const output = this.record(expr, this.sites.of(this.statement, this.statement.node));
    const outputName = [nameToTex(definition.name)];
    this.recorder.bind(outputName, output, this.sites.of(definition.statement, definition.nameNode));
    const trace = this.recorder.finish(output, outputName);
    if (trace.inputs.length === 0)
      return unknown(
        'constant',
        `${nameToTex(definition.name)} is a number: nothing to differentiate by`,
        this.traceable.span,
      );
    return {
      kind: 'recorded',
      trace,
      complete: true,
      choice,
      formula: this.source(),
      readings: this.readings(),
    };
  }

  /** The definition that is the output, and why. */
  private output(): { readonly definition: Definition; readonly choice: Choice } {
    const { definition } = this.traceable;
    const { of } = this.request;
    const wanted = of === undefined ? undefined : nameOf(of);
    if (of === undefined || wanted === definition.name) {
      const text = `${nameToTex(definition.name)} is what the formula defines`;
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

  private bodyOf(definition: Definition): Expr {
    if (definition.kind === 'function') for (const p of definition.parameters) this.parameters.add(p.name);
    if (definition.kind === 'value') return this.view.body(definition).expr;
    const body = this.view.function(definition.name)?.body ?? definition.bodies[0];
    return this.view.lower(body as never, definition.statement).expr;
  }

  /** A given value stands in for any definition. */
  private definitionOf(name: string): Expr | undefined {
    return this.given.has(name) || this.parameters.has(name) ? undefined : this.view.definition(name);
  }

  private expanded(expr: Expr): Expr {
    let current = expr;
    for (let i = 0; i < 64; i++) {
      const next = substitute(current, (name) => this.definitionOf(name));
      if (next === current) return current;
      current = next;
    }
    throw new LoweringError('circular', 'the definitions refer to each other in a circle', this.statement.node);
  }

  private valueOf(name: string): number | undefined {
    return this.given.get(name)?.value ?? this.view.constant(name)?.value ?? this.samples.get(name);
  }

  /** A derivative by a name that is defined needs that name as an input: it keeps the value of its definition. */
  private cutAtVariables(): void {
    for (const text of this.request.wrt ?? []) {
      const name = nameOf(text);
      const definition = name === undefined ? undefined : this.definitionOf(name);
      if (name === undefined || definition === undefined) continue;
      const value = evaluate(this.expanded(definition), (n) => this.valueOf(n));
      const found = this.view.value(name);
      const span = found ? { span: definitionSpan(found.definition) } : {};
      this.given.set(name, {
        value,
        origin: { kind: 'document', ...span, why: 'the value of its definition' },
      });
    }
  }

  private siteOf(expr: Expr, outer: Site): Site {
    const origin = this.model.origins.get(expr);
    return origin && 'placed' in origin.place ? this.sites.of(origin.place as Statement, origin.node) : outer;
  }

  private record(expr: Expr, outer: Site): Ref {
    const known = this.refs.get(expr);
    if (known !== undefined) return known;
    const site = this.siteOf(expr, outer);
    if (++this.operations > this.budget.operations)
      throw new LoweringError('budget', 'the formula has more operations than the budget allows', this.statement.node);
    const ref = this.recordNew(expr, site);
    this.refs.set(expr, ref);
    return ref;
  }

  private recordNew(expr: Expr, site: Site): Ref {
    switch (expr.kind) {
      case 'number':
        return this.recorder.constant(expr.value, site);
      case 'symbol': {
        const ref = this.name(expr.name, site);
        this.recorder.see(site, ref);
        return ref;
      }
      case 'apply':
        return this.operation(expr, site);
    }
  }

  private operation(expr: ApplyExpr, site: Site): Ref {
    const { op, args } = expr;
    if (op === 'where') {
      const [condition, a, b] = args as [Expr, Expr, Expr];
      const ref = this.record(this.holds(condition, site) ? a : b, site);
      this.recorder.see(site, ref);
      return ref;
    }
    if (isPredicate(op)) return this.recorder.constant(this.holds(expr, site) ? 1 : 0, site);
    if (args.length === 0)
      return this.recorder.constant(
        evaluate(expr, () => undefined),
        site,
      );
    if (!isScalarOp(op)) throw new LoweringError('unsupported-operator', `${op} has no rule`, this.statement.node);
    const [x, y] = args.map((a) => this.record(a, site));
    return this.recorder.scalar(op, site, x as Ref, y);
  }

  /** Decides a condition at the point; every comparison of traced values becomes a guard. */
  private holds(condition: Expr, site: Site): boolean {
    if (condition.kind === 'number') return condition.value !== 0;
    if (condition.kind === 'apply') {
      const [a, b] = condition.args as [Expr, Expr];
      switch (condition.op) {
        case 'and':
          return this.holds(a, site) && this.holds(b, site);
        case 'or':
          return this.holds(a, site) || this.holds(b, site);
        case 'not':
          return !this.holds(a, site);
        case 'lt':
        case 'le':
        case 'gt':
        case 'ge':
        case 'eq':
        case 'ne':
          return this.compare(condition.op, this.record(a, site), this.record(b, site), this.siteOf(condition, site));
      }
    }
    throw new LoweringError('unsupported-condition', 'this condition is not evaluated', this.statement.node);
  }

  private compare(test: 'lt' | 'le' | 'gt' | 'ge' | 'eq' | 'ne', x: Ref, y: Ref, site: Site): boolean {
    const [a, b] = [this.recorder.value(x), this.recorder.value(y)];
    const outcome =
      test === 'lt'
        ? a < b
        : test === 'le'
          ? a <= b
          : test === 'gt'
            ? a > b
            : test === 'ge'
              ? a >= b
              : test === 'eq'
                ? a === b
                : a !== b;
    if (this.recorder.isActive(x) || this.recorder.isActive(y)) {
      const guard: Guard = { site, test, x, y, outcome: outcome ? 1 : 0 };
      this.recorder.guard(guard);
      if (a === b) this.recorder.note({ row: x, code: 'kink', text: 'two branches meet at this point' });
    }
    return outcome;
  }

  private name(name: string, site: Site): Ref {
    const known = this.names.get(name);
    if (known !== undefined) return known;
    const ref = this.newName(name, site);
    this.names.set(name, ref);
    return ref;
  }

  private newName(name: string, site: Site): Ref {
    const path = [nameToTex(name)];
    const given = this.given.get(name);
    if (given) return this.recorder.input(path, given.value, given.origin, site);
    const constant = this.view.constant(name);
    if (constant) {
      const { definition, value, ahead } = constant;
      const at = this.sites.of(definition.statement, definition.nameNode);
      const why = ahead ? { why: 'from the document, further down' } : {};
      return this.recorder.input(path, value, { kind: 'document', span: definitionSpan(definition), ...why }, at);
    }
    const body = this.definitionOf(name);
    if (body) {
      const { definition } = this.view.value(name) as { definition: Definition };
      const at = this.sites.of(definition.statement, definition.nameNode);
      const ref = this.record(body, at);
      this.recorder.bind(path, ref, at);
      return ref;
    }
    return this.recorder.input(path, this.samples.get(name) as number, { kind: 'assumed' }, site);
  }

  private source(): string {
    const { from, to } = this.traceable.span;
    return this.model.analysis.document.text.slice(from, to).trim();
  }

  private readings(): Reading[] {
    const { node, placed } = this.statement;
    const own = placed.formula.readings.filter((r) => node.from <= r.node.from && r.node.to <= node.to);
    const seen = new Set<string>();
    const readings = own.map((r) => ({
      span: spanIn(this.statement, r.node),
      text: CONVENTIONS[r.convention],
    }));
    const ahead = [...this.view.lookedAhead].map((d) => ({
      span: definitionSpan(d),
      text: `${nameToTex(d.name)} is used before it is defined: the definition further down is taken`,
    }));
    return [...readings, ...ahead].filter(({ text }) => !seen.has(text) && seen.add(text));
  }
}
