/** Records a formula of numbers: definitions are followed, names get values, equal parts are one step. */
import type { Ref } from '../../autodiff/tape';
import type { Site } from '../../model';
import { type ApplyExpr, evaluate, type Expr, isPredicate, isScalarOp, substitute, symbols } from '../../symbolic';
import type { Outcome } from '../frontEnd';
import { LoweringError } from '../latex/lower';
import { isIntegral } from '../latex/integrals';
import { nameToText } from '../latex/names';
import { declaredShape } from './arrays/declared';
import { arrayNames, subscriptsOf } from './arrays/subscripts';
import { compareRows, isComparison } from './comparison';
import type { Definition } from './definitions';
import { originOf } from './model';
import { FormulaRecording, pathOf } from './recording';
import { isFiniteAt, samplePoint } from './sample';
import type { Statement } from './statements';

export class ScalarRecording extends FormulaRecording {
  private readonly refs = new Map<Expr, Ref>();
  private readonly names = new Map<string, Ref>();
  private samples: ReadonlyMap<string, number> = new Map();
  private operations = 0;

  run(): Outcome {
    const { definition, choice } = this.output();
    const expr = this.bodyOf(definition);
    const leaves = this.expanded(expr);
    for (const name of symbols(leaves)) {
      if (isIntegral(name))
        throw new LoweringError('unsupported-integral', 'integrals are not traced', this.statement.node);
      this.requireNumber(name);
    }
    const free = [...symbols(leaves)].filter((n) => !this.given.has(n) && !this.view.constant(n));
    this.samples = samplePoint(free, (sample) => isFiniteAt(leaves, (n) => sample.get(n) ?? this.numberOf(n)));
    this.cutAtVariables();
    const output = this.record(expr, this.sites.of(this.statement, this.statement.node));
    const outputName = pathOf(definition.name);
    this.recorder.bind(outputName, output, this.sites.of(definition.statement, definition.nameNode));
    const trace = this.recorder.finish(output, outputName);
    if (trace.inputs.length === 0) return this.constant(definition);
    return {
      kind: 'recorded',
      trace,
      complete: true,
      choice,
      formula: this.source(),
      readings: this.readings(),
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

  private requireNumber(name: string): void {
    const given = this.given.get(name)?.value;
    const isArray =
      given === undefined
        ? declaredShape(this.model, name, this.statement) !== undefined ||
          (!this.view.isValue(name) && this.isElement(name))
        : typeof given !== 'number';
    if (isArray)
      throw new LoweringError('unsupported-vector', `${nameToText(name)} is no single number`, this.statement.node);
  }

  /** x_2 or x_i, where the document says that x is no number. */
  private isElement(name: string): boolean {
    return subscriptsOf(name).some(({ base, indices }) =>
      arrayNames(base, indices.length).some((array) => {
        if (declaredShape(this.model, array, this.statement)) return true;
        const given = this.given.get(array);
        if (given) return typeof given.value !== 'number';
        const found = this.view.value(array);
        if (!found) return false;
        try {
          this.view.body(found.definition);
          return false;
        } catch (error) {
          if (!(error instanceof LoweringError)) throw error;
          return error.code.startsWith('unsupported-') || error.code === 'open-sum';
        }
      }),
    );
  }

  private numberOf(name: string): number | undefined {
    const given = this.given.get(name)?.value;
    if (given !== undefined) return typeof given === 'number' ? given : undefined;
    return this.view.constant(name)?.value ?? this.samples.get(name);
  }

  /** A derivative by a name that is defined needs that name as an input: it keeps the value of its definition. */
  private cutAtVariables(): void {
    for (const name of this.cuts) {
      const definition = this.definitionOf(name);
      if (definition)
        this.cut(
          name,
          evaluate(this.expanded(definition), (n) => this.numberOf(n)),
        );
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
      }
      if (isComparison(condition.op)) {
        const [x, y] = [this.record(a, site), this.record(b, site)];
        return compareRows(this.recorder, condition.op, x, y, this.siteOf(condition, site));
      }
    }
    throw new LoweringError('unsupported-condition', 'this condition is not evaluated', this.statement.node);
  }

  private name(name: string, site: Site): Ref {
    const known = this.names.get(name);
    if (known !== undefined) return known;
    const ref = this.newName(name, site);
    this.names.set(name, ref);
    return ref;
  }

  private newName(name: string, site: Site): Ref {
    this.requireNumber(name);
    const path = pathOf(name);
    const given = this.given.get(name);
    if (given) return this.recorder.input(path, given.value, given.origin, site);
    const constant = this.view.constant(name);
    if (constant) {
      const { definition, value, ahead } = constant;
      const at = this.sites.of(definition.statement, definition.nameNode);
      return this.recorder.input(path, value, originOf(definition, ahead), at);
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
}
