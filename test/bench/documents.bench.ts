/**
 * Reading documents with formulas: one formula, and a keystroke in a long document. Times are of the processor, not of the
 * clock, so that a busy machine does not count. Run: npx tsx test/bench/documents.bench.ts
 */
import { documentFrontEnd } from '../../src/languages/document/frontEnd';
import { parseFormula } from '../../src/languages/latex/parse';
import { readCases } from '../languages/latex/cases';
import { median } from './harness';

/** Milliseconds of processor time that a call takes. */
function timed(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

const formulas = readCases().filter((c) => c.file !== 'broken.txt');
const perFormula: number[] = [];
for (let round = 0; round < 30; round++)
  perFormula.push((timed(() => formulas.forEach((c) => parseFormula(c.formula))) / formulas.length) * 1000);
console.log(`a formula: ${median(perFormula.slice(10)).toFixed(0)} µs at the mean of ${formulas.length} (goal 200)`);

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
let version = 1;
let analysis = documentFrontEnd.analyse({ uri, languageId: 'markdown', version, text });
const keystrokes: number[] = [];
for (let k = 0; k < 100; k++) {
  const at = Math.floor((text.length * (k + 1)) / 102);
  text = `${text.slice(0, at)}x${text.slice(at)}`;
  keystrokes.push(
    timed(() => {
      analysis = documentFrontEnd.analyse({ uri, languageId: 'markdown', version: ++version, text }, analysis);
      documentFrontEnd.find(analysis);
    }),
  );
}
console.log(
  `a keystroke in ${text.split('\n').length} lines with ${analysis.formulas.length} formulas: ${median(keystrokes.slice(10)).toFixed(1)} ms at the median (goal 20)`,
);
