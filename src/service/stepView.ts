/** One step of a trace as the reader sees it: numbers, formulas, contributions, and where it is written. */
import {
  adjointFormula,
  contributionFormula,
  isScalarStep,
  partialFormula,
  primalFormula,
  readSymbol,
  symbolValue,
  tangentFormula,
  type Use,
  usesOf,
  withNumbers,
} from '../autodiff/formulas';
import { contributionOf } from '../autodiff/arraySweeps';
import { type Numbering, numberSteps } from '../autodiff/numbering';
import { suppressedNotes } from '../autodiff/notes';
import type { Sweep } from '../autodiff/sweeps';
import { OP_CONSTANT, OP_INPUT, type Ref } from '../autodiff/tape';
import { momentOf, type StepNote, type Trace } from '../autodiff/trace';
import { formatNumber, printNamePath, texName } from '../format';
import type { Family, FormulaView, StepView, TensorView, ValueView } from '../protocol';
import { toJsonNumber } from '../protocol';
import { evaluate } from '../symbolic/evaluate';
import { type Expr, symbols } from '../symbolic/expr';
import { formulaToLatex } from '../autodiff/formulaLatex';
import { arrayView, MOST_ELEMENTS, valueView } from './arrayView';
import type { OpenDocument } from './documents';

/** A trace with both sweeps done: what rows are made from. */
export interface SweptTrace {
  readonly document: OpenDocument;
  readonly trace: Trace;
  readonly numbering: Numbering;
  /** Tangents for the chosen input; absent where none was chosen. */
  readonly tangent: Sweep | undefined;
  /** The chosen input, as a row. */
  readonly direction: Ref | undefined;
  readonly adjoint: Sweep;
  readonly connected: ReadonlySet<Ref>;
  readonly uses: ReadonlyMap<Ref, readonly Use[]>;
  /** By position: identities of rows that survive an edit elsewhere. */
  readonly keys: readonly string[];
  /** What is worth knowing of a step: of its value, and of what the reverse sweep did there. */
  readonly notes: ReadonlyMap<Ref, readonly StepNote[]>;
  /** Names bound to a value, as NamePath texts. */
  readonly bindings: ReadonlyMap<Ref, readonly string[]>;
}

type Given = Omit<SweptTrace, 'numbering' | 'uses' | 'keys' | 'notes' | 'bindings'>;

export function sweptTrace(parts: Given): SweptTrace {
  const numbering = numberSteps(parts.trace);
  const uses = usesOf(parts.trace.tape, parts.trace.output, (row) => numbering.indexOf(row) > 0);
  const { trace, adjoint } = parts;
  return {
    ...parts,
    numbering,
    uses,
    keys: rowKeys(trace, numbering),
    notes: byRow([...trace.notes, ...suppressedNotes(trace, adjoint, parts.tangent)], (note) => note),
    bindings: byRow(trace.bindings, ({ name }) => printNamePath(name)),
  };
}

function byRow<T extends { readonly row: Ref }, U>(items: readonly T[], of: (item: T) => U): Map<Ref, U[]> {
  const rows = new Map<Ref, U[]>();
  for (const item of items) {
    const known = rows.get(item.row);
    if (known) known.push(of(item));
    else rows.set(item.row, [of(item)]);
  }
  return rows;
}

/** Inputs by name, steps by site and moment; several steps of one place are counted. */
function rowKeys(trace: Trace, numbering: Numbering): string[] {
  const inputs = new Map(trace.inputs.map((input) => [input.row, printNamePath(input.name)]));
  const seen = new Map<string, number>();
  return numbering.rows.map((row) => {
    const input = inputs.get(row);
    const key = input === undefined ? [trace.tape.site(row), ...momentOf(trace, row)].join('.') : `input ${input}`;
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    return ordinal === 0 ? key : `${key} ${ordinal + 1}`;
  });
}

/** `v3`. */
export function stepName(numbering: Numbering, row: Ref): string {
  return `v${numbering.indexOf(row)}`;
}

const FAMILY_TEX = { v: 'v', t: '\\dot v', a: '\\bar v' } as const;

function stepTex(numbering: Numbering, row: Ref, family: 'v' | 't' | 'a' = 'v'): string {
  const index = numbering.indexOf(row);
  return `${FAMILY_TEX[family]}_${index < 10 ? index : `{${index}}`}`;
}

/** A page of steps, in the order of their numbers. */
export function stepViews(swept: SweptTrace, from: number, count: number): StepView[] {
  return swept.numbering.rows.slice(from, from + count).map((row) => stepView(swept, row));
}

export function stepView(swept: SweptTrace, row: Ref): StepView {
  const { trace, numbering, document, tangent, adjoint } = swept;
  const { tape } = trace;
  const site = tape.site(row);
  const spans = trace.spans(site);
  const input = trace.inputs.find((i) => i.row === row);
  const bindings = swept.bindings.get(row) ?? [];
  const first = spans[0];
  const label = input ? printNamePath(input.name) : first ? oneLine(document.text(first)) : tape.opName(row);
  return {
    row,
    key: swept.keys[numbering.indexOf(row) - 1] as string,
    index: numbering.indexOf(row),
    name: stepName(numbering, row),
    tex: stepTex(numbering, row),
    label,
    bindings: [...bindings],
    op: tape.opName(row),
    operands: tape.operands(row).map((p, slot) => ({
      row: p,
      ...(numbering.indexOf(p) > 0 ? { name: stepName(numbering, p) } : {}),
      value: rowValue(swept, p),
      ...(isScalarStep(tape, row) && tape.code(p) !== OP_CONSTANT ? { partial: partialView(swept, row, slot) } : {}),
    })),
    value: rowValue(swept, row),
    tangent: tangent ? sweepValue(swept, tangent, row) : null,
    adjoint: row === trace.output || swept.uses.has(row) ? sweepValue(swept, adjoint, row) : null,
    primal: primalView(swept, row, input ? label : undefined),
    tangentFormula: tangentView(swept, row),
    adjointFormula: adjointView(swept, row),
    contributions: contributionViews(swept, row),
    notes: [...(swept.notes.get(row) ?? []).map(({ code, text }) => ({ code, text })), ...manyUses(swept, row)],
    ranges: spans.map((span) => document.range(span)),
    scope: tape.scope(row),
  };
}

function rowValue({ trace: { tape } }: SweptTrace, row: Ref): ValueView {
  return valueView(tape.isArray(row) ? tape.array(row) : (tape.value[row] as number));
}

/** Value of a sweep at a row; an array that the sweep never reached is zero. */
function sweepValue({ trace: { tape } }: SweptTrace, sweep: Sweep, row: Ref): ValueView {
  if (!tape.isArray(row)) return toJsonNumber(sweep.scalars[row] as number);
  const array = sweep.arrays.get(row);
  return array ? valueView(array) : 0;
}

/** An array of a step with all of its elements; `null` where the step has a number, or nothing. */
export function wholeArray(swept: SweptTrace, row: Ref, family: Family): TensorView | null {
  const { tape } = swept.trace;
  if (!Number.isInteger(row) || row < 0 || row >= tape.length || !tape.isArray(row)) return null;
  const sweep = family === 'tangent' ? swept.tangent : swept.adjoint;
  const array = family === 'primal' ? tape.array(row) : sweep?.arrays.get(row);
  return array ? arrayView(array, MOST_ELEMENTS) : null;
}

function partialView(swept: SweptTrace, row: Ref, slot: number) {
  const formula = partialFormula(swept.trace.tape, row, slot);
  return {
    tex: tex(swept, formula),
    value: toJsonNumber(evaluate(formula, (name) => symbolValue(swept.trace.tape, name))),
  };
}

function primalView(swept: SweptTrace, row: Ref, inputName: string | undefined): FormulaView {
  const { trace, numbering } = swept;
  const left = stepTex(numbering, row);
  if (inputName !== undefined) {
    const value = trace.tape.isArray(row) ? '' : numberTex(trace.tape.value[row] as number);
    return { left, right: '', numbers: value };
  }
  return formulaView(swept, left, primalFormula(trace.tape, row));
}

function tangentView(swept: SweptTrace, row: Ref): FormulaView {
  const { trace, numbering, direction } = swept;
  const left = stepTex(numbering, row, 't');
  if (trace.tape.code(row) === OP_INPUT) {
    const value = numberTex(row === direction ? 1 : 0);
    return { left, right: value, numbers: value };
  }
  return formulaView(swept, left, tangentFormula(trace.tape, row));
}

function manyUses({ uses }: SweptTrace, row: Ref): { code: string; text: string }[] {
  const count = uses.get(row)?.length ?? 0;
  if (count <= CONTRIBUTIONS) return [];
  const [all, told] = [count, CONTRIBUTIONS].map((n) => n.toLocaleString('en'));
  return [
    { code: 'many-uses', text: `${all} operands are this value: the contributions of the first ${told} are listed` },
  ];
}

/** A sum of more terms than these is written with dots before its last one. */
const SUMMANDS = 12;
/** Of a value that more steps use, the contributions of the first ones are told. */
const CONTRIBUTIONS = 500;

function adjointView(swept: SweptTrace, row: Ref): FormulaView {
  const { trace, numbering, uses } = swept;
  const left = stepTex(numbering, row, 'a');
  const own = uses.get(row) ?? [];
  // The output is the seed; what other steps of its own send back would be added to it.
  if (own.length === 0)
    return {
      left,
      right: row === trace.output ? '1' : '0',
      numbers: row === trace.output ? '1' : '0',
    };
  if (own.length <= SUMMANDS) return formulaView(swept, left, adjointFormula(trace.tape, own));
  const first = adjointFormula(trace.tape, own.slice(0, SUMMANDS - 1));
  const last = adjointFormula(trace.tape, own.slice(-1));
  const dotted = (print: (e: Expr) => string) => {
    const [head, tail] = [print(first), print(last)];
    return head === '' ? '' : `${head} + \\cdots ${tail.startsWith('-') ? `- ${tail.slice(1)}` : `+ ${tail}`}`;
  };
  return { left, right: dotted((e) => tex(swept, e)), numbers: dotted((e) => numbersTex(swept, e)) };
}

function contributionViews(swept: SweptTrace, row: Ref): StepView['contributions'] {
  const { trace, adjoint, uses } = swept;
  return (uses.get(row) ?? []).slice(0, CONTRIBUTIONS).map((use) => {
    const formula = contributionFormula(trace.tape, use.user, use.slot);
    return {
      from: use.user,
      tex: tex(swept, formula),
      numbers: numbersTex(swept, formula),
      value: valueView(contributionOf(trace.tape, adjoint, use.user, use.slot) ?? 0),
    };
  });
}

function formulaView(swept: SweptTrace, left: string, right: Expr): FormulaView {
  return { left, right: tex(swept, right), numbers: numbersTex(swept, right) };
}

function tex(swept: SweptTrace, e: Expr): string {
  const { numbering } = swept;
  return formulaToLatex(e, {
    symbol: (name) => {
      const read = readSymbol(name);
      if (!read) return undefined;
      return numbering.indexOf(read.row) > 0 ? stepTex(numbering, read.row, read.family) : constantTex(swept, read.row);
    },
    number: numberTex,
  });
}

/** An array that no input reaches is no step: it goes by the name that the source gives it. */
export function constantTex({ trace, document }: SweptTrace, row: Ref): string {
  const name = trace.bindings.find((b) => b.row === row)?.name;
  if (name) return texName(name);
  const span = trace.spans(trace.tape.site(row))[0];
  const text = span && oneLine(document.text(span));
  return text !== undefined && /^[\w.]{1,16}$/.test(text) ? texName([text]) : `c_{${row}}`;
}

function numbersTex(swept: SweptTrace, e: Expr): string {
  const { tape } = swept.trace;
  // A formula of arrays with numbers in place of names would be a page of digits.
  if ([...symbols(e)].some((name) => tape.isArray(readSymbol(name)?.row ?? -1))) return '';
  return formulaToLatex(withNumbers(e, tape, swept.tangent, swept.adjoint), {
    number: numberTex,
  });
}

/** Four digits, in TeX. */
export function numberTex(x: number): string {
  if (Number.isNaN(x)) return '\\mathrm{NaN}';
  if (!Number.isFinite(x)) return x > 0 ? '\\infty' : '-\\infty';
  const text = formatNumber(x, { plain: true });
  const [mantissa, exponent] = text.split('e');
  return exponent === undefined ? text : `${mantissa} \\cdot 10^{${exponent}}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
