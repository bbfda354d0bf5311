/**
 * Reads a formula of an array step as it is printed, and evaluates it: nothing of the printer is used, so that what the
 * reader sees is what is tested. Pieces of array notation become letters; what is left between them is read as scalar
 * mathematics is.
 */
import assert from 'node:assert/strict';
import { evaluateFormula } from '../../../src/autodiff/formulaValue';
import { ARRAYS } from '../../../src/autodiff/tensorRules';
import { isScalarOp } from '../../../src/symbolic/rules';
import { FUNCTION_SPELLINGS } from '../../../src/symbolic/spelling';
import type { IndexItem, NdArray } from '../../../src/tensor';
import { parse } from '../../symbolic/parse';

export interface Meanings {
  /** Value of what is printed as `\mathsf{name}`. */
  readonly symbol: (name: string) => NdArray;
  /** The data that is printed as `D_{k}`. */
  readonly data: (k: number) => unknown;
}

const LETTERS = 'abcdfghijklmnopqrstuvwxyz';
const SCALAR_FUNCTIONS = new Set(Object.values(FUNCTION_SPELLINGS).map((s) => (s as { latex: string }).latex));
const OPEN: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
/** Names that are printed, where they are not those of the operation. */
const OPERATIONS: Readonly<Partial<Record<string, string>>> = { cof: 'cofactor', sym: 'symmetrize', tr: 'trace' };

/** What stands between a delimiter at `from` and its partner, and where that ends. */
function enclosed(tex: string, from: number): { inner: string; end: number } {
  let depth = 0;
  for (let i = from; i < tex.length; i++) {
    if (tex.startsWith('\\left', i) || tex.startsWith('\\right', i)) {
      i += tex.startsWith('\\left', i) ? 4 : 5;
      continue;
    }
    if (tex[i] === '\\') {
      if (!/[a-zA-Z]/.test(tex[i + 1]!)) i++;
      continue;
    }
    if (tex[i]! in OPEN) depth++;
    if (Object.values(OPEN).includes(tex[i]!) && --depth === 0) {
      const inner = tex.slice(from + 1, i);
      return { inner: inner.endsWith('\\right') ? inner.slice(0, -6) : inner, end: i + 1 };
    }
  }
  return assert.fail(`nothing closes ${tex.slice(from)}`);
}

/** Splits at a separator that stands in no delimiters. */
function split(tex: string, ...separators: string[]): { parts: string[]; signs: string[] } {
  const parts: string[] = [];
  const signs: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < tex.length; i++) {
    if (tex.startsWith('\\begin', i)) depth++;
    if (tex.startsWith('\\end', i)) depth--;
    const separator = depth === 0 ? separators.find((s) => tex.startsWith(s, i)) : undefined;
    if (separator !== undefined) {
      parts.push(tex.slice(start, i));
      signs.push(separator);
      start = i + separator.length;
      i = start - 1;
      continue;
    }
    // The comma of a thin space separates nothing.
    if (tex[i] === '\\' && !/[a-zA-Z]/.test(tex[i + 1] ?? '')) i++;
    else if (tex[i]! in OPEN) depth++;
    else if (Object.values(OPEN).includes(tex[i]!)) depth--;
  }
  return { parts: [...parts, tex.slice(start)], signs };
}

/** Value of a printed formula. */
export function evaluateLatex(tex: string, meanings: Meanings): NdArray {
  return new Reader(meanings).value(tex);
}

class Reader {
  constructor(private readonly meanings: Meanings) {}

  value(tex: string): NdArray {
    const known = new Map<string, NdArray>();
    /** Vectors that are written as rows. */
    const rows = new Set<string>();
    const letter = (value: NdArray): string => {
      const name = LETTERS[known.size];
      assert(name, `more pieces than letters in ${tex}`);
      known.set(name, value);
      return name;
    };
    const scalar = (text: string): NdArray =>
      evaluateFormula(
        parse(text, 'latex'),
        (name) => known.get(name)!,
        () => undefined,
      );
    const reduced = this.reduce(tex, letter, rows, scalar);
    const { parts, signs } = split(reduced, ' + ', ' - ');
    if (!/\\odot|\\,/.test(reduced) && !parts.some((part) => this.isDot(part, known))) return scalar(reduced);
    const term = (text: string): NdArray => {
      const by = (separator: string, product: (x: NdArray, y: NdArray, right: string) => NdArray) => {
        const factors = split(text, separator).parts;
        return factors.slice(1).reduce((x, right) => product(x, term(right), right), term(factors[0]!));
      };
      if (text.startsWith('-')) return ARRAYS.elementwise('neg', term(text.slice(1)));
      if (text.includes(' \\odot '))
        return by(' \\odot ', (x, y) =>
          evaluateFormula(
            {
              kind: 'apply',
              op: 'hadamard',
              args: [
                { kind: 'symbol', name: 'x' },
                { kind: 'symbol', name: 'y' },
              ],
            },
            (name) => (name === 'x' ? x : y),
            () => undefined,
          ),
        );
      if (text.includes('\\, '))
        return by('\\, ', (x, y, right) => ARRAYS.tensor(rows.has(right) ? 'outer' : 'matmul', [x, y], {}));
      if (this.isDot(text, known)) return by(' \\cdot ', (x, y) => ARRAYS.tensor('dot', [x, y], {}));
      return scalar(text);
    };
    return parts.slice(1).reduce((x, part, i) => {
      return ARRAYS.elementwise(signs[i] === ' + ' ? 'add' : 'sub', x, term(part));
    }, term(parts[0]!));
  }

  /** A dot between two arrays; of numbers it is a product. */
  private isDot(text: string, known: ReadonlyMap<string, NdArray>): boolean {
    const factors = /^-?([a-z]) \\cdot ([a-z])$/.exec(text);
    return !!factors && known.get(factors[1]!)!.ndim > 0 && known.get(factors[2]!)!.ndim > 0;
  }

  /** The formula with letters in place of array notation. */
  private reduce(
    tex: string,
    letter: (value: NdArray) => string,
    rows: Set<string>,
    scalar: (text: string) => NdArray,
  ): string {
    let out = '';
    let i = 0;
    /** What follows an array: transposition or an index. */
    const suffixed = (value: NdArray): string => {
      let row = false;
      for (;;) {
        if (tex.startsWith('^{\\top}', i)) {
          row = value.ndim === 1;
          value = ARRAYS.tensor('transpose', [value], {});
          i += 7;
        } else if (tex[i] === '[') {
          const { inner, end } = enclosed(tex, i);
          value = ARRAYS.tensor('index', [value], { items: this.items(inner) });
          i = end;
        } else break;
      }
      const name = letter(value);
      if (row) rows.add(name);
      return name;
    };
    const isSuffixed = () => tex.startsWith('^{\\top}', i) || tex[i] === '[';
    while (i < tex.length) {
      const rest = tex.slice(i);
      const symbol = /^\\mathsf\{(\w+)\}/.exec(rest);
      const data = /^D_\{(\d+)\}/.exec(rest);
      const operator = /^\\operatorname\{([^}]*)\}/.exec(rest);
      if (symbol) {
        i += symbol[0].length;
        out += suffixed(this.meanings.symbol(symbol[1]!));
      } else if (data) {
        i += data[0].length;
        out += suffixed(this.meanings.data(Number(data[1])) as NdArray);
      } else if (operator && !SCALAR_FUNCTIONS.has(operator[0])) {
        i += operator[0].length;
        let under = '';
        if (tex[i] === '_') {
          const { inner, end } = enclosed(tex, i + 1);
          [under, i] = [inner, end];
        }
        const { inner, end } = enclosed(tex, i);
        i = end;
        const operands = split(inner, ', ').parts.map((part) => this.value(part));
        out += suffixed(this.call(operator[1]!.replaceAll('\\_', '_'), under, operands));
      } else if (operator) {
        out += operator[0];
        i += operator[0].length;
      } else if (rest.startsWith('\\begin{cases}')) {
        const end = this.closing(tex, i, '\\begin{cases}', '\\end{cases}');
        out += letter(this.cases(tex.slice(i + 13, end)));
        i = end + 11;
      } else if (/^\\left[|([]/.test(rest)) {
        if (!rest.startsWith('\\left|')) i += 5;
        else {
          const end = this.closing(tex, i, '\\left|', '\\right|');
          out += `\\left|${letter(this.value(tex.slice(i + 6, end)))}\\right|`;
          i = end + 7;
          continue;
        }
      } else if (
        rest.startsWith('^{') ||
        rest.startsWith('\\sqrt{') ||
        rest.startsWith('\\sqrt[3]{') ||
        rest.startsWith('\\frac{')
      ) {
        const brace = tex.indexOf('{', i);
        const { inner, end } = enclosed(tex, brace);
        out += `${tex.slice(i, brace)}{${/^\d+$/.test(inner) ? inner : letter(this.value(inner))}}`;
        i = end;
      } else if (rest.startsWith('\\psi^{')) {
        const { inner, end } = enclosed(tex, i + 5);
        out += `\\psi^{(${letter(this.value(inner.slice(1, -1)))})}`;
        i = end;
      } else if (rest.startsWith('_{')) {
        const { end } = enclosed(tex, tex.indexOf('{', i));
        out += tex.slice(i, end);
        i = end;
      } else if (rest.startsWith('\\mathrm{NaN}') || rest.startsWith('\\infty')) {
        out += letter(ARRAYS.number(rest.startsWith('\\infty') ? Infinity : NaN));
        i += rest.startsWith('\\infty') ? 6 : 12;
      } else if (tex[i] === '(' || tex[i] === '{') {
        const { inner, end } = enclosed(tex, i);
        const parts = split(inner, ', ').parts;
        i = end;
        if (parts.length === 1 && isSuffixed()) out += suffixed(this.value(inner));
        else out += `(${parts.map((part) => letter(this.value(part))).join(', ')})`;
      } else if (tex[i] === '[') {
        const { inner, end } = enclosed(tex, i);
        i = end;
        out += letter(this.condition(inner));
      } else if (rest.startsWith('\\,')) {
        out += '\\,';
        i += 2;
      } else out += tex[i++];
    }
    return /\\land|\\lor|\\lnot| [<>=] |\\[lgn]e /.test(out) ? letter(scalar(out)) : out;
  }

  private closing(tex: string, from: number, open: string, close: string): number {
    let depth = 0;
    for (let i = from; i < tex.length; i++) {
      if (tex.startsWith(open, i)) depth++;
      if (tex.startsWith(close, i) && --depth === 0) return i;
    }
    return assert.fail(`nothing closes ${tex.slice(from)}`);
  }

  private condition(tex: string): NdArray {
    return this.value(tex);
  }

  private cases(body: string): NdArray {
    const rows = split(body, ' \\\\ ').parts.map((row) => split(row.trim(), ' & ').parts as [string, string]);
    return rows.reduceRight<NdArray | undefined>((no, [value, when]) => {
      const yes = this.value(value);
      if (when.startsWith('\\text{otherwise}')) return yes;
      return ARRAYS.select(this.condition(when.replace('\\text{if } ', '')), yes, no);
    }, undefined)!;
  }

  private call(name: string, under: string, operands: readonly NdArray[]): NdArray {
    let attributes: Record<string, unknown> = {};
    let op = OPERATIONS[name] ?? name;
    const target = /(?:^|\] |,\\ )\\to (.*)$/.exec(under);
    const shape = (text: string) => (text === '\\text{scalar}' ? [] : text.split('\\times ').map(Number));
    if (op === 'einsum' && under.includes(' \\to ')) {
      const [, inputs = '', output = '', repeated = ''] = /^(.*) \\to (\\cdot|\w*)(.*)$/.exec(under)!;
      const extents: Record<string, number> = {};
      const labels = inputs.split(',');
      labels.forEach((own, i) =>
        [...own].forEach((label, axis) => {
          // An axis of extent 1 broadcasts.
          if ((extents[label] ?? 1) === 1) extents[label] = operands[i]!.shape[axis]!;
        }),
      );
      for (const [, label, extent] of repeated.matchAll(/,\\ (\w)=(\d+)/g)) extents[label!] = Number(extent);
      attributes = { inputs: labels, output: output === '\\cdot' ? '' : output, extents };
      op = 'contract';
    } else if (op === 'embed' || op === 'clear') {
      const { inner, end } = enclosed(under, 0);
      attributes = { items: this.items(inner), ...(op === 'embed' ? { shape: shape(under.slice(end + 5)) } : {}) };
    } else if (target) {
      op = name === 'repeat' ? 'broadcast' : name === 'sum' ? 'sum_to' : name;
      attributes = { shape: shape(target[1]!) };
    } else if (under !== '') {
      for (const entry of split(under, ',\\ ').parts) Object.assign(attributes, this.attribute(op, entry));
    }
    if (op === 'cumsum' && attributes.reverse) op = 'running_sum';
    if (isScalarOp(op)) return ARRAYS.elementwise(op, operands[0]!, operands[1]);
    return ARRAYS.tensor(op, operands, attributes);
  }

  private attribute(op: string, entry: string): Record<string, unknown> {
    const axis = /^\\text\{axis \}(.*)$/.exec(entry);
    if (axis) {
      const axes = axis[1] === '' ? [] : axis[1]!.split(',').map(Number);
      const key = op === 'transpose' || op === 'permute' || op === 'tensordot' ? 'axes' : 'axis';
      return { [key]: key === 'axis' && axes.length === 1 ? axes[0] : axes };
    }
    if (entry.startsWith('[')) return { items: this.items(entry.slice(1, -1)) };
    const [, word, single, , value] = /^(?:\\text\{([^}]*)\}|(\w))(=(.*))?$/.exec(entry)!;
    if (op === 'einsum' && value === undefined) return { subscripts: word };
    const key = single ?? word!.replace(/ (\w)/g, (_, c: string) => c.toUpperCase());
    if (key.startsWith('no') && key !== 'norm') return { [key[2]!.toLowerCase() + key.slice(3)]: false };
    return { [key]: value === undefined ? true : this.attributeValue(value) };
  }

  private attributeValue(text: string): unknown {
    if (text === '()') return [];
    if (text.startsWith('(')) return split(text.slice(1, -1), ',').parts.map((part) => this.attributeValue(part));
    const data = /^D_\{(\d+)\}$/.exec(text);
    if (data) return this.meanings.data(Number(data[1]));
    const word = /^\\text\{(.*)\}$/.exec(text);
    return word ? word[1] : Number(text.replace('\\infty', 'Infinity'));
  }

  private items(text: string): IndexItem[] {
    if (text === '') return [];
    const number = (s: string | undefined) => (s === undefined || s === '' ? undefined : Number(s));
    return split(text, ', ').parts.map((item): IndexItem => {
      const data = /^D_\{(\d+)\}$/.exec(item);
      if (data) return { kind: 'array', array: this.meanings.data(Number(data[1])) as NdArray };
      if (item === '+') return { kind: 'newaxis' };
      if (item === '\\ldots') return { kind: 'ellipsis' };
      if (!item.includes('{:}')) return { kind: 'integer', value: Number(item) };
      const [start, stop, step] = item.split('{:}').map(number);
      return { kind: 'slice', start, stop, step };
    });
  }
}
