/**
 * Reading documents with formulas: one formula, and a keystroke in a long document. Times are of the processor, not of the
 * clock, so that a busy machine does not count. Run: npx tsx test/bench/documents.bench.ts
 */
import assert from 'node:assert/strict';
import { documentFrontEnd } from '../../src/languages/document/frontEnd';
import { parseFormula } from '../../src/languages/latex/parse';
import { readCases } from '../languages/latex/cases';
import { processorTime } from './harness';

const formulas = readCases().filter((c) => c.file !== 'broken.txt');
let read = 0;
const allFormulas = processorTime(
  () => (read = formulas.filter((c) => parseFormula(c.formula).errors.length === 0).length),
  { calls: 20, warmUp: 10 },
);
// Some cases hold a slip, so that what is said of it is tested.
assert.ok(read > 0.9 * formulas.length);
console.log(`a formula: ${((allFormulas / read) * 1000).toFixed(0)} µs at the mean of ${formulas.length} (goal 200)`);

/** Prose, formulas, a fence: as lecture notes are. */
function longDocument(lines: number): string {
  const parts: string[] = [];
  let count = 0;
  for (let i = 0; count < lines; i++) {
    const { formula, title } = formulas[i % formulas.length] as (typeof formulas)[number];
    const part = `Next comes ${title.replace(/[@$\\{}]/g, '')}, number ${i}, with $x_${i % 10}$ in it.\n\n$$\n${formula}\n$$\n${i % 9 === 0 ? '\n```python\nx = 1\ny = 2 * x\n```\n' : ''}`;
    parts.push(part);
    count += part.split('\n').length;
  }
  return parts.join('\n');
}

let text = longDocument(15_000);
const uri = 'file:///long.md';
let version = 0;
let analysis = documentFrontEnd.analyse({ uri, languageId: 'markdown', version, text });
const count = analysis.formulas.length;
assert.ok(count > 1000);
const keystroke = processorTime(
  () => {
    const at = Math.floor((text.length * (version + 1)) / 102);
    text = `${text.slice(0, at)}x${text.slice(at)}`;
    analysis = documentFrontEnd.analyse({ uri, languageId: 'markdown', version: ++version, text }, analysis);
    documentFrontEnd.find(analysis);
  },
  { calls: 90, warmUp: 10 },
);
assert.ok(Math.abs(analysis.formulas.length - count) <= version);
console.log(
  `a keystroke in ${text.split('\n').length} lines with ${count} formulas: ${keystroke.toFixed(1)} ms at the median (goal 20)`,
);
