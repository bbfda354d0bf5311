/** Derivations as students and authors write them: nothing that is right is called wrong, and nearly all that is wrong is. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { Notes } from './support';

const sections = (file: string) =>
  readFileSync(new URL(`./derivations/${file}`, import.meta.url), 'utf8')
    .split(/^(?=# )/m)
    .map((text) => ({ title: (/^# (.*)/.exec(text) as RegExpExecArray)[1] as string, text }));

/** Wrong, but not called so, and why. */
const MISSED: ReadonlyMap<string, string> = new Map([
  ['A sigmoid derivative by numbers', 'the equality could also ask for a value of a'],
  ['Bilinear', 'a number instead of a matrix: the letters could be numbers'],
  ['Index delta', 'right where all indices are equal'],
  ['Huber', 'right for positive numbers'],
  ['Leaky', 'right for positive numbers'],
]);

describe('derivations that are right', () => {
  const right = ['right.md', 'textbook.md', 'notes.md'].flatMap(sections);
  it('are many', () => assert.ok(right.length >= 330));
  for (const { title, text } of right) it(title, () => assert.deepEqual(new Notes(text).failures, []));

  it('are decided for the most part', () => {
    const verdicts = sections('right.md').flatMap(({ text }) => new Notes(text).verdicts);
    const passed = verdicts.filter((v) => v === 'pass').length;
    assert.ok(passed / verdicts.length > 0.65, `${passed} of ${verdicts.length}`);
  });
});

describe('derivations that are wrong', () => {
  const wrong = [...sections('wrong.md'), ...sections('slips.md')].filter(({ title }) => !MISSED.has(title));
  it('are many', () => assert.ok(wrong.length >= 120));
  for (const { title, text } of wrong)
    it(title, () => {
      const marked = [...text.matchAll(/⟦(.*?)⟧/g)].map((m) => m[1]);
      const notes = new Notes(text.replace(/[⟦⟧]/g, ''));
      assert.deepEqual(
        notes.failures.map((f) => f.wrong),
        marked,
      );
    });

  it('are right after the fixes that are offered', () => {
    let offered = 0;
    for (const { title, text } of wrong) {
      const plain = text.replace(/[⟦⟧]/g, '');
      const [claim] = new Notes(plain).claims.filter((c) => c.verdict === 'fail');
      if (claim?.expected === undefined) continue;
      offered++;
      const mended = plain.slice(0, claim.span.from) + claim.expected + plain.slice(claim.span.to);
      assert.deepEqual(new Notes(mended).failures, [], `${title}: ${claim.expected}`);
    }
    assert.ok(offered >= 90, String(offered));
  });
});

describe('texts about other things', () => {
  const texts = sections('plain.md');
  it('are many', () => assert.ok(texts.length >= 25));
  for (const { title, text } of texts)
    it(`${title}: nothing is wrong`, () => {
      const notes = new Notes(text);
      assert.deepEqual(notes.failures, []);
      assert.deepEqual(notes.faults, []);
    });

  it('with money and prose alone hold no formula', () => {
    const silent =
      'Budget,Price list,Shell,Jekyll template,README of a library,Salary talk,Stock market,Election,Cooking,' +
      'Chemistry in prose,Sports,Dates and versions,Machine learning table';
    for (const title of silent.split(',')) {
      const { text } = texts.find((t) => t.title === title) as (typeof texts)[number];
      const notes = new Notes(text);
      assert.deepEqual([notes.claims, notes.ids], [[], []], title);
    }
  });
});
