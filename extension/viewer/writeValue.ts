/** Writes a value that the reader has found in the viewer into the source: over its number, or as a directive. */
import { Position, Range, type TextDocument, Uri, workspace, WorkspaceEdit } from 'vscode';
import { formatNumber } from '../../src/format';
import { fromJsonNumber, type JsonNumber, type TraceView } from '../../src/protocol';
import { toPosition } from '../convert';
import { numberOf, parameterAt } from './literals';
import { documentOf } from './source';

/** A name that a directive can give a value to. */
const NAME = /^[^\s=,#%]+$/u;

/**
 * @returns the edit that gives an input a value
 * @throws with a sentence for the reader where there is no place for it
 */
export async function writeValue(
  trace: TraceView | undefined,
  name: string,
  newValue: JsonNumber,
): Promise<WorkspaceEdit> {
  const input = trace?.inputs.find((each) => each.name === name);
  if (!trace || !input) throw new Error(`${name} is no longer an input of what is shown`);
  const text = formatNumber(fromJsonNumber(newValue), { digits: 'full', plain: true });
  const edit = new WorkspaceEdit();
  for (const range of [input.origin.range, input.range]) {
    if (!range || typeof input.value === 'object') continue;
    const uri = Uri.parse(documentOf(trace.address.uri, range.cell), true);
    const document = await workspace.openTextDocument(uri);
    const offset = (at: Parameters<typeof toPosition>[0]) => document.offsetAt(toPosition(at));
    const all = document.getText();
    // Ranges are of the text that was traced; in another one another number stands there, or none.
    const parameter =
      input.range && input.range.cell === range.cell
        ? parameterAt(all, offset(trace.range.start), offset(input.range.start))
        : undefined;
    const value = fromJsonNumber(input.value);
    const place = numberOf(all, { from: offset(range.start), to: offset(range.end) }, { name, value, parameter });
    if (!place) continue;
    edit.replace(uri, new Range(document.positionAt(place.from), document.positionAt(place.to)), text);
    return edit;
  }
  if (!isOwnBlock(trace) || !NAME.test(name))
    throw new Error(`${name} is not given by a plain number in the document; change it there`);
  const uri = Uri.parse(documentOf(trace.address.uri, trace.range.cell), true);
  const document = await workspace.openTextDocument(uri);
  const line = lineAbove(document, trace);
  const written = writtenAbove(document, line, name);
  if (written) {
    edit.replace(uri, written, text);
    return edit;
  }
  const { text: next, firstNonWhitespaceCharacterIndex: indent } = document.lineAt(line);
  edit.insert(uri, new Position(line, 0), `${next.slice(0, indent)}${directive(trace.language, `${name}=${text}`)}\n`);
  return edit;
}

/** A directive right above belongs to it: above a script it would be that of whatever stands there first. */
function isOwnBlock({ kind }: TraceView): boolean {
  return kind !== 'script' && kind !== 'expression';
}

/** The line that a comment may stand above: in prose the first one of the block that the formula is in. */
function lineAbove(document: TextDocument, { language, range }: TraceView): number {
  let line = Math.min(range.start.line, document.lineCount - 1);
  if (language === 'markdown') while (line > 0 && !document.lineAt(line - 1).isEmptyOrWhitespace) line--;
  return line;
}

/** The number that a directive right above gives a name: a value that is tried out no longer says where it came from. */
function writtenAbove(document: TextDocument, line: number, name: string): Range | undefined {
  const number = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?=[\s,]|$)/iy;
  for (let above = line - 1; above >= 0; above--) {
    const { text } = document.lineAt(above);
    const at = text.indexOf('wengert: at ');
    if (at < 0) return undefined;
    for (const { index, 0: found } of text.matchAll(/[^\s=,#%]+\s*=\s*/gu)) {
      if (index < at || found.replace(/\s*=\s*$/, '') !== name) continue;
      number.lastIndex = index + found.length;
      const match = number.exec(text);
      if (match) return new Range(above, match.index, above, match.index + match[0].length);
    }
  }
  return undefined;
}

function directive(language: string, values: string): string {
  const text = `wengert: at ${values}`;
  return language === 'markdown' ? `<!-- ${text} -->` : language === 'latex' ? `% ${text}` : `# ${text}`;
}
