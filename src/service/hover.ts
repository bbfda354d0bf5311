/**
 * Hovers: the gradient first, then the value, then where the value comes from. Text and plain tables only,
 * so that screen readers can read them and themes colour them.
 */
import { NOT_CONNECTED, ORIGIN_WORDS, formatNumber, isPartOf, printNamePath, sameNamePath, texToText } from '../format';
import { isUnknown, type NamePath, type Span, type Unknown } from '../model';
import { rowAt, type TraceInput } from '../autodiff/trace';
import { primalSymbol } from '../autodiff/formulas';
import type { Ref } from '../autodiff/tape';
import type { Occurrence, Recorded, Traceable, UpdateValues } from '../languages/frontEnd';
import { lineName } from '../languages/lineName';
import { toText } from '../symbolic/text';
import type { NdArray } from '../tensor';
import { chainsTo, type Factor } from './definitionChain';
import type { OpenDocument } from './documents';
import type { Evaluation } from './evaluation';
import { code, html, prose, quotient, tableRow, unbroken, unknownText } from './hoverText';
import { cellText, elementsText, valueText } from './hoverValue';
import { jacobianLines } from './jacobianHover';
import type { HoverAnswer } from './languageService';
import { networkIn, networkView } from './networkView';
import { trySweep } from './sweep';
import { stepName, type SweptTrace } from './stepView';
import { outputExpression, symbolicDerivative } from './symbolicGradient';

/** What stands at an offset, with its value and the derivative of the output by it. */
export async function hover(
  document: OpenDocument,
  offset: number,
  evaluation: Evaluation,
): Promise<HoverAnswer | undefined> {
  for (const occurrence of document.frontEnd.at(document.analysis, offset)) {
    const plain = await evaluation.record(document, occurrence.traceable, {});
    const outcome = isUnknown(plain) ? plain : await withInput(document, occurrence, plain, evaluation);
    if (isUnknown(outcome)) {
      // Silent about code that was never traceable; honest about a formula or function that is.
      if (occurrence.name === undefined && occurrence.site === undefined) continue;
      return answer(document, occurrence.span, [whyUnknown(document, outcome, occurrence.span)]);
    }
    const swept = trySweep(document, outcome.trace);
    if (typeof swept === 'string') return answer(document, occurrence.span, [`*no derivative*: ${prose(swept)}`]);
    const lines = describe(swept, outcome, occurrence, document);
    if (lines) {
      const row = meant(swept, outcome, occurrence);
      return answer(document, occurrence.span, withFinding(lines, swept, row, occurrence.traceable));
    }
  }
  return hoverOnName(document, offset, evaluation);
}

/**
 * A derivative by a name that is defined on the way holds that name fixed: where that is asked for, or where several
 * names share a value, it is recorded with the name as an input.
 */
async function withInput(
  document: OpenDocument,
  { name, derivative, traceable }: Occurrence,
  recorded: Recorded,
  evaluation: Evaluation,
): Promise<Recorded | Unknown> {
  const { inputs, bindings, outputName } = recorded.trace;
  if (!name || traceable.kind !== 'formula' || sameNamePath(outputName, name)) return recorded;
  if (inputs.some((i) => sameNamePath(i.name, name))) return recorded;
  const own = bindings.find((b) => sameNamePath(b.name, name));
  const isShared = own && bindings.some((b) => b.row === own.row && !sameNamePath(b.name, name));
  if (!derivative && !isShared) return recorded;
  const cut = await evaluation.record(document, traceable, { wrt: [printNamePath(name)] });
  return isUnknown(cut) && !derivative ? recorded : cut;
}

/** The name of a function or formula stands for what it yields. */
async function hoverOnName(
  document: OpenDocument,
  offset: number,
  evaluation: Evaluation,
): Promise<HoverAnswer | undefined> {
  const named = document.traceables.find(
    ({ nameSpan }) => nameSpan && nameSpan.from <= offset && offset <= nameSpan.to,
  );
  if (!named?.nameSpan) return undefined;
  const outcome = await evaluation.record(document, named, {});
  if (isUnknown(outcome)) return answer(document, named.nameSpan, [whyUnknown(document, outcome, named.nameSpan)]);
  const swept = trySweep(document, outcome.trace);
  if (typeof swept === 'string') return answer(document, named.nameSpan, [`*no derivative*: ${prose(swept)}`]);
  const lines = outputLines(swept, outcome, outputName(swept, outcome));
  return answer(document, named.nameSpan, withFinding(lines, swept, swept.trace.output, named));
}

/** The reason, with the line where it begins unless that is the line of the hover. */
function whyUnknown(document: OpenDocument, { reason, span }: Unknown, at: Span): string {
  const [cause, here] = [span, at].map(({ from }) => lineName(document.source, from));
  return unknownText(reason, cause === here ? undefined : cause);
}

function describe(swept: SweptTrace, recorded: Recorded, at: Occurrence, document: OpenDocument): string[] | undefined {
  const { trace } = swept;
  const named = at.name;
  if (recorded.update && named && sameNamePath(recorded.update.name, named)) return updateLines(swept, recorded);
  const row = meant(swept, recorded, at);
  const input = trace.inputs.find((i) => i.row === row);
  const element = input && at.element && elementLines(swept, recorded, input, at.element);
  if (element) return element;
  // An object or a list stands for its parts.
  const parts =
    named && input ? trace.inputs.filter(({ name }) => name.length > named.length && isPartOf(named, name)) : [];
  if (parts.length > 1 && !isAssumed(swept)) return gradientLines(swept, recorded, parts);
  if (input && at.derivative && trace.tape.isArray(trace.output) && !isAssumed(swept)) {
    const names = { output: outputName(swept, recorded), input: shown(input.name, recorded) };
    const { analysis, frontEnd } = document;
    const layout = frontEnd.jacobianLayout?.(analysis) ?? { layout: 'numerator', source: 'none' };
    if (swept.connected.has(input.row))
      return [...jacobianLines(swept, input, names, layout), context(swept, recorded)];
  }
  if (input) return inputLines(swept, recorded, input, at.derivative);
  // A derivative by what is no input of the trace has no number there.
  if (at.derivative) return undefined;
  if (row === undefined) return undefined;
  if (row === trace.output && recorded.update) return updateLines(swept, recorded);
  if (row === trace.output) return outputLines(swept, recorded, outputName(swept, recorded));
  // What is written in numbers alone says what it is; what it stands in is more than it.
  if (!named && isWrittenInNumbers(at, recorded, document)) return undefined;
  return stepLines(
    swept,
    recorded,
    row,
    named ? shown(named, recorded) : oneLine(written(document.text(at.span), recorded)),
  );
}

function isWrittenInNumbers({ span }: Occurrence, recorded: Recorded, document: OpenDocument): boolean {
  return !/\p{L}/u.test(written(document.text(span), recorded));
}

/** Before the last line, which is about the trace as a whole. */
function withFinding(
  lines: readonly string[],
  swept: SweptTrace,
  row: Ref | undefined,
  traceable: Traceable,
): string[] {
  const found = findingLine(swept, row, traceable);
  return found === undefined ? [...lines] : [...lines.slice(0, -1), found, ...lines.slice(-1)];
}

/** The gravest finding about the network that a value belongs to: of its output any, of a parameter or a layer its own. */
function findingLine(swept: SweptTrace, row: Ref | undefined, traceable: Traceable): string | undefined {
  const network = row === undefined ? undefined : networkIn(swept);
  if (!network || row === undefined) return undefined;
  const layer = network.layers.find(
    ({ parameters, z, outputs }) =>
      parameters.some((p) => p.row === row || p.leaf === row) || z.includes(row) || outputs.includes(row),
  );
  const own = network.otherParameters.find((p) => p.row === row);
  const isOutput = row === swept.trace.output;
  if (!isOutput && !layer && !own) return undefined;
  const found = networkView(swept, traceable)?.diagnoses.find(
    (d) => isOutput || (layer && d.layer === layer.index) || (own && d.parameter === printNamePath(own.name)),
  );
  return found && `⚠ **${prose(found.title)}.** ${prose(found.text)}`;
}

/** Of a value along the way: the derivative by it, then the value. */
function stepLines(swept: SweptTrace, recorded: Recorded, row: Ref, text: string): string[] {
  const output = outputName(swept, recorded);
  const { numbering } = swept;
  if (numbering.indexOf(row) === 0) {
    return [
      `${code(output)} does not depend on ${code(text)}`,
      `${code(text)} = **${rowText(swept, row)}**`,
      context(swept, recorded),
    ];
  }
  const step = `step ${subscripted(stepName(numbering, row))}`;
  if (isAssumed(swept)) return [`${code(text)} · ${step}${shapeNote(swept, row)}`, context(swept, recorded)];
  return [
    derivative(swept, recorded, text, adjointText(swept, row)),
    `${code(text)} = **${rowText(swept, row)}** · ${step}`,
    context(swept, recorded),
  ];
}

/**
 * The document does not say at which point: then a hover gives formulas and shapes, and numbers are one click away.
 * Numbers of a point that we chose would look like facts.
 */
function isAssumed({ trace, connected }: SweptTrace): boolean {
  return trace.inputs.some((i) => i.origin.kind === 'assumed' && connected.has(i.row));
}

function shapeNote({ trace: { tape } }: SweptTrace, row: Ref): string {
  return tape.isArray(row) ? ` · ${tape.array(row).shape.join('×')}` : '';
}

/**
 * The row that an occurrence means. In code a name may be given another value: there the value at the place counts, when it
 * has one for the first time.
 */
function meant(swept: SweptTrace, { formula }: Recorded, at: Occurrence): Ref | undefined {
  const { trace } = swept;
  const { site, name, span } = at;
  if (formula !== undefined || site === undefined)
    return trace.inputs.find((i) => name && sameNamePath(i.name, name))?.row ?? rowOf(swept, at);
  const row = rowAt(trace, site) ?? trace.bindings.find((b) => b.site === site)?.row;
  if (row !== undefined || !name) return row;
  // Where an input is written it has a site of its own.
  const isHere = (input: TraceInput) =>
    isPartOf(name, input.name) &&
    trace.spans(trace.tape.site(input.row)).some(({ from, to }) => from === span.from && to === span.to);
  return trace.inputs.find(isHere)?.row;
}

/** The row that an occurrence means: its site, else a name bound along the way, else the output's name. */
function rowOf({ trace }: SweptTrace, at: Occurrence): Ref | undefined {
  if (at.site !== undefined) {
    const row = rowAt(trace, at.site);
    if (row !== undefined) return row;
    const bound = trace.bindings.find((b) => b.site === at.site);
    if (bound) return bound.row;
  }
  if (!at.name) return undefined;
  const name = at.name;
  if (sameNamePath(trace.outputName, name)) return trace.output;
  return trace.bindings.find((b) => sameNamePath(b.name, name))?.row;
}

/** Before, gradient, after; and after in the other order, where that differs. */
function updateLines(swept: SweptTrace, recorded: Recorded): string[] {
  const { orders = [], ...atOnce } = recorded.update as NonNullable<Recorded['update']>;
  const text = code(shown(atOnce.name, recorded));
  const line = ({ before, gradient, after }: UpdateValues) =>
    [
      ...(before === undefined ? [] : [`${text} = ${valueText(before)} before`]),
      ...(gradient === undefined ? [] : [`derivative ${valueText(gradient)}`]),
      `**${valueText(after)}** after`,
    ].join(' · ');
  const lines = [line(atOnce)];
  for (const { order, first, ...one } of orders) {
    const names = first.map((n) => code(shown(n, recorded))).join(', ');
    const how =
      order === 'successive'
        ? `In one backward pass that already uses the new ${names}`
        : `Evaluated anew with the new ${names}`;
    lines.push(`${how}: ${line(one)}`);
  }
  return [...lines, context(swept, recorded)];
}

function inputLines(swept: SweptTrace, recorded: Recorded, input: TraceInput, chain?: true): string[] {
  const name = shown(input.name, recorded);
  const output = outputName(swept, recorded);
  const connected = swept.connected.has(input.row);
  const symbolic = connected ? symbolicText(swept, input, recorded) : undefined;
  const origin = prose(input.origin.why ?? ORIGIN_WORDS[input.origin.kind]);
  const last = context(swept, recorded);
  if (!connected) {
    const note = `${code(output)} does not depend on ${code(name)}`;
    return [note, `${code(name)} = **${rowText(swept, input.row)}** · ${origin}`, last];
  }
  if (isAssumed(swept)) {
    return [
      symbolic === undefined
        ? code(name) + shapeNote(swept, input.row)
        : `${code(quotient(differentiated(swept, recorded), name))} = ${code(symbolic)}`,
      last,
    ];
  }
  return [
    derivative(swept, recorded, name, adjointText(swept, input.row)) +
      (symbolic === undefined ? '' : ` = ${code(symbolic)}`),
    ...(chain ? chainLines(swept, input, recorded) : []),
    `${code(name)} = **${rowText(swept, input.row)}** · ${origin}`,
    last,
  ];
}

/** Of one element of an array that the output depends on, at a point that the document gives. */
function elementLines(
  swept: SweptTrace,
  recorded: Recorded,
  input: TraceInput,
  element: readonly number[],
): string[] | undefined {
  const { tape } = swept.trace;
  const { row } = input;
  if (isAssumed(swept) || !swept.connected.has(row) || !tape.isArray(row)) return undefined;
  const values = tape.array(row);
  const inside = element.length === values.ndim && element.every((i, axis) => i < (values.shape[axis] as number));
  if (!inside) return undefined;
  const flat = element.reduce((index, i, axis) => index * (values.shape[axis] as number) + i, 0);
  const at = (array: NdArray | undefined) => formatNumber(array ? (array.elements()[flat] as number) : 0);
  const places = element.map((i) => i + 1);
  const index = places.join(places.every((i) => i < 10) ? '' : ',');
  const name = texToText(`${printNamePath(input.name)}_{${index}}`);
  return [
    derivative(swept, recorded, name, at(swept.adjoint.arrays.get(row))),
    `${code(name)} = **${at(values)}** · ${prose(input.origin.why ?? ORIGIN_WORDS[input.origin.kind])}`,
    context(swept, recorded),
  ];
}

/** The derivative along the definitions: names, and below them numbers. */
function chainLines({ trace }: SweptTrace, input: TraceInput, recorded: Recorded): string[] {
  const products = chainsTo(trace, input.row, (path) => shown(path, recorded));
  if (!products) return [];
  const join = (of: (factor: Factor) => string) => products.map((p) => p.map(of).join(' · ')).join(' + ');
  const number = ({ value }: Factor) => (value < 0 ? `(${formatNumber(value)})` : formatNumber(value));
  return [`${join(({ of, by }) => code(quotient(of, by)))} = ${join(number)}`];
}

/** The derivative in the names of the source, where it is short. */
function symbolicText({ trace }: SweptTrace, input: TraceInput, recorded: Recorded): string | undefined {
  const expression = outputExpression(trace);
  const derivativeOf = expression && symbolicDerivative(expression, input.row);
  // A number by itself says nothing that the value does not.
  if (!derivativeOf || derivativeOf.kind === 'number') return undefined;
  const name = (symbol: string) => {
    const found = trace.inputs.find((i) => primalSymbol(i.row) === symbol);
    return found && shown(found.name, recorded);
  };
  return toText(derivativeOf, { symbol: name });
}

function outputLines(swept: SweptTrace, recorded: Recorded, output: string): string[] {
  if (isAssumed(swept)) {
    const names = swept.trace.inputs
      .filter((i) => swept.connected.has(i.row))
      .map((i) => code(shown(i.name, recorded)));
    return [`${code(output)} depends on ${names.join(', ')}`, context(swept, recorded)];
  }
  const { wrt } = recorded;
  const inputs = swept.trace.inputs.filter(({ name }) => !wrt || wrt.includes(printNamePath(name)));
  return [`${code(output)} = **${rowText(swept, swept.trace.output)}**`, ...gradientLines(swept, recorded, inputs)];
}

/** The gradient by several inputs. A row of the table has no header: it reads as a sentence, also aloud. */
function gradientLines(swept: SweptTrace, recorded: Recorded, inputs: readonly TraceInput[]): string[] {
  const origins = [...new Set(inputs.map(({ origin }) => ORIGIN_WORDS[origin.kind]))];
  const of = differentiated(swept, recorded);
  const rows = inputs.slice(0, SHOWN_INPUTS).map((input) => {
    const name = shown(input.name, recorded);
    const gradient = swept.connected.has(input.row) ? adjointText(swept, input.row, elementsText) : NOT_CONNECTED.word;
    return tableRow(
      `<code>${unbroken(html(quotient(of, name)))}</code>`,
      `<b>${html(gradient)}</b>`,
      `<code>${html(name)}</code> = ${html(rowText(swept, input.row, cellText))}`,
      ...(origins.length > 1 ? [html(ORIGIN_WORDS[input.origin.kind])] : []),
    );
  });
  const more = inputs.length - rows.length;
  return [
    ...(rows.length > 0 ? [`<table>${rows.join('')}</table>`] : []),
    ...(more > 0 ? [`and ${more} more, in the trace`] : []),
    context(swept, recorded, origins.length === 1 ? [`values ${origins[0]}`] : []),
  ];
}

/** A gradient of more inputs is told in the trace. */
const SHOWN_INPUTS = 8;

function outputName({ trace }: SweptTrace, recorded: Recorded): string {
  return shown(trace.outputName, recorded);
}

/** A part of the source: code as it is written, a formula in plain text. */
function written(text: string, recorded: Recorded): string {
  return recorded.formula === undefined ? text : texToText(text);
}

/** A name as the reader knows it: of code as it is written, of a formula as it is read, ŷ for `\\hat y`. */
function shown(path: NamePath, recorded: Recorded): string {
  return written(printNamePath(path), recorded);
}

function derivative(swept: SweptTrace, recorded: Recorded, by: string, value: string): string {
  return `${code(quotient(differentiated(swept, recorded), by))} = **${value}**`;
}

/** What the adjoints of a hover are derivatives of: of an output that is an array, the sum of its elements. */
function differentiated(swept: SweptTrace, recorded: Recorded): string {
  const { tape, output } = swept.trace;
  const name = outputName(swept, recorded);
  return tape.isArray(output) && tape.array(output).size !== 1 ? `Σ${name}` : name;
}

/** @param more what else is said of the numbers */
function context(swept: SweptTrace, recorded: Recorded, more: readonly string[] = []): string {
  const steps = swept.numbering.rows.length;
  const point = isAssumed(swept) ? ['the document gives no values: the trace shows assumed ones'] : [];
  const parts = [prose(recorded.choice.text), `${steps} ${steps === 1 ? 'step' : 'steps'}`, ...more, ...point];
  return `<small>${parts.join(' · ')}</small>`;
}

function rowText({ trace: { tape } }: SweptTrace, row: Ref, text = valueText): string {
  return text(tape.isArray(row) ? tape.array(row) : (tape.value[row] as number));
}

function adjointText({ trace: { tape }, adjoint }: SweptTrace, row: Ref, text = valueText): string {
  if (!tape.isArray(row)) return formatNumber(adjoint.scalars[row] as number);
  const array = adjoint.arrays.get(row);
  return array ? text(array) : '0';
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
}

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';

function subscripted(name: string): string {
  return name.replace(/\d/g, (d) => SUBSCRIPTS[Number(d)] as string);
}

function answer(document: OpenDocument, span: Span, lines: readonly string[]): HoverAnswer {
  return { markdown: lines.join('\n\n'), range: document.range(span) };
}
