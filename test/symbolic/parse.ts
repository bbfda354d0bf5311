/**
 * A small reader of printed formulas, for round trips. It reads juxtaposition as the reader of LaTeX documents does: a function
 * without parentheses takes all factors up to the next function, sign or slash.
 */
import assert from 'node:assert';
import {
  add,
  apply,
  div,
  E,
  type Expr,
  isApply,
  isNumber,
  mul,
  neg,
  num,
  PI,
  pow,
  sub,
  sym,
} from '../../src/symbolic/expr';
import { expand, instantiate } from '../../src/symbolic/evaluate';
import { isScalarOp, RULES } from '../../src/symbolic/rules';
import { FUNCTION_SPELLINGS } from '../../src/symbolic/spelling';

type Token = { readonly kind: 'number' | 'symbol' | 'function' | 'mark' | 'raised'; readonly text: string };
type Language = 'latex' | 'text';

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const plainDigits = (s: string): string =>
  [...s]
    .map((c) => (c === '⁻' ? '-' : c === 'ⁿ' ? 'n' : c === '⁽' || c === '⁾' ? '' : String(RAISED.indexOf(c))))
    .join('');

const spelled = Object.entries(FUNCTION_SPELLINGS).map(([op, s]) => ({ op, ...(s as NonNullable<typeof s>) }));

function tokens(text: string, language: Language): Token[] {
  const names = spelled
    .map((s) => s[language])
    .filter((n) => n !== '\\sqrt' && n !== '\\sqrt[3]')
    .sort((a, b) => b.length - a.length);
  const marks =
    language === 'latex'
      ? [
          '\\begin{cases}',
          '\\end{cases}',
          '\\text{if }',
          '\\text{otherwise}',
          '\\\\',
          '\\left|',
          '\\right|',
          '\\left(',
          '\\right)',
          '\\left[',
          '\\right]',
          '\\lfloor',
          '\\rfloor',
          '\\lceil',
          '\\rceil',
          '\\sqrt[3]',
          '\\sqrt',
          '\\frac',
          '\\cdot',
          '\\land',
          '\\lor',
          '\\lnot',
          '\\le',
          '\\ge',
          '\\ne',
          '\\pi',
          '\\psi^{(',
          ...'(){}[]+-/^,&<>=',
        ]
      : ['polygamma', 'otherwise', 'if', ...'()[]+−/·^,<>=≤≥≠∧∨¬π|⌊⌋⌈⌉'];
  const out: Token[] = [];
  let rest = text;
  while ((rest = rest.trimStart()) !== '') {
    const take = (kind: Token['kind'], text: string, length = text.length): void => {
      out.push({ kind, text });
      rest = rest.slice(length);
    };
    const number = /^\d+(\.\d+)?(e−?\d+)?/.exec(rest);
    const raised = language === 'text' ? /^[⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿ]+/.exec(rest) : null;
    const order = language === 'text' ? /^ψ⁽([^⁾]*)⁾/.exec(rest) : null;
    const mark = marks.find(
      (m) =>
        rest.startsWith(m) &&
        !(m === 'if' && /^if\w/.test(rest)) &&
        !(/^\\[a-z]+$/.test(m) && /^[a-zA-Z]/.test(rest.slice(m.length))),
    );
    const name = names.find(
      (n) => rest.startsWith(n) && !/^[a-zA-Z]/.test(/[a-zA-Z]$/.test(n) ? rest.slice(n.length) : ''),
    );
    if (number) take('number', number[0].replace('−', '-'), number[0].length);
    else if (order) take('function', `polygamma:${plainDigits(order[1] as string)}`, order[0].length);
    else if (mark === '\\psi^{(') take('mark', mark);
    else if (name) take('function', (spelled.find((s) => s[language] === name) as { op: string }).op, name.length);
    else if (raised) take('raised', plainDigits(raised[0]), raised[0].length);
    else if (mark)
      take(
        'mark',
        mark
          .replace(/^\\left\(/, '(')
          .replace(/^\\right\)/, ')')
          .replace(/^\\left\[/, '[')
          .replace(/^\\right\]/, ']'),
        mark.length,
      );
    else {
      const symbol = /^[a-z]/.exec(rest);
      assert(symbol, `cannot read ${rest} in ${text}`);
      take('symbol', symbol[0]);
    }
  }
  return out;
}

const RELATIONS: Record<string, string> = {
  '<': 'lt',
  '>': 'gt',
  '=': 'eq',
  '\\le': 'le',
  '\\ge': 'ge',
  '\\ne': 'ne',
  '≤': 'le',
  '≥': 'ge',
  '≠': 'ne',
};

/** Reads what `toLatex` or `toText` printed. */
export function parse(text: string, language: Language): Expr {
  const all = tokens(text, language);
  let i = 0;
  /** Absolute values that are open: the next bar closes. */
  let bars = 0;
  const peek = (): string | undefined => all[i]?.text;
  const isMark = (...texts: string[]): boolean => all[i]?.kind === 'mark' && texts.includes(all[i]?.text as string);
  const expect = (mark: string): void => {
    assert(
      isMark(mark),
      `expected ${mark} before ${all
        .slice(i)
        .map((t) => t.text)
        .join(' ')} in ${text}`,
    );
    i++;
  };
  const accept = (...texts: string[]): string | undefined => (isMark(...texts) ? (all[i++] as Token).text : undefined);

  const selection = (): Expr => {
    const value = disjunction();
    if (language === 'latex' || !accept('if')) return value;
    const condition = disjunction();
    expect(',');
    const no = selection();
    accept('otherwise');
    return apply('where', condition, value, no);
  };
  const disjunction = (): Expr => {
    let left = conjunction();
    while (accept('\\lor', '∨')) left = apply('or', left, conjunction());
    return left;
  };
  const conjunction = (): Expr => {
    let left = negation();
    while (accept('\\land', '∧')) left = apply('and', left, negation());
    return left;
  };
  const negation = (): Expr => (accept('\\lnot', '¬') ? apply('not', negation()) : comparison());
  const comparison = (): Expr => {
    const left = sum();
    const op = all[i]?.kind === 'mark' ? RELATIONS[peek() as string] : undefined;
    if (!op) return left;
    i++;
    return apply(op, left, sum());
  };
  const sum = (): Expr => {
    let left: Expr = accept('-', '−') ? neg(product()) : product();
    for (;;) {
      if (accept('+')) left = add(left, product());
      else if (accept('-', '−')) left = sub(left, product());
      else return left;
    }
  };
  const startsFactor = (): boolean => {
    const t = all[i];
    if (!t || (isMark('|') && bars % 2 === 1)) return false;
    if (t.kind !== 'mark') return t.kind !== 'raised';
    return [
      '(',
      '[',
      '\\left|',
      '|',
      '\\lfloor',
      '\\lceil',
      '⌊',
      '⌈',
      '\\sqrt',
      '\\sqrt[3]',
      '\\frac',
      '\\pi',
      'π',
      '\\psi^{(',
      '\\begin{cases}',
      'polygamma',
      '{',
    ].includes(t.text);
  };
  const product = (): Expr => {
    let left = power();
    for (;;) {
      if (accept('\\cdot', '·')) left = mul(left, power());
      else if (accept('/')) left = div(left, power());
      else if (startsFactor()) left = mul(left, power());
      else return left;
    }
  };
  const exponent = (): Expr => {
    if (accept('{')) {
      const e = selection();
      expect('}');
      return e;
    }
    return language === 'latex' ? single() : atom();
  };
  const single = (): Expr => {
    const t = all[i] as Token;
    // Without braces an exponent is one character.
    if (t.kind === 'number') assert.strictEqual(t.text.length, 1);
    return atom();
  };
  const power = (): Expr => {
    const base = atom();
    if (all[i]?.kind === 'raised') return pow(base, raisedValue());
    if (!accept('^')) return base;
    return pow(base, exponent());
  };
  const raisedValue = (): Expr => {
    const { text } = all[i++] as Token;
    return text === 'n' ? sym('n') : num(Number(text));
  };
  const bracketed = (close: string): Expr => {
    const e = selection();
    expect(close);
    return e;
  };
  const list = (): Expr[] => {
    const args = [selection()];
    while (accept(',')) args.push(selection());
    expect(')');
    return args;
  };
  const atom = (): Expr => {
    const t = all[i++] as Token;
    assert(t, `unexpected end of ${text}`);
    if (t.kind === 'number') return num(Number(t.text));
    if (t.kind === 'symbol') return t.text === 'e' ? E : sym(t.text);
    if (t.kind === 'function') return call(t.text);
    switch (t.text) {
      case '(':
        return bracketed(')');
      case '{':
        return bracketed('}');
      case '[': {
        const c = bracketed(']');
        return c;
      }
      case '\\left|':
        return apply('abs', bracketed('\\right|'));
      case '|': {
        bars++;
        const inner = selection();
        expect('|');
        bars--;
        return apply('abs', inner);
      }
      case '\\lfloor':
        return apply('floor', bracketed('\\rfloor'));
      case '\\lceil':
        return apply('ceil', bracketed('\\rceil'));
      case '⌊':
        return apply('floor', bracketed('⌋'));
      case '⌈':
        return apply('ceil', bracketed('⌉'));
      case '\\sqrt':
        expect('{');
        return apply('sqrt', bracketed('}'));
      case '\\sqrt[3]':
        expect('{');
        return apply('cbrt', bracketed('}'));
      case '\\frac': {
        expect('{');
        const top = bracketed('}');
        expect('{');
        return div(top, bracketed('}'));
      }
      case '\\pi':
      case 'π':
        return PI;
      case '\\psi^{(': {
        const order = bracketed(')');
        expect('}');
        expect('(');
        return apply('polygamma', order, bracketed(')'));
      }
      case 'polygamma':
        expect('(');
        return apply('polygamma', ...list());
      case '\\begin{cases}': {
        const rows: [Expr, Expr][] = [];
        for (;;) {
          const value = selection();
          expect('&');
          if (accept('\\text{otherwise}')) {
            expect('\\end{cases}');
            return rows.reduceRight((no, [yes, c]) => apply('where', c, yes, no), value);
          }
          expect('\\text{if }');
          rows.push([value, disjunction()]);
          expect('\\\\');
        }
      }
    }
    assert.fail(`unexpected ${t.text} in ${text}`);
  };
  const call = (name: string): Expr => {
    const [op = '', order] = name.split(':');
    let power: Expr | undefined;
    if (all[i]?.kind === 'raised') power = raisedValue();
    else if (language === 'latex' && FUNCTION_SPELLINGS[op as 'sin']?.bare && accept('^')) power = exponent();
    let args: Expr[];
    if (accept('(')) args = list();
    else {
      const operand = [atom()];
      while (
        startsFactor() &&
        !(
          all[i]?.kind === 'function' &&
          FUNCTION_SPELLINGS[peek() as 'sin']?.bare &&
          !['sqrt', 'cbrt'].includes(peek() as string)
        )
      )
        operand.push(powerTail());
      args = [operand.reduce((a, b) => mul(a, b))];
    }
    const value = order === undefined ? apply(op, ...args) : apply('polygamma', num(Number(order)), ...args);
    return power ? pow(value, power) : value;
  };
  const powerTail = (): Expr => power();

  const e = selection();
  assert.strictEqual(
    i,
    all.length,
    `unread: ${all
      .slice(i)
      .map((t) => t.text)
      .join(' ')} in ${text}`,
  );
  return e;
}

/**
 * A text that is the same for expressions that mathematics writes alike: sums and products flattened with their signs, display
 * forms and definitions in place of primitives that have no sign of their own.
 */
export function canonical(raw: Expr): string {
  const e = shown(raw);
  if (e.kind === 'symbol') return e.name;
  if (e.kind === 'number' || isApply(e, 'mul') || isApply(e, 'div')) {
    const p = product(e);
    return `${p.minus ? '-' : ''}${p.top.join('*')}${p.bottom.length ? `/${p.bottom.join('/')}` : ''}`;
  }
  if (isApply(e, 'add') || isApply(e, 'sub') || isApply(e, 'neg')) {
    const terms = summands(e);
    return terms.length === 1 ? (terms[0] as string) : `(${terms.join(' ; ')})`;
  }
  if (isApply(e, 'exp')) return `pow(e,${canonical(e.args[0] as Expr)})`;
  if (isApply(e, 'where') && isNumber(e.args[1] as Expr, 1) && isNumber(e.args[2] as Expr, 0))
    return truth(e.args[0] as Expr);
  if (isApply(e, 'where'))
    return `where(${truth(e.args[0] as Expr)},${canonical(e.args[1] as Expr)},${canonical(e.args[2] as Expr)})`;
  if (e.op === 'and' || e.op === 'or' || e.op === 'not') {
    const flat = (x: Expr): Expr[] => (e.op !== 'not' && isApply(x, e.op) ? x.args.flatMap(flat) : [x]);
    return `${e.op}(${e.args.flatMap(flat).map(truth).join()})`;
  }
  return e.args.length === 0 ? e.op : `${e.op}(${e.args.map(canonical).join()})`;
}

/** A condition: a number stands for "is not 0". */
function truth(e: Expr): string {
  const c = shown(e);
  return c.kind === 'apply' && ['lt', 'le', 'gt', 'ge', 'eq', 'ne', 'and', 'or', 'not'].includes(c.op)
    ? canonical(c)
    : isApply(c, 'where') && isNumber(c.args[1] as Expr, 1) && isNumber(c.args[2] as Expr, 0)
      ? `ne(${truth(c.args[0] as Expr)},0)`
      : `ne(${canonical(c)},0)`;
}

function shown(e: Expr): Expr {
  if (e.kind !== 'apply' || !isScalarOp(e.op) || ['add', 'sub', 'mul', 'div', 'neg', 'pow'].includes(e.op)) return e;
  const { value } = RULES[e.op];
  const name = value.kind === 'intrinsic' ? value.kernel : e.op;
  if (FUNCTION_SPELLINGS[name]) return apply(name, ...e.args);
  if (value.kind !== 'intrinsic') return shown(expand(e) as Expr);
  return value.display ? shown(instantiate(value.display, e.args)) : e;
}

const opposite = (s: string): string => (s.startsWith('-') ? s.slice(1) : `-${s}`);

function summands(raw: Expr): string[] {
  const e = shown(raw);
  if (isApply(e, 'add')) return e.args.flatMap(summands);
  if (isApply(e, 'sub')) return [...summands(e.args[0] as Expr), opposite(canonical(e.args[1] as Expr))];
  if (isApply(e, 'neg')) return [opposite(canonical(e.args[0] as Expr))];
  return [canonical(e)];
}

function product(raw: Expr): { minus: boolean; top: string[]; bottom: string[] } {
  const e = shown(raw);
  if (e.kind === 'number') {
    const minus = e.value < 0 || Object.is(e.value, -0);
    return { minus, top: [String(minus ? -e.value : e.value)], bottom: [] };
  }
  if (isApply(e, 'neg')) {
    const p = product(e.args[0] as Expr);
    return { ...p, minus: !p.minus };
  }
  if (isApply(e, 'mul') || isApply(e, 'div')) {
    const [a, b] = e.args.map(product) as [ReturnType<typeof product>, ReturnType<typeof product>];
    const minus = a.minus !== b.minus;
    return e.op === 'mul'
      ? { minus, top: [...a.top, ...b.top], bottom: [...a.bottom, ...b.bottom] }
      : { minus, top: [...a.top, ...b.bottom], bottom: [...a.bottom, ...b.top] };
  }
  return { minus: false, top: [canonical(e)], bottom: [] };
}
