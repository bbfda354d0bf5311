/** Writes a value that the reader has found in the viewer over the number in the source. */
import { Uri, workspace, WorkspaceEdit } from 'vscode';
import { formatNumber } from '../../src/format';
import { fromJsonNumber, type JsonNumber, type TraceView } from '../../src/protocol';
import { toRange } from '../convert';

/** A number as Python, LaTeX and Markdown write it. */
const NUMBER = /^[-+−]?(\d[\d_]*\.?\d*|\.\d+)([eE][-+]?\d+)?$/;

/** @throws with a sentence for the reader where there is no plain number to write over */
export async function writeValue(trace: TraceView | undefined, name: string, value: JsonNumber): Promise<void> {
  const input = trace?.inputs.find((each) => each.name === name);
  const places = [input?.origin.range, input?.range].flatMap((range) => range ?? []);
  if (!trace || places.length === 0) throw new Error(`${name} has no number in the document to write over`);
  const uri = Uri.parse(trace.address.uri, true);
  const document = await workspace.openTextDocument(uri);
  // Ranges are of the version that was traced; in another text they may be anything.
  const numbers = places.map(toRange).filter((range) => NUMBER.test(document.getText(range)));
  const [range] = document.version === trace.version ? numbers : [];
  if (!range) throw new Error(`${name} is not given by a plain number in the document; change it there`);
  const edit = new WorkspaceEdit();
  edit.replace(uri, range, formatNumber(fromJsonNumber(value), { digits: 'full', plain: true }));
  await workspace.applyEdit(edit);
}
