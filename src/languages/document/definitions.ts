/** The symbol table of a document: what names stand for, and from where on. */
import { USUAL_FUNCTIONS } from '../latex/conventions';
import { bare, children, type Node, type RelationNode, type SymbolNode, walk } from '../latex/tree';
import { isRelation, type Statement } from './statements';

interface DefinitionBase {
  readonly name: string;
  readonly statement: Statement;
  /** Where the name stands. */
  readonly nameNode: Node;
}

/** name = expression. */
export interface ValueDefinition extends DefinitionBase {
  readonly kind: 'value';
  /** What it is said to equal, the most explicit form first; the first that can be read is taken. */
  readonly bodies: readonly Node[];
}

/** f(x, y) = expression. */
export interface FunctionDefinition extends DefinitionBase {
  readonly kind: 'function';
  readonly parameters: readonly SymbolNode[];
  readonly bodies: readonly Node[];
}

export type Definition = ValueDefinition | FunctionDefinition;

/** A definition as seen from a place in the document. */
export interface Found<D extends Definition = Definition> {
  readonly definition: D;
  /** It stands further down than the place that uses it. */
  readonly ahead: boolean;
}

/** Definitions by name, each list in the order of the document. */
export class SymbolTable {
  private readonly values = new Map<string, ValueDefinition[]>();
  private readonly functions = new Map<string, FunctionDefinition[]>();
  readonly all: readonly Definition[];

  constructor(statements: readonly Statement[]) {
    const all: Definition[] = [];
    for (const statement of statements)
      for (const shape of shapesIn(statement.node).outright) {
        const d: Definition = { ...shape, statement };
        all.push(d);
        this.add(d);
      }
    // What two forms of one chain imply is added last: it gives way to anything that is said outright.
    for (const statement of statements)
      for (const shape of shapesIn(statement.node).implied)
        if (!this.values.has(shape.name) && !this.functions.has(shape.name)) {
          const d: Definition = { ...shape, statement };
          all.push(d);
          this.add(d);
        }
    this.all = all;
  }

  private add(d: Definition): void {
    const table: Map<string, Definition[]> = d.kind === 'value' ? this.values : this.functions;
    const list = table.get(d.name);
    if (list) list.push(d);
    else table.set(d.name, [d]);
  }

  /**
   * The value that holds at a statement: one in the same formula, else the last before it, else the first after it. What
   * stands after it is taken across a heading only if it is a number: a formula further down may be about something else.
   * @param counts which definitions are taken; all of them, if it is left out
   */
  value(name: string, at: Statement, counts?: (d: ValueDefinition) => boolean): Found<ValueDefinition> | undefined {
    const list = this.values.get(name);
    return found(counts && list && list.length > 1 ? list.filter(counts) : list, at);
  }

  function(name: string, at: Statement): Found<FunctionDefinition> | undefined {
    return found(this.functions.get(name), at);
  }

  functionsOf(name: string): readonly FunctionDefinition[] {
    return this.functions.get(name) ?? [];
  }

  /** All definitions of a value up to a statement. */
  valuesBefore(name: string, at: Statement): readonly ValueDefinition[] {
    return (this.values.get(name) ?? []).filter((d) => d.statement.formula <= at.formula);
  }

  /** Names of values with a prefix that are defined up to a statement. */
  namesWith(prefix: string, at: Statement): string[] {
    return [...this.values.keys()].filter((n) => n.startsWith(prefix) && this.valuesBefore(n, at).length > 0);
  }

  /** What the parser has to know about names. */
  get roles(): Roles {
    const roles = new Map<string, 'function' | 'variable'>();
    // A value such as L does not keep L(w + h) from being a call.
    for (const name of this.values.keys())
      if (!USUAL_FUNCTIONS.has(name.replace(/[_^].*$/, ''))) roles.set(name, 'variable');
    for (const name of this.functions.keys()) roles.set(name, 'function');
    return roles;
  }
}

export type Roles = ReadonlyMap<string, 'function' | 'variable'>;

export function sameRoles(a: Roles, b: Roles): boolean {
  return a.size === b.size && [...a].every(([name, role]) => b.get(name) === role);
}

function found<D extends Definition>(list: readonly D[] | undefined, at: Statement): Found<D> | undefined {
  if (!list) return undefined;
  const before = list.filter((d) => d.statement.index <= at.index).at(-1);
  if (before?.statement.formula === at.formula) return { definition: before, ahead: false };
  const here = list.find((d) => d.statement.formula === at.formula);
  if (here) return { definition: here, ahead: false };
  if (before) return { definition: before, ahead: false };
  const after = list.find((d) => d.statement.section === at.section || isNumeric(d));
  return after && { definition: after, ahead: true };
}

/** Its first form holds no names. */
function isNumeric(definition: Definition): boolean {
  return holdsNoNames(definition.bodies[0] as Node);
}

function holdsNoNames(node: Node): boolean {
  let names = false;
  walk(node, (n) => {
    if (n.kind === 'symbol' && !isConstantName(n.name)) names = true;
    return !names;
  });
  return !names;
}

/** Signs that state equality. */
function equates(node: RelationNode, i: number): boolean {
  const op = node.signs[i]?.op;
  return op === 'eq' || op === 'define' || op === 'equiv';
}

/** The operands that a chain says are equal to the first. */
function equalOperands(node: RelationNode): Node[] {
  const operands: Node[] = [node.operands[0] as Node];
  for (let i = 0; i < node.signs.length && equates(node, i); i++) operands.push(node.operands[i + 1] as Node);
  return operands;
}

/** A definition without its place; kept as long as its tree. */
type Shape = Omit<ValueDefinition, 'statement'> | Omit<FunctionDefinition, 'statement'>;

interface Shapes {
  readonly outright: readonly Shape[];
  readonly implied: readonly Shape[];
}

const shapes = new WeakMap<Node, Shapes>();

function shapesIn(node: Node): Shapes {
  let known = shapes.get(node);
  if (!known) shapes.set(node, (known = { outright: definitionsIn(node), implied: impliedBy(node) }));
  return known;
}

function definitionsIn(node: Node): Shape[] {
  if (!isRelation(node)) return [];
  const operands = equalOperands(node);
  if (operands.length < 2) return [];
  const head = bare(operands[0] as Node);
  const second = bare(operands[1] as Node);
  if (head.kind === 'tuple' && second.kind === 'tuple' && head.items.length === second.items.length) {
    return head.items.flatMap((item, i): Shape[] => {
      const name = bare(item);
      return name.kind === 'symbol'
        ? [
            {
              kind: 'value',
              name: name.name,
              nameNode: item,
              bodies: [second.items[i] as Node],
            },
          ]
        : [];
    });
  }
  const result: Shape[] = [];
  operands.forEach((operand, i) => {
    const target = bare(operand);
    const rest = operands.slice(i + 1);
    if (rest.length === 0) return;
    // Within a chain that does not begin with a name, names are compared, not defined.
    if (target.kind === 'symbol' && (i === 0 || operands.slice(0, i).every((o) => bare(o).kind === 'symbol'))) {
      const bodies = explicitFirst(rest.filter((b) => !mentions(b, target.name) && !isTemperature(b)));
      // “for i = j” compares two indices.
      const compares = isIndexName(target) && bodies.every((b) => isIndexName(bare(b)));
      if (bodies.length > 0 && (!isConstantName(target.name) || isOtherPi(target.name, bodies)) && !compares)
        result.push({ kind: 'value', name: target.name, nameNode: operand, bodies });
    }
    const parameters =
      target.kind === 'call' && target.callee.kind === 'symbol' ? parametersOf(target.args) : undefined;
    if (target.kind === 'call' && target.callee.kind === 'symbol' && parameters && isDefinedHere(operands, i)) {
      const { name } = target.callee;
      const bodies = explicitFirst(rest.filter((b) => !mentions(b, name)));
      // f(a) = 9 is the value at one place, P(A) = 0.3 that of one event.
      if (bodies.length > 0 && !bodies.every(holdsNoNames))
        result.push({
          kind: 'function',
          name,
          parameters,
          nameNode: target.callee,
          bodies,
        });
    }
  });
  const last = bare(operands[operands.length - 1] as Node);
  // ξ = 1/(1 + e^{-z}) = p names the value p.
  if (head.kind === 'symbol' && last.kind === 'symbol' && operands.length > 2 && !isConstantName(last.name))
    result.push({
      kind: 'value',
      name: last.name,
      nameNode: operands[operands.length - 1] as Node,
      bodies: [operands[0] as Node],
    });
  return result;
}

/** f(x) = …, or y = f(x) = …: the call opens the chain or follows the name. */
function isDefinedHere(operands: readonly Node[], i: number): boolean {
  return i === 0 || (i === 1 && bare(operands[0] as Node).kind === 'symbol');
}

/** Distinct names as arguments are parameters. */
function parametersOf(args: readonly Node[]): SymbolNode[] | undefined {
  const names = args.map(bare);
  if (names.length === 0 || !names.every((n): n is SymbolNode => n.kind === 'symbol' && !isConstantName(n.name)))
    return undefined;
  return new Set(names.map((n) => n.name)).size === names.length ? names : undefined;
}

const isIndexName = (node: Node) => node.kind === 'symbol' && /^[i-n]$/.test(node.name);

/** π = 0.3 and π = (60 − 20) · 40 give the letter another meaning; π = 3.14 and π = 22/7 do not. */
/** T = 25 °C gives a name no number to calculate with. */
export function isTemperature(node: Node): boolean {
  const inner = bare(node);
  return inner.kind === 'degree' && inner.scale !== undefined;
}

function isOtherPi(name: string, bodies: readonly Node[]): boolean {
  if (name !== 'pi') return false;
  const value = arithmetic(bodies[0] as Node);
  return value !== undefined && Math.abs(value - Math.PI) > 0.01;
}

/** The value of numbers with signs of arithmetic between them. */
function arithmetic(node: Node): number | undefined {
  const inner = bare(node);
  if (inner.kind === 'number') return inner.value;
  const [a, b] = children(inner).map(arithmetic);
  if (inner.kind === 'negative') return a === undefined ? undefined : -a;
  if (inner.kind !== 'binary' || a === undefined || b === undefined) return undefined;
  switch (inner.op) {
    case 'add':
      return a + b;
    case 'sub':
      return a - b;
    case 'mul':
      return a * b;
    case 'div':
      return a / b;
    default:
      return undefined;
  }
}

const isConstantName = (name: string) => name === 'pi' || name === 'infty';

/** A lone name says least about what something equals. */
function explicitFirst(bodies: readonly Node[]): Node[] {
  const lone = (n: Node) => bare(n).kind === 'symbol';
  return [...bodies.filter((b) => !lone(b)), ...bodies.filter(lone)];
}

export function mentions(node: Node, name: string): boolean {
  let seen = false;
  walk(node, (n) => {
    if (n.kind === 'symbol' && n.name === name) seen = true;
    return !seen;
  });
  return seen;
}

/** ŷ = f(z) = f(xw + b): what stands in the same place of the same call is equal, so z = xw + b. */
function impliedBy(node: Node): Shape[] {
  if (!isRelation(node)) return [];
  const operands = equalOperands(node);
  const result: Shape[] = [];
  for (let i = 0; i + 1 < operands.length; i++) {
    const [a, b] = [bare(operands[i] as Node), bare(operands[i + 1] as Node)];
    if (a.kind !== 'call' || b.kind !== 'call' || a.callee.kind !== 'symbol' || b.callee.kind !== 'symbol') continue;
    if (a.callee.name !== b.callee.name || a.args.length !== 1 || b.args.length !== 1) continue;
    const [name, body] = [bare(a.args[0] as Node), b.args[0] as Node];
    if (name.kind === 'symbol' && children(bare(body)).length > 0 && !mentions(body, name.name))
      result.push({ kind: 'value', name: name.name, nameNode: name, bodies: [body] });
  }
  return result;
}
