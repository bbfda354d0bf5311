/** What names mean at a place of a document: definitions as expressions, and numbers. */
import type { Origin } from '../../model';
import { type Expr, substitute, symbols } from '../../symbolic';
import {
  type FunctionDefinition as Lowerable,
  lower,
  type Lowered,
  LoweringError,
  type LowerOptions,
  type Names,
  type Origins,
} from '../latex/lower';
import { closedValue } from '../latex/integrals';
import { nameToText } from '../latex/names';
import { bare, type Node, walk } from '../latex/tree';
import { isDerivativeName } from '../latex/unknownDerivatives';
import type { DocumentAnalysis } from './analysis';
import { declaredDomains } from './domains';
import type { Definition, Found, FunctionDefinition, ValueDefinition } from './definitions';
import { restatesResult } from './restatement';
import { type GivenDerivative, GivenDerivatives } from './givenDerivatives';
import { spanIn, type Statement } from './statements';
import { type End, withShare } from './work';

/** A name whose definition is a number. */
export interface Constant {
  readonly value: number;
  readonly definition: ValueDefinition;
  readonly ahead: boolean;
}

/** All views of one document. */
export class Model {
  readonly origins: Origins = new WeakMap();
  private readonly views = new Map<string, View>();

  private given: GivenDerivatives | undefined;

  constructor(readonly analysis: DocumentAnalysis) {}

  /** Why no more claims are decided, once that is so. */
  ended = (): End | undefined => undefined;

  /** Does something with a share of work of its own. */
  within<T>(operations: number, milliseconds: number, run: () => T): T {
    const outer = this.ended;
    try {
      return withShare(operations, milliseconds, (ended) => {
        this.ended = ended;
        return run();
      });
    } finally {
      this.ended = outer;
    }
  }

  get givenDerivatives(): GivenDerivatives {
    return (this.given ??= new GivenDerivatives(this.analysis));
  }

  /** The document as seen from a statement. */
  at(statement: Statement, options: LowerOptions = {}): View {
    const key = `${statement.index} ${options.derivatives ?? 'total'} ${options.unknownDerivatives ?? ''} ${options.otherwise ?? ''} ${options.logarithms ?? ''}`;
    let view = this.views.get(key);
    if (!view) this.views.set(key, (view = new View(this, statement, options)));
    return view;
  }

  /** All numbers that a name was said to be, up to a statement: as calculated, and as printed. */
  earlierNumbers(name: string, statement: Statement): number[] {
    const numbers: number[] = [];
    for (const definition of this.analysis.table.valuesBefore(name, statement)) {
      const view = this.at(definition.statement);
      const value = view.constant(name)?.value;
      if (value !== undefined) numbers.push(value);
      for (const body of definition.bodies) {
        const printed = view.numberIn(body, definition.statement);
        if (printed !== undefined) numbers.push(printed);
      }
    }
    return numbers;
  }

  private readonly restatements = new Map<ValueDefinition, boolean>();

  /** A result that is stated again, ŷ = 0.25 where a formula above gives 0.25, is no new definition of ŷ. */
  readonly restates = (definition: ValueDefinition): boolean => {
    let known = this.restatements.get(definition);
    if (known === undefined) {
      this.restatements.set(definition, false);
      this.restatements.set(definition, (known = restatesResult(this, definition)));
    }
    return known;
  };

  private readonly primed = new Map<number, ReadonlySet<string>>();

  /** Names that have a prime in a section. */
  primedNames(section: number): ReadonlySet<string> {
    let names = this.primed.get(section);
    if (!names) {
      const found = new Set<string>();
      for (const statement of this.analysis.statements)
        if (statement.section === section)
          walk(statement.node, (n) => {
            if (n.kind === 'prime' && n.operand.kind === 'symbol') found.add(n.operand.name);
          });
      this.primed.set(section, (names = found));
    }
    return names;
  }

  private declared: ReadonlyMap<string, readonly number[]> | undefined;

  /** The values that the document allows a name: t \in \{-1, 1\}. */
  readonly domains = (name: string): readonly number[] | undefined =>
    (this.declared ??= declaredDomains(this.analysis)).get(name);
}

type Body = Lowered | LoweringError;

export class View implements Names {
  private readonly bodies = new Map<Definition, Body | 'open'>();
  private readonly constants = new Map<string, Constant | undefined>();
  /** A definition further down was taken for more than a number. */
  lookedAheadForBodies = false;
  /** Names that were looked up further down than the place. */
  readonly lookedAhead = new Set<ValueDefinition | FunctionDefinition>();

  constructor(
    readonly document: Model,
    readonly statement: Statement,
    readonly options: LowerOptions,
  ) {}

  /** Lowers a node of a statement. @throws LoweringError with a span of the document */
  lower(node: Node, statement: Statement): Lowered {
    const { fault } = statement;
    if (fault) throw new LoweringError('syntax', fault.message, fault, statement);
    return lower(node, this, statement, this.document.origins, this.options);
  }

  value(name: string): Found<ValueDefinition> | undefined {
    const { table } = this.document.analysis;
    const above = table.value(name, this.statement, (d) => !this.document.restates(d));
    // Where derivatives may be unknown, what stands further down does not make them known.
    const own = this.options.unknownDerivatives && above?.ahead ? undefined : above;
    // f(x) = … above, f = 0 further down: that is one of its values.
    const isValue = own && !(own.ahead && table.function(name, this.statement)?.ahead === false);
    const found = isValue ? own : table.function(name, this.statement) ? undefined : this.withIndex(name);
    if (found?.ahead) this.lookedAhead.add(found.definition);
    return found;
  }

  /**
   * L for L_i, where only L_i = … is said above and nothing in its formula has the index: leaving it out is common. Only
   * claims are read so freely.
   */
  private withIndex(name: string): Found<ValueDefinition> | undefined {
    if (!this.options.unknownDerivatives || name.includes('_')) return undefined;
    const { table } = this.document.analysis;
    const [definition, ...others] = table.namesWith(`${name}_`, this.statement).flatMap((n) => {
      const index = /^_([a-z])$/.exec(n.slice(name.length))?.[1];
      const last = table.valuesBefore(n, this.statement).at(-1);
      return index !== undefined && last && !last.bodies.some((b) => hasIndex(b, index)) ? [last] : [];
    });
    if (!definition || others.length > 0) return undefined;
    this.droppedIndices.add(name);
    return { definition, ahead: false };
  }

  /** Names that were taken for the same name with an index. */
  readonly droppedIndices = new Set<string>();

  isValue(name: string): boolean {
    const { table } = this.document.analysis;
    const found = table.value(name, this.statement);
    return found !== undefined && !(found.ahead && table.function(name, this.statement)?.ahead === false);
  }

  isOverloaded(name: string): boolean {
    const lists = this.document.analysis.table
      .functionsOf(name)
      .filter((f) => f.statement.section === this.statement.section)
      .map((f) => f.parameters.map((p) => p.name).join());
    return new Set(lists).size > 1;
  }

  isPrimed(name: string): boolean {
    return this.document.primedNames(this.statement.section).has(name);
  }

  /** Whether the name is defined by more than a number. */
  isFormula(name: string): boolean {
    return this.isValue(name) && this.constant(name) === undefined;
  }

  function(name: string): Lowerable | undefined {
    const found = this.document.analysis.table.function(name, this.statement);
    if (!found) return undefined;
    if (found.ahead) this.lookedAhead.add(found.definition);
    const { definition } = found;
    const body = definition.bodies.find((b) => this.isReadable(b, definition)) ?? (definition.bodies[0] as Node);
    return {
      parameters: definition.parameters.map((p) => p.name),
      body,
      place: definition.statement,
    };
  }

  private readonly readable = new Map<Node, boolean>();

  /** Whether a body can be lowered; a body that is being tried refers to itself and can not. */
  private isReadable(body: Node, definition: Definition): boolean {
    const known = this.readable.get(body);
    if (known !== undefined) return known;
    this.readable.set(body, false);
    let result = true;
    try {
      this.lower(body, definition.statement);
    } catch (error) {
      if (!(error instanceof LoweringError)) throw error;
      result = false;
    }
    this.readable.set(body, result);
    return result;
  }

  /** The expression that a definition gives. @throws LoweringError */
  body(definition: ValueDefinition): Lowered {
    const known = this.bodies.get(definition);
    if (known === 'open')
      throw new LoweringError('circular', `${nameToText(definition.name)} is defined by itself`, definition.nameNode);
    if (known instanceof LoweringError) throw known;
    if (known) return known;
    this.bodies.set(definition, 'open');
    let failure: LoweringError | undefined;
    for (const node of definition.bodies) {
      try {
        const lowered = this.lower(node, definition.statement);
        // A derivative that is zero for want of a definition is no value.
        if (lowered.disconnected)
          throw new LoweringError(
            'not-connected',
            'no definition leads to the variable of the derivative',
            node,
            definition.statement,
          );
        this.bodies.set(definition, lowered);
        return lowered;
      } catch (error) {
        if (!(error instanceof LoweringError)) throw error;
        failure ??= error;
      }
    }
    const error = failure ?? new LoweringError('no-value', 'the definition says nothing', definition.nameNode);
    this.bodies.set(definition, error);
    throw error;
  }

  /** The number that a name is defined to be, if its definition holds no names. */
  constant(name: string): Constant | undefined {
    if (this.constants.has(name)) return this.constants.get(name);
    this.constants.set(name, undefined);
    const found = this.value(name);
    if (!found) return undefined;
    let result: Constant | undefined;
    try {
      const { expr } = this.body(found.definition);
      const value = closedValue(expr);
      if (value !== undefined) result = { value, definition: found.definition, ahead: found.ahead };
    } catch (error) {
      if (!(error instanceof LoweringError)) throw error;
    }
    this.constants.set(name, result);
    return result;
  }

  number(name: string): number | undefined {
    return this.constant(name)?.value;
  }

  /** The value of a node without names. */
  numberIn(node: Node, statement: Statement): number | undefined {
    try {
      const { expr } = this.lower(node, statement);
      return closedValue(expr);
    } catch (error) {
      if (error instanceof LoweringError) return undefined;
      throw error;
    }
  }

  /** One step of definition: undefined for a free name and for one that is a number. @throws LoweringError */
  definition(name: string): Expr | undefined {
    if (isDerivativeName(name)) return this.givenDerivative(name);
    if (this.constant(name)) return undefined;
    const found = this.value(name);
    if (found?.ahead) this.lookedAheadForBodies = true;
    return found && this.body(found.definition).expr;
  }

  private givenDerivative(name: string): Expr | undefined {
    const given = this.document.givenDerivatives.before(name, this.statement);
    for (const body of given?.bodies ?? []) {
      try {
        const { expr, disconnected } = this.lower(body, (given as GivenDerivative).statement);
        if (!disconnected && ![...symbols(expr)].some(isDerivativeName)) return expr;
      } catch (error) {
        if (!(error instanceof LoweringError)) throw error;
      }
    }
    return undefined;
  }

  expression(name: string): Expr | undefined {
    const direct = this.definition(name);
    if (direct) return direct;
    // L = ½(0.25 − 1)² gives a value of L; what L depends on was said before.
    for (const definition of [...this.document.analysis.table.valuesBefore(name, this.statement)].reverse()) {
      try {
        const { expr } = this.body(definition);
        if (symbols(expr).size > 0) return expr;
      } catch (error) {
        if (!(error instanceof LoweringError)) throw error;
      }
    }
    return undefined;
  }

  /** The names that a value comes down to; undefined where it has no formula that can be read. */
  freeNames(name: string): ReadonlySet<string> | undefined {
    try {
      const expr = this.expression(name);
      return expr && symbols(this.expanded(expr));
    } catch (error) {
      if (error instanceof LoweringError) return undefined;
      throw error;
    }
  }

  /** Names with a prefix that have definitions up to this place. */
  namesBefore(prefix: string): string[] {
    return this.document.analysis.table.namesWith(prefix, this.statement);
  }

  /** A definition that states a number alone. */
  isLiteral(definition: ValueDefinition): boolean {
    const body = bare(definition.bodies[0] as Node);
    return definition.bodies.length === 1 && body.kind === 'number';
  }

  /** Follows definitions down to free names and numbers. @throws LoweringError */
  expanded(expr: Expr): Expr {
    let current = expr;
    for (let i = 0; i < MAX_ROUNDS; i++) {
      const next = substitute(current, (name) => this.definition(name));
      if (next === current) return current;
      current = next;
    }
    throw new LoweringError('circular', 'the definitions refer to each other in a circle', {
      from: 0,
      to: 0,
    });
  }
}

const MAX_ROUNDS = 64;

/** Some name in the formula has the letter below or above it. */
function hasIndex(node: Node, index: string): boolean {
  let seen = false;
  walk(node, (n) => {
    if (n.kind === 'indexed') seen = true;
    if (n.kind === 'symbol' && /[_^]/.test(n.name) && n.name.slice(n.name.search(/[_^]/)).includes(index)) seen = true;
    return !seen;
  });
  return seen;
}

/** Where a definition stands in the document. */
export function definitionSpan(definition: Definition) {
  return spanIn(definition.statement, definition.nameNode);
}

/** Where the value of a definition comes from. @param ahead it stands further down than its use */
export function originOf(definition: Definition, ahead: boolean): Origin {
  const span = definitionSpan(definition);
  const { file } = definition.statement;
  if (file) return { kind: 'file', span, why: `from ${file.name}` };
  return { kind: 'document', span, ...(ahead ? { why: 'from the document, further down' } : {}) };
}
