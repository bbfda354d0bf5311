/** Text → syntax tree, by way of `@lezer/python`, which is incremental and reads half-typed code. */
import { type PartialParse, type Tree, TreeFragment } from '@lezer/common';
import { parser } from '@lezer/python';
import type {
  Alias,
  Comparison,
  Comprehension,
  Expr,
  FormattedValue,
  Handler,
  Keyword,
  MatchCase,
  Module,
  Name,
  Operator,
  Parameter,
  Pattern,
  Stmt,
} from './ast';
import { parseNumber, parseString, unescapeString } from './literals';
import { normalize } from './normalize';

export interface ParsedModule {
  readonly text: string;
  /** The text that the tree was made from. */
  readonly normalized: string;
  readonly tree: Tree;
  readonly module: Module;
}

/** Parses; with the previous result of the same document only what changed is read again. Never throws. */
export function parseModule(text: string, previous?: ParsedModule): ParsedModule {
  if (previous && previous.text === text) return previous;
  const normalized = normalize(text);
  const tree = parseText(normalized, previous ? unchangedParts(previous, normalized) : undefined);
  const module = { body: new Builder(text).statements(kidsOf(tree)) };
  return { text, normalized, tree, module };
}

/**
 * Parses to the end. The parser takes a chain such as `a + b + …` apart where it has more than 300 operators and 2,000
 * characters, lest the tree be too deep for whoever walks it. We look at the depth ourselves ({@link MAX_NESTING}), so its
 * count is held at zero.
 */
function parseText(text: string, fragments: readonly TreeFragment[] | undefined): Tree {
  const parse = parser.startParse(text, fragments) as PartialParse & { bigReductionCount?: number };
  for (;;) {
    const tree = parse.advance();
    if (tree) return tree;
    parse.bigReductionCount = 0;
  }
}

/** The fragments of the old tree outside the one range in which the texts differ. */
function unchangedParts(previous: ParsedModule, text: string): readonly TreeFragment[] {
  const old = previous.normalized;
  const shorter = Math.min(old.length, text.length);
  let from = 0;
  while (from < shorter && old.charCodeAt(from) === text.charCodeAt(from)) from++;
  let same = 0;
  while (same < shorter - from && old.charCodeAt(old.length - 1 - same) === text.charCodeAt(text.length - 1 - same)) {
    same++;
  }
  return TreeFragment.applyChanges(TreeFragment.addTree(previous.tree), [
    { fromA: from, toA: old.length - same, fromB: from, toB: text.length - same },
  ]);
}

/** How deep the nodes of a statement may lie in each other, without the blocks that it has. */
const MAX_EXPRESSION = 1_000;

/**
 * The parser's stack ends a statement in the middle where conditional expressions lie some 700 deep in each other; what is less
 * deep has other errors.
 */
const MAX_READ = 600;

/** A node of the concrete tree as plain data, for random access to children. */
interface Kid {
  readonly type: string;
  readonly error: boolean;
  readonly from: number;
  readonly to: number;
  readonly kids: readonly Kid[];
  /** Levels of nodes below it. */
  readonly height: number;
}

/**
 * How deep nodes may lie in each other: half of what CPython's compiler takes, and within the stack that a browser gives.
 * (The parser's trees are cut at 2,500, and what is below is not in order any more.)
 */
const MAX_NESTING = 1_200;

function kidsOf(tree: Tree): readonly Kid[] {
  const cursor = tree.cursor();
  const read = (depth: number): Kid[] => {
    const kids: Kid[] = [];
    if (cursor.firstChild()) {
      do {
        if (cursor.name === 'Comment') continue;
        const { name: type, from, to } = cursor;
        const inner = depth < MAX_NESTING ? read(depth + 1) : [];
        const height = inner.reduce((h, k) => Math.max(h, k.height + 1), 0);
        kids.push({ type, error: cursor.type.isError || depth >= MAX_NESTING, from, to, kids: inner, height });
      } while (cursor.nextSibling());
      cursor.parent();
    }
    return kids;
  };
  return read(0);
}

/** Thrown inside one statement; it becomes {@link Broken}. */
class Unreadable extends Error {}

const EMPTY_PATTERNS = new Set(['PatternArgList', 'SequencePattern', 'MappingPattern']);

const COMPARISONS = new Set(['<', '<=', '>', '>=', '==', '!=']);

class Builder {
  /** Name of the class around what is read. */
  private className: string | undefined;

  constructor(private readonly text: string) {}

  /** Names that begin with two underscores belong to the class that they are written in. */
  private mangled(name: string): string {
    if (this.className === undefined || !name.startsWith('__') || name.endsWith('__')) return name;
    const owner = this.className.replace(/^_+/, '');
    return owner === '' ? name : `_${owner}${name}`;
  }

  private source(kid: Kid): string {
    return this.text.slice(kid.from, kid.to);
  }

  statements(kids: readonly Kid[]): Stmt[] {
    const out: Stmt[] = [];
    for (const kid of kids) {
      if (kid.type === 'StatementGroup') for (const s of this.statements(kid.kids)) out.push(s);
      else if (kid.type === ';' || kid.type === ':') continue;
      else out.push(this.statement(kid));
    }
    return out;
  }

  /** The extent of a statement without the blank lines that a body drags along. */
  private trimmed(kid: Kid): Kid {
    let { to } = kid;
    while (to > kid.from && /\s/.test(this.text[to - 1] as string)) to--;
    return to === kid.to ? kid : { ...kid, to };
  }

  private statement(untrimmed: Kid): Stmt {
    const kid = this.trimmed(untrimmed);
    if (kid.height > MAX_EXPRESSION && !kid.kids.some((k) => k.type.endsWith('Body'))) return this.tooDeep(kid);
    try {
      if (kid.error) throw new Unreadable('this does not parse as Python');
      return this.readStatement(kid);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      if (kid.height > MAX_READ && !kid.kids.some((k) => k.type.endsWith('Body'))) return this.tooDeep(kid);
      return { kind: 'Broken', reason: error.message, from: kid.from, to: kid.to };
    }
  }

  private tooDeep({ type, kids, from, to }: Kid): Stmt {
    const at = kids.findIndex((k) => k.type === 'AssignOp' || k.type === 'UpdateOp');
    const names = kids.slice(0, Math.max(0, at)).filter((k) => k.type === 'VariableName');
    return {
      kind: 'Broken',
      reason: 'too many operations are nested in each other here',
      ...(type === 'ReturnStatement'
        ? { assigns: [] }
        : names.length > 0
          ? { assigns: names.map((k) => this.source(k)) }
          : {}),
      from,
      to,
    };
  }

  private readStatement(kid: Kid): Stmt {
    const { from, to } = kid;
    const kids = kid.kids;
    if (kid.type !== 'FunctionDefinition' && kid.type !== 'ClassDefinition') this.refuseErrors(kids);
    switch (kid.type) {
      case 'ExpressionStatement':
        return { kind: 'Expr', value: this.list(kids, from, to), from, to };
      case 'AssignStatement':
        return this.assignment(kid);
      case 'UpdateStatement': {
        const at = kids.findIndex((k) => k.type === 'UpdateOp');
        const op = this.source(kids[at] as Kid).slice(0, -1) as Operator;
        const target = this.expression(kids[at - 1]);
        if (at !== 1 || !isPlace(target)) throw new Unreadable('this cannot be updated');
        return { kind: 'AugAssign', target, op, value: this.list(kids.slice(at + 1)), from, to };
      }
      case 'ReturnStatement':
        return kids.length > 1
          ? { kind: 'Return', value: this.list(kids.slice(1)), from, to }
          : { kind: 'Return', from, to };
      case 'DeleteStatement':
        return { kind: 'Delete', targets: this.commaSeparated(kids.slice(1)), from, to };
      case 'PassStatement':
        return { kind: 'Pass', from, to };
      case 'BreakStatement':
        return { kind: 'Break', from, to };
      case 'ContinueStatement':
        return { kind: 'Continue', from, to };
      case 'YieldStatement':
        return { kind: 'Expr', value: this.yieldOf(kid), from, to };
      case 'RaiseStatement': {
        if (this.source(kids[0] as Kid) === 'print') throw new Unreadable('`print` without brackets is Python 2');
        const fromAt = kids.findIndex((k) => k.type === 'from');
        if (kids.some((k) => k.type === ',')) throw new Unreadable('this is Python 2');
        return {
          kind: 'Raise',
          ...(kids[1] ? { exc: this.expression(kids[1]) } : {}),
          ...(fromAt > 0 ? { cause: this.expression(kids[fromAt + 1]) } : {}),
          from,
          to,
        };
      }
      case 'AssertStatement': {
        const [test, message] = this.commaSeparated(kids.slice(1));
        return { kind: 'Assert', test: test as Expr, ...(message ? { message } : {}), from, to };
      }
      case 'ScopeStatement':
        return {
          kind: kids[0]?.type === 'global' ? 'Global' : 'Nonlocal',
          names: kids.filter((k) => k.type === 'VariableName').map((k) => this.name(k)),
          from,
          to,
        };
      case 'ImportStatement':
        return this.importStatement(kid);
      case 'IfStatement':
        return this.ifStatement(kid);
      case 'WhileStatement': {
        const [test, body, orelse] = [kids[1], kids[2], kids[4]];
        return {
          kind: 'While',
          test: this.expression(test),
          body: this.body(body),
          orelse: orelse ? this.body(orelse) : [],
          from,
          to,
        };
      }
      case 'ForStatement': {
        if (kids[0]?.type === 'async') throw new Unreadable('asynchronous loops are not supported');
        const inAt = kids.findIndex((k) => k.type === 'in');
        const bodyAt = kids.findIndex((k) => k.type === 'Body');
        const orelse = kids[bodyAt + 2];
        return {
          kind: 'For',
          target: this.target(this.list(kids.slice(1, inAt))),
          iter: this.list(kids.slice(inAt + 1, bodyAt)),
          body: this.body(kids[bodyAt]),
          orelse: orelse ? this.body(orelse) : [],
          from,
          to,
        };
      }
      case 'TryStatement':
        return this.tryStatement(kid);
      case 'WithStatement': {
        if (kids[0]?.type === 'async') throw new Unreadable('asynchronous code is not supported');
        const bodyAt = kids.findIndex((k) => k.type === 'Body');
        const items = splitBy(kids.slice(1, bodyAt), ',').map((part) => ({
          context: this.expression(part[0]),
          ...(part[1]?.type === 'as' ? { target: this.target(this.expression(part[2])) } : {}),
        }));
        return { kind: 'With', items, body: this.body(kids[bodyAt]), from, to };
      }
      case 'FunctionDefinition':
        return this.functionDefinition(kid, []);
      case 'ClassDefinition':
        return this.classDefinition(kid, []);
      case 'DecoratedStatement': {
        const decorators = kids.filter((k) => k.type === 'Decorator').map((k) => this.decorator(k));
        const definition = this.trimmed(kids[kids.length - 1] as Kid);
        if (definition.type === 'FunctionDefinition') return this.functionDefinition(definition, decorators);
        if (definition.type === 'ClassDefinition') return this.classDefinition(definition, decorators);
        throw new Unreadable('a decorator without a definition');
      }
      case 'MatchStatement': {
        const bodyKid = kids[kids.length - 1] as Kid;
        const cases = bodyKid.kids.filter((k) => k.type === 'MatchClause').map((k) => this.matchClause(k));
        return { kind: 'Match', subject: this.list(kids.slice(1, -1)), cases, from, to };
      }
      case 'PrintStatement':
        throw new Unreadable('`print` without brackets is Python 2');
      default:
        throw new Unreadable('this does not parse as Python');
    }
  }

  /** Syntax errors make the innermost statement unreadable; bodies answer for themselves. */
  private refuseErrors(kids: readonly Kid[]): void {
    for (const kid of kids) {
      // The grammar has no empty patterns: `str()`, `[]`, `()`, `{}`.
      if (EMPTY_PATTERNS.has(kid.type) && this.isEmptyPair(kid)) continue;
      if (kid.error) throw new Unreadable('this does not parse as Python');
      if (
        kid.type !== 'Body' &&
        kid.type !== 'MatchBody' &&
        kid.type !== 'FunctionDefinition' &&
        kid.type !== 'ClassDefinition'
      ) {
        this.refuseErrors(kid.kids);
      }
    }
  }

  /** Characters by their names are not known. */
  private withoutNames(literal: string): string {
    if (/(?<!\\)(?:\\\\)*\\N\{/.test(literal) && !/^[a-zA-Z]*[rRbB]/.test(literal))
      throw new Unreadable('characters by their names (`\\N{…}`) are not supported');
    return literal;
  }

  private isEmptyPair(kid: Kid): boolean {
    return /^(?:\(\s*\)|\[\s*\]|\{\s*\})$/.test(this.source(kid).trim());
  }

  private body(kid: Kid | undefined): Stmt[] {
    if (kid?.type !== 'Body') throw new Unreadable('the body is missing');
    return this.statements(kid.kids);
  }

  private assignment(kid: Kid): Stmt {
    const { from, to, kids } = kid;
    const typeDef = kids.find((k) => k.type === 'TypeDef');
    const parts = splitBy(
      kids.filter((k) => k !== typeDef),
      'AssignOp',
    );
    if (typeDef) {
      const target = this.target(this.list(parts[0] as Kid[]));
      const annotation = this.expression(typeDef.kids[1]);
      const value = parts[1] ? this.list(parts[1]) : undefined;
      return { kind: 'AnnAssign', target, annotation, ...(value ? { value } : {}), from, to };
    }
    const values = parts.map((part) => this.list(part));
    const value = values.pop() as Expr;
    return { kind: 'Assign', targets: values.map((v) => this.target(v)), value, from, to };
  }

  private target(e: Expr): Expr {
    switch (e.kind) {
      case 'Name':
      case 'Attribute':
      case 'Subscript':
        return e;
      case 'Starred':
        this.target(e.value);
        return e;
      case 'Tuple':
      case 'List':
        e.elts.forEach((x) => this.target(x));
        return e;
      default:
        throw new Unreadable('this cannot be assigned to');
    }
  }

  private importStatement(kid: Kid): Stmt {
    const { from, to } = kid;
    const kids = kid.kids.filter((k) => k.type !== '(' && k.type !== ')');
    const aliases = (part: readonly Kid[]): Alias => {
      const asAt = part.findIndex((k) => k.type === 'as');
      const dotted = asAt < 0 ? part : part.slice(0, asAt);
      if (dotted.length === 0) throw new Unreadable('the name of a module is missing');
      const name = dotted.map((k) => this.source(k)).join('');
      const span = { from: (dotted[0] as Kid).from, to: (part[part.length - 1] as Kid).to };
      return asAt < 0 ? { name, ...span } : { name, asname: this.source(part[asAt + 1] as Kid), ...span };
    };
    if (kids[0]?.type === 'import') {
      return { kind: 'Import', names: splitBy(kids.slice(1), ',').map(aliases), from, to };
    }
    const importAt = kids.findIndex((k) => k.type === 'import');
    const path = kids
      .slice(1, importAt)
      .map((k) => this.source(k))
      .join('');
    const level = /^\.*/.exec(path)?.[0].length ?? 0;
    const names = kids.slice(importAt + 1);
    const module = path.slice(level);
    if (names[0]?.type === '*') return { kind: 'ImportFrom', level, module, from, to };
    return { kind: 'ImportFrom', level, module, names: splitBy(names, ',').map(aliases), from, to };
  }

  private ifStatement(kid: Kid): Stmt {
    const { kids, to } = kid;
    // if test body (elif test body)* (else body)?
    const chain = (i: number): Stmt[] => {
      const word = kids[i];
      if (!word) return [];
      if (word.type === 'else') return this.body(kids[i + 1]);
      const test = this.expression(kids[i + 1]);
      const body = this.body(kids[i + 2]);
      return [{ kind: 'If', test, body, orelse: chain(i + 3), from: word.from, to }];
    };
    return chain(0)[0] as Stmt;
  }

  private tryStatement(kid: Kid): Stmt {
    const { from, to, kids } = kid;
    const body = this.body(kids[1]);
    const handlers: Handler[] = [];
    let orelse: Stmt[] = [];
    let final: Stmt[] = [];
    for (let i = 2; i < kids.length;) {
      const word = kids[i] as Kid;
      let end = i + 1;
      while (end < kids.length && kids[end]?.type !== 'Body') end++;
      const inner = this.body(kids[end]);
      if (word.type === 'else') orelse = inner;
      else if (word.type === 'finally') final = inner;
      else {
        const head = kids.slice(i + 1, end);
        if (head[0]?.type === '*') throw new Unreadable('exception groups are not supported');
        if (head.some((k) => k.type === ',')) throw new Unreadable('this is Python 2');
        handlers.push({
          ...(head[0] ? { type: this.expression(head[0]) } : {}),
          ...(head[1]?.type === 'as' ? { name: this.name(head[2] as Kid) } : {}),
          body: inner,
          from: word.from,
          to: (kids[end] as Kid).to,
        });
      }
      i = end + 1;
    }
    return { kind: 'Try', body, handlers, orelse, final, from, to };
  }

  private functionDefinition(kid: Kid, decorators: readonly Expr[]): Stmt {
    const { from, to, kids } = kid;
    const head = kids.filter((k) => k.type !== 'Body');
    this.refuseErrors(head);
    const params = kids.find((k) => k.type === 'ParamList');
    const name = kids.find((k) => k.type === 'VariableName');
    if (!params || !name) throw new Unreadable('this function has no head');
    const returns = kids.find((k) => k.type === 'TypeDef');
    return {
      kind: 'FunctionDef',
      name: this.name(name),
      params: this.parameters(params),
      ...(returns?.kids[0] ? { returns: this.expression(returns.kids[returns.kids.length - 1]) } : {}),
      body: this.body(kids.find((k) => k.type === 'Body')),
      decorators,
      isAsync: kids[0]?.type === 'async',
      from,
      to,
    };
  }

  private classDefinition(kid: Kid, decorators: readonly Expr[]): Stmt {
    const { from, to, kids } = kid;
    const head = kids.filter((k) => k.type !== 'Body');
    this.refuseErrors(head);
    const name = kids.find((k) => k.type === 'VariableName');
    if (!name) throw new Unreadable('this class has no name');
    const args = kids.find((k) => k.type === 'ArgList');
    const { args: bases, keywords } = args ? this.arguments(args) : { args: [], keywords: [] };
    const { className } = this;
    const own = this.name(name);
    this.className = own.id;
    try {
      const body = this.body(kids.find((k) => k.type === 'Body'));
      return { kind: 'ClassDef', name: own, bases, keywords, body, decorators, from, to };
    } finally {
      this.className = className;
    }
  }

  private decorator(kid: Kid): Expr {
    const [, first, ...rest] = kid.kids;
    let e: Expr = this.expression(first);
    for (let i = 0; i < rest.length; i++) {
      const k = rest[i] as Kid;
      if (k.type === '.') continue;
      if (k.type === 'VariableName') {
        e = { kind: 'Attribute', value: e, attr: this.mangled(this.source(k)), from: e.from, to: k.to };
      } else if (k.type === 'ArgList') e = { kind: 'Call', func: e, ...this.arguments(k), from: e.from, to: k.to };
      else throw new Unreadable('this decorator is not supported');
    }
    return e;
  }

  private parameters(kid: Kid): Parameter[] {
    const params: Parameter[] = [];
    const inner = kid.kids.filter((k) => k.type !== '(' && k.type !== ')');
    let keywordOnly = false;
    let at = kid.from + 1;
    for (const part of splitBy(inner, ',', true)) {
      const first = part[0];
      if (!first) {
        // The grammar emits no node for the `/` between two commas.
        const next = inner.find((k) => k.from >= at);
        if (next || this.text.slice(at, kid.to).includes('/')) {
          for (const [i, p] of params.entries()) {
            if (p.kind === 'positional') params[i] = { ...p, kind: 'positional-only' };
          }
        }
        continue;
      }
      at = (part[part.length - 1] as Kid).to;
      const star = first.type === '*' || first.type === '**' ? first.type : undefined;
      const rest = star ? part.slice(1) : part;
      if (star === '*') keywordOnly = true;
      const nameKid = rest[0];
      if (!nameKid) continue;
      if (nameKid.type !== 'VariableName') throw new Unreadable('this parameter cannot be read');
      const typeDef = rest.find((k) => k.type === 'TypeDef');
      const assign = rest.findIndex((k) => k.type === 'AssignOp');
      params.push({
        name: this.source(nameKid),
        kind:
          star === '*' ? 'var-positional' : star === '**' ? 'var-keyword' : keywordOnly ? 'keyword-only' : 'positional',
        ...(typeDef ? { annotation: this.expression(typeDef.kids[1]) } : {}),
        ...(assign >= 0 ? { default: this.expression(rest[assign + 1]) } : {}),
        from: nameKid.from,
        to: nameKid.to,
      });
    }
    return params;
  }

  private arguments(kid: Kid): { args: Expr[]; keywords: Keyword[] } {
    const args: Expr[] = [];
    const keywords: Keyword[] = [];
    const inner = kid.kids.slice(1, -1);
    // A generator expression stands alone: the commas behind its `for` are its own.
    const parts = inner[1]?.type === 'for' ? [[...inner]] : splitBy(inner, ',');
    for (const part of parts) {
      const [first, second, third] = part as [Kid, Kid?, Kid?];
      if (first.type === '**') keywords.push({ value: this.expression(second), from: first.from, to: kid.to });
      else if (first.type === '*') {
        const value = this.expression(second);
        args.push({ kind: 'Starred', value, from: first.from, to: value.to });
      } else if (second?.type === 'AssignOp') {
        const value = this.expression(third);
        if (this.source(second) === ':=') {
          args.push({
            kind: 'NamedExpr',
            target: this.name(first),
            value,
            from: first.from,
            to: value.to,
          });
        } else keywords.push({ arg: this.source(first), value, from: first.from, to: value.to });
      } else if (second?.type === 'for') {
        const generators = this.generators(part.slice(1));
        const to = (part[part.length - 1] as Kid).to;
        args.push({
          kind: 'GeneratorExp',
          elt: this.expression(first),
          generators,
          from: first.from,
          to,
        });
      } else args.push(this.expression(first));
    }
    return { args, keywords };
  }

  private generators(kids: readonly Kid[]): Comprehension[] {
    const out: { target: Expr; iter: Expr; ifs: Expr[] }[] = [];
    for (let i = 0; i < kids.length;) {
      const word = kids[i] as Kid;
      if (word.type === 'if') {
        out[out.length - 1]?.ifs.push(this.expression(kids[i + 1]));
        i += 2;
      } else if (word.type === 'for') {
        let inAt = i;
        while (inAt < kids.length && kids[inAt]?.type !== 'in') inAt++;
        out.push({
          target: this.target(this.list(kids.slice(i + 1, inAt))),
          iter: this.expression(kids[inAt + 1]),
          ifs: [],
        });
        i = inAt + 2;
      } else throw new Unreadable('this comprehension is not supported');
    }
    return out;
  }

  /** Expressions between commas: one without a comma stands for itself, else they are a tuple. */
  private list(kids: readonly Kid[], from = kids[0]?.from ?? 0, to = kids[kids.length - 1]?.to ?? 0): Expr {
    const elts = this.commaSeparated(kids);
    const [first] = elts;
    if (!first) throw new Unreadable('an expression is missing');
    if (!kids.some((k) => k.type === ',')) return first;
    return { kind: 'Tuple', elts, from, to };
  }

  private commaSeparated(kids: readonly Kid[]): Expr[] {
    return splitBy(kids, ',').map((part) => {
      const [first, second] = part as [Kid, Kid?];
      if (first.type !== '*') return this.expression(first);
      const value = this.expression(second);
      return { kind: 'Starred', value, from: first.from, to: value.to };
    });
  }

  private name(kid: Kid): Name {
    return { kind: 'Name', id: this.mangled(this.source(kid).normalize('NFKC')), from: kid.from, to: kid.to };
  }

  private expression(kid: Kid | undefined): Expr {
    if (!kid || kid.error) throw new Unreadable('an expression is missing');
    const { from, to, kids } = kid;
    switch (kid.type) {
      case 'VariableName': {
        const name = this.name(kid);
        return name.id === 'yield' ? { kind: 'Yield', from, to } : name;
      }
      case 'Number':
        return { kind: 'Constant', value: parseNumber(this.source(kid)), from, to };
      case 'Boolean':
        return {
          kind: 'Constant',
          value: { type: 'bool', value: this.source(kid) === 'True' },
          from,
          to,
        };
      case 'None':
        return { kind: 'Constant', value: { type: 'None' }, from, to };
      case 'Ellipsis':
        return { kind: 'Constant', value: { type: 'Ellipsis' }, from, to };
      case 'String':
        return { kind: 'Constant', value: parseString(this.withoutNames(this.source(kid))), from, to };
      case 'FormatString':
        return { kind: 'JoinedStr', values: this.formatString(kid), from, to };
      case 'ContinuedString':
        return this.continuedString(kid);
      case 'ParenthesizedExpression':
        return kids[1]?.type === '*'
          ? { kind: 'Starred', value: this.expression(kids[2]), from, to }
          : this.expression(kids[1]);
      case 'TupleExpression':
        return { kind: 'Tuple', elts: this.commaSeparated(kids.slice(1, -1)), from, to };
      case 'ArrayExpression':
        return { kind: 'List', elts: this.commaSeparated(kids.slice(1, -1)), from, to };
      case 'SetExpression':
        return { kind: 'Set', elts: this.commaSeparated(kids.slice(1, -1)), from, to };
      case 'DictionaryExpression':
        return {
          kind: 'Dict',
          items: splitBy(kids.slice(1, -1), ',').map((part) =>
            part[0]?.type === '**'
              ? { value: this.expression(part[1]) }
              : { key: this.expression(part[0]), value: this.expression(part[2]) },
          ),
          from,
          to,
        };
      case 'ArrayComprehensionExpression':
        return this.comprehension('ListComp', kid);
      case 'SetComprehensionExpression':
        return this.comprehension('SetComp', kid);
      case 'ComprehensionExpression':
        return this.comprehension('GeneratorExp', kid);
      case 'DictionaryComprehensionExpression':
        if (kids[1]?.type === '**') throw new Unreadable('this comprehension is not supported');
        return {
          kind: 'DictComp',
          key: this.expression(kids[1]),
          value: this.expression(kids[3]),
          generators: this.generators(kids.slice(4, -1)),
          from,
          to,
        };
      case 'CallExpression': {
        const func = this.expression(kids[0]);
        return { kind: 'Call', func, ...this.arguments(kids[kids.length - 1] as Kid), from, to };
      }
      case 'MemberExpression': {
        const value = this.expression(kids[0]);
        if (kids[1]?.type === '.')
          return {
            kind: 'Attribute',
            value,
            attr: this.mangled(this.source(kids[2] as Kid).normalize('NFKC')),
            from,
            to,
          };
        return { kind: 'Subscript', value, slice: this.subscript(kids.slice(2, -1)), from, to };
      }
      case 'UnaryExpression': {
        const op = this.source(kids[0] as Kid);
        if (op === 'not') return this.logic(kid);
        return {
          kind: 'UnaryOp',
          op: op as '+' | '-' | '~',
          operand: this.expression(kids[1]),
          from,
          to,
        };
      }
      case 'BinaryExpression': {
        const op = kids[1] as Kid;
        if (op.type !== 'ArithOp' && op.type !== 'BitOp') return this.logic(kid);
        return {
          kind: 'BinOp',
          left: this.expression(kids[0]),
          op: this.source(op) as Operator,
          right: this.expression(kids[2]),
          from,
          to,
        };
      }
      case 'ConditionalExpression':
        return {
          kind: 'IfExp',
          test: this.expression(kids[2]),
          body: this.expression(kids[0]),
          orelse: this.expression(kids[4]),
          from,
          to,
        };
      case 'LambdaExpression': {
        const params = kids.find((k) => k.type === 'ParamList');
        return {
          kind: 'Lambda',
          params: params ? this.parameters({ ...params, from: params.from - 1, to: params.to + 1 }) : [],
          body: this.expression(kids[kids.length - 1]),
          from,
          to,
        };
      }
      case 'NamedExpression': {
        const target = this.expression(kids[0]);
        if (target.kind !== 'Name') throw new Unreadable('this cannot be assigned to');
        return { kind: 'NamedExpr', target, value: this.expression(kids[2]), from, to };
      }
      case 'YieldExpression':
        return this.yieldOf(kid);
      case 'AwaitExpression':
        return { kind: 'Await', value: this.expression(kids[1]), from, to };
      default:
        throw new Unreadable('this expression cannot be read');
    }
  }

  private yieldOf(kid: Kid): Expr {
    const { from, to, kids } = kid;
    if (kids.length === 1) return { kind: 'Yield', from, to };
    if (kids[1]?.type === 'from') return { kind: 'YieldFrom', value: this.expression(kids[2]), from, to };
    return { kind: 'Yield', value: this.list(kids.slice(1)), from, to };
  }

  private comprehension(kind: 'ListComp' | 'SetComp' | 'GeneratorExp', kid: Kid): Expr {
    const { from, to, kids } = kid;
    return {
      kind,
      elt: this.expression(kids[1]),
      generators: this.generators(kids.slice(2, -1)),
      from,
      to,
    };
  }

  private subscript(kids: readonly Kid[]): Expr {
    const elts = splitBy(kids, ',').map((part) => this.slice(part));
    const [first] = elts;
    if (!first) throw new Unreadable('an index is missing');
    if (!kids.some((k) => k.type === ',')) return first;
    return { kind: 'Tuple', elts, from: first.from, to: (kids[kids.length - 1] as Kid).to };
  }

  private slice(part: readonly Kid[]): Expr {
    if (!part.some((k) => k.type === ':')) return this.expression(part[0]);
    const [lower, upper, step] = splitBy(part, ':', true);
    const bound = (p: readonly Kid[] | undefined) => (p?.[0] ? this.expression(p[0]) : undefined);
    const [l, u, s] = [bound(lower), bound(upper), bound(step)];
    return {
      kind: 'Slice',
      ...(l ? { lower: l } : {}),
      ...(u ? { upper: u } : {}),
      ...(s ? { step: s } : {}),
      from: (part[0] as Kid).from,
      to: (part[part.length - 1] as Kid).to,
    };
  }

  /**
   * `not`, comparisons, `and` and `or`. The grammar nests `not a and b` as `not (a and b)`, so the chain is
   * flattened, and read again by Python's precedence.
   */
  private logic(kid: Kid): Expr {
    type Token = { word: string; from: number } | { operand: Expr };
    const tokens: Token[] = [];
    const flatten = (k: Kid): void => {
      const op = k.kids[1];
      if (k.type === 'UnaryExpression' && this.source(k.kids[0] as Kid) === 'not') {
        tokens.push({ word: 'not', from: k.from });
        flatten(k.kids[1] as Kid);
      } else if (k.type === 'BinaryExpression' && op && op.type !== 'ArithOp' && op.type !== 'BitOp') {
        flatten(k.kids[0] as Kid);
        const words = k.kids.slice(1, -1).map((w) => this.source(w));
        tokens.push({ word: words.join(' '), from: op.from });
        flatten(k.kids[k.kids.length - 1] as Kid);
      } else tokens.push({ operand: this.expression(k) });
    };
    flatten(kid);
    let i = 0;
    const word = () => {
      const token = tokens[i];
      return token && 'word' in token ? token.word : undefined;
    };
    const operand = (): Expr => {
      const token = tokens[i++];
      if (!token || !('operand' in token)) throw new Unreadable('an operand is missing');
      return token.operand;
    };
    const comparison = (): Expr => {
      const left = operand();
      const ops: Comparison[] = [];
      const comparators: Expr[] = [];
      for (let w = word(); w !== undefined && w !== 'and' && w !== 'or' && w !== 'not'; w = word()) {
        if (!COMPARISONS.has(w) && w !== 'in' && w !== 'not in' && w !== 'is' && w !== 'is not') {
          throw new Unreadable(`\`${w}\` is no comparison`);
        }
        i++;
        ops.push(w as Comparison);
        comparators.push(operand());
      }
      const last = comparators[comparators.length - 1];
      return last ? { kind: 'Compare', left, ops, comparators, from: left.from, to: last.to } : left;
    };
    const inversion = (): Expr => {
      const token = tokens[i];
      if (token && 'word' in token && token.word === 'not') {
        i++;
        const x = inversion();
        return { kind: 'UnaryOp', op: 'not', operand: x, from: token.from, to: x.to };
      }
      return comparison();
    };
    const chain = (op: 'and' | 'or', next: () => Expr) => (): Expr => {
      const values = [next()];
      while (word() === op) {
        i++;
        values.push(next());
      }
      const [first] = values as [Expr];
      if (values.length === 1) return first;
      return {
        kind: 'BoolOp',
        op,
        values,
        from: first.from,
        to: (values[values.length - 1] as Expr).to,
      };
    };
    const result = chain('or', chain('and', inversion))();
    if (i !== tokens.length) throw new Unreadable('this condition cannot be read');
    return result;
  }

  private formatString(kid: Kid): (string | FormattedValue)[] {
    const opening = /^([a-zA-Z]*)('''|"""|'|")/.exec(this.source(kid)) as RegExpExecArray;
    const raw = /r/i.test(opening[1] as string);
    const quote = opening[2] as string;
    const start = kid.from + opening[0].length;
    const end = kid.to - quote.length;
    const text = (from: number, to: number) => {
      const piece = this.text.slice(from, to).replace(/\{\{/g, '{').replace(/\}\}/g, '}');
      return raw ? piece : unescapeString(this.withoutNames(piece));
    };
    return this.replacements(kid, start, end, text);
  }

  private replacements(
    kid: Kid,
    start: number,
    end: number,
    text: (from: number, to: number) => string,
  ): (string | FormattedValue)[] {
    const out: (string | FormattedValue)[] = [];
    let at = start;
    for (const k of kid.kids) {
      if (k.type !== 'FormatReplacement') continue;
      if (k.from > at) out.push(text(at, k.from));
      at = k.to;
      const inner = k.kids.slice(1, -1);
      const isMeta = (x: Kid) => x.type.startsWith('Format') && x.type !== 'FormatString';
      const value = this.list(inner.filter((x) => !isMeta(x)));
      const selfDoc = inner.find((x) => x.type === 'FormatSelfDoc');
      const conversion = inner.find((x) => x.type === 'FormatConversion');
      // The specification holds the closing brace of nothing: it ends where the replacement does.
      const spec = k.kids.find((x) => x.type === 'FormatSpec');
      if (selfDoc) out.push(this.text.slice(k.from + 1, trailingSpace(this.text, selfDoc.to)));
      out.push({
        value,
        conversion: conversion ? (this.source(conversion)[1] as 's' | 'r' | 'a') : selfDoc && !spec ? 'r' : '',
        ...(spec
          ? {
              spec: this.replacements(spec, spec.from + 1, spec.to, (f, t) => this.text.slice(f, t)),
            }
          : {}),
      });
    }
    if (end > at) out.push(text(at, end));
    return out;
  }

  private continuedString(kid: Kid): Expr {
    const { from, to } = kid;
    const parts = kid.kids.map((k) => this.expression(k));
    if (parts.every((p) => p.kind === 'Constant')) {
      const texts = parts.map((p) => (p.kind === 'Constant' ? p.value : undefined));
      const type = texts[0]?.type === 'bytes' ? 'bytes' : 'str';
      const value = texts.map((t) => (t && (t.type === 'str' || t.type === 'bytes') ? t.value : '')).join('');
      return { kind: 'Constant', value: { type, value }, from, to };
    }
    const values = parts.flatMap((p): readonly (string | FormattedValue)[] => {
      if (p.kind === 'JoinedStr') return p.values;
      if (p.kind === 'Constant' && p.value.type === 'str') return [p.value.value];
      throw new Unreadable('these strings cannot be joined');
    });
    return { kind: 'JoinedStr', values, from, to };
  }

  private matchClause(kid: Kid): MatchCase {
    const guard = kid.kids.find((k) => k.type === 'Guard');
    const body = kid.kids.find((k) => k.type === 'Body');
    this.refuseErrors(kid.kids.filter((k) => k !== body));
    const heads = kid.kids.slice(1).filter((k) => k !== guard && k !== body);
    const patterns = splitBy(heads, ',').map((part) => this.pattern(part[0]));
    const single = patterns.length === 1 && !heads.some((k) => k.type === ',');
    return {
      pattern: single ? (patterns[0] as Pattern) : { kind: 'MatchSequence', patterns },
      ...(guard ? { guard: this.expression(guard.kids[1]) } : {}),
      body: this.body(body),
    };
  }

  private pattern(kid: Kid | undefined): Pattern {
    if (!kid || kid.error) throw new Unreadable('a pattern is missing');
    const { kids, from, to } = kid;
    const inside = () => splitBy(kids.slice(1, -1), ',');
    switch (kid.type) {
      case 'CapturePattern': {
        const name = this.name(kids[0] as Kid);
        return name.id === '_' ? { kind: 'MatchAs' } : { kind: 'MatchAs', name };
      }
      case 'LiteralPattern': {
        const [first, second] = kids as [Kid, Kid?];
        if (first.type === 'ArithOp' && second) {
          return {
            kind: 'MatchValue',
            value: { kind: 'UnaryOp', op: '-', operand: this.expression(second), from, to },
          };
        }
        return { kind: 'MatchValue', value: this.expression(first) };
      }
      case 'AttributePattern':
        return { kind: 'MatchValue', value: this.dotted(kids) };
      case 'AsPattern':
        return { kind: 'MatchAs', pattern: this.pattern(kids[0]), name: this.name(kids[2] as Kid) };
      case 'OrPattern': {
        const patterns = kids.filter((k) => k.type !== 'LogicOp').map((k) => this.pattern(k));
        // `a | b as c` names the whole, where the grammar reads `a | (b as c)`; one in brackets is a pattern of its own.
        const last = kids[kids.length - 1]?.type === 'AsPattern' ? patterns.pop() : undefined;
        if (last?.kind !== 'MatchAs' || !last.pattern || !last.name) return { kind: 'MatchOr', patterns };
        const whole: Pattern = { kind: 'MatchOr', patterns: [...patterns, last.pattern] };
        return { kind: 'MatchAs', pattern: whole, name: last.name };
      }
      case 'StarPattern': {
        const inner = this.pattern(kids[1]);
        if (inner.kind !== 'MatchAs') throw new Unreadable('this pattern cannot be read');
        return inner.name ? { kind: 'MatchStar', name: inner.name } : { kind: 'MatchStar' };
      }
      case 'SequencePattern': {
        const parts = this.isEmptyPair(kid) ? [] : inside();
        // `(p)` is p itself.
        if (kids[0]?.type === '(' && parts.length === 1 && !kids.some((k) => k.type === ',')) {
          return this.pattern(parts[0]?.[0]);
        }
        return { kind: 'MatchSequence', patterns: parts.map((part) => this.pattern(part[0])) };
      }
      case 'MappingPattern': {
        const items: { key: Expr; pattern: Pattern }[] = [];
        let rest: Name | undefined;
        for (const part of inside()) {
          if (part[0]?.type === '**') {
            const inner = this.pattern(part[1]);
            if (inner.kind === 'MatchAs' && inner.name) rest = inner.name;
          } else {
            const key = part[0] as Kid;
            const value = key.type === 'LiteralPattern' ? this.expression(key.kids[0]) : this.expression(key);
            items.push({ key: value, pattern: this.pattern(part[2]) });
          }
        }
        return { kind: 'MatchMapping', items, ...(rest ? { rest } : {}) };
      }
      case 'ClassPattern': {
        const head = kids[0] as Kid;
        const cls = head.type === 'AttributePattern' ? this.dotted(head.kids) : this.expression(head);
        const patterns: Pattern[] = [];
        const keywords: { name: string; pattern: Pattern }[] = [];
        for (const part of splitBy((kids[1] as Kid).kids.slice(1, -1), ',')) {
          if (part[0]?.kids[0]?.error) continue;
          const k = part[0] as Kid;
          if (k.type === 'KeywordPattern') {
            keywords.push({
              name: this.source(k.kids[0] as Kid),
              pattern: this.pattern(k.kids[k.kids.length - 1]),
            });
          } else patterns.push(this.pattern(k));
        }
        return { kind: 'MatchClass', cls, patterns, keywords };
      }
      default:
        throw new Unreadable('this pattern cannot be read');
    }
  }

  private dotted(kids: readonly Kid[]): Expr {
    let e: Expr = this.name(kids[0] as Kid);
    for (const k of kids.slice(1)) {
      if (k.type !== '.')
        e = { kind: 'Attribute', value: e, attr: this.mangled(this.source(k)), from: e.from, to: k.to };
    }
    return e;
  }
}

function isPlace(e: Expr): boolean {
  return e.kind === 'Name' || e.kind === 'Attribute' || e.kind === 'Subscript';
}

function trailingSpace(text: string, at: number): number {
  while (text[at] === ' ') at++;
  return at;
}

/** Splits at separator nodes; empty parts are dropped unless `keepEmpty`. */
function splitBy(kids: readonly Kid[], separator: string, keepEmpty = false): Kid[][] {
  const parts: Kid[][] = [[]];
  for (const kid of kids) {
    if (kid.type === separator) parts.push([]);
    else (parts[parts.length - 1] as Kid[]).push(kid);
  }
  return keepEmpty ? parts : parts.filter((part) => part.length > 0);
}
