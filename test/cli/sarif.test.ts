/**
 * SARIF against what SARIF 2.1.0 (OASIS, 27 March 2020) demands of the properties that are written: the numbers are those
 * of its sections.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as v from 'valibot';
import { sarif } from '../../src/cli/sarif';
import { VERDICTS } from '../../src/model';
import type { CheckJson } from '../../src/protocol';

/** 3.10.1, RFC 3986: a relative reference without anything that has to be escaped. */
const Reference = v.pipe(v.string(), v.regex(/^(?:[\w\-.~!$&'()*+,;=:@/]|%[0-9A-F]{2})+$/));
/** 3.30: lines and columns count from 1, and the end does not come before the start. */
const Region = v.pipe(
  v.strictObject({
    startLine: v.pipe(v.number(), v.integer(), v.minValue(1)),
    startColumn: v.pipe(v.number(), v.integer(), v.minValue(1)),
    endLine: v.pipe(v.number(), v.integer(), v.minValue(1)),
    endColumn: v.pipe(v.number(), v.integer(), v.minValue(1)),
  }),
  v.check((r) => r.endLine > r.startLine || (r.endLine === r.startLine && r.endColumn >= r.startColumn)),
);
const ArtifactLocation = v.strictObject({ uri: Reference });
/** 3.11: of a message the text. */
const Message = v.strictObject({ text: v.pipe(v.string(), v.minLength(1)) });
/** 3.28, 3.29 */
const location = { physicalLocation: v.strictObject({ artifactLocation: ArtifactLocation, region: Region }) };
/** 3.55 – 3.57: at least one change, of each at least one replacement. */
const Fix = v.strictObject({
  description: Message,
  artifactChanges: v.pipe(
    v.array(
      v.strictObject({
        artifactLocation: ArtifactLocation,
        replacements: v.pipe(
          v.array(v.strictObject({ deletedRegion: Region, insertedContent: v.strictObject({ text: v.string() }) })),
          v.minLength(1),
        ),
      }),
    ),
    v.minLength(1),
  ),
});
/** 3.27; 3.27.10: of a result whose kind is not `fail` the level is `none`. */
const Result = v.pipe(
  v.strictObject({
    ruleId: v.pipe(v.string(), v.minLength(1)),
    level: v.picklist(['none', 'note', 'warning', 'error']),
    kind: v.picklist(['notApplicable', 'pass', 'fail', 'review', 'open', 'informational']),
    message: Message,
    locations: v.array(v.strictObject(location)),
    partialFingerprints: v.record(v.string(), v.string()),
    relatedLocations: v.exactOptional(v.array(v.strictObject({ ...location, message: Message }))),
    fixes: v.exactOptional(v.pipe(v.array(Fix), v.minLength(1))),
  }),
  v.check((r) => r.kind === 'fail' || r.level === 'none', 'a level of what does not fail'),
);
/** 3.13, 3.14, 3.18, 3.19; 3.19.23: rules are there once. */
const Log = v.strictObject({
  $schema: v.pipe(v.string(), v.url()),
  version: v.literal('2.1.0'),
  runs: v.array(
    v.strictObject({
      tool: v.strictObject({
        driver: v.strictObject({
          name: v.pipe(v.string(), v.minLength(1)),
          version: v.pipe(v.string(), v.minLength(1)),
          rules: v.pipe(
            v.array(v.strictObject({ id: v.string() })),
            v.check((rules) => new Set(rules.map((r) => r.id)).size === rules.length),
          ),
        }),
      }),
      columnKind: v.picklist(['utf16CodeUnits', 'unicodeCodePoints']),
      results: v.array(Result),
    }),
  ),
});

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } };

const checkOf = (verdict: CheckJson['verdict'], file: string): CheckJson => ({
  file,
  id: `id of ${verdict}`,
  name: 'loss',
  kind: 'backward',
  range,
  verdict,
  message: 'as it is',
  ...(verdict === 'fail'
    ? {
        code: 'gradient-mismatch',
        related: [{ range, message: 'inherits the error of line 1' }],
        fixes: [{ title: 'Replace', edits: [{ range, newText: '2 * x' }] }],
      }
    : {}),
  parameters: [],
  point: {},
});

describe('SARIF', () => {
  it('has what the standard demands, of every verdict and of paths with any letters', () => {
    for (const file of ['src/layers.py', 'Übung 1/a #2?.py', 'folder\\file.md', '100%.tex']) {
      const log = v.parse(Log, sarif(VERDICTS.map((verdict) => checkOf(verdict, file))));
      const results = log.runs[0]?.results ?? [];
      assert.deepEqual(results.map((r) => [r.kind, r.level]).sort(), [
        ['fail', 'error'],
        ['fail', 'error'],
        ['open', 'none'],
        ['review', 'none'],
      ]);
      const uri = results[0]?.locations[0]?.physicalLocation.artifactLocation.uri ?? '';
      assert.equal(decodeURIComponent(uri), file.replace('\\', '/'));
      // 3.27.5: each rule that is named is described.
      const rules = log.runs[0]?.tool.driver.rules.map((r) => r.id) ?? [];
      for (const { ruleId } of results) assert.ok(rules.includes(ruleId));
    }
  });

  it('is a log without results where nothing is wrong', () => {
    const log = v.parse(Log, sarif([checkOf('pass', 'a.py')]));
    assert.deepEqual(log.runs[0]?.results, []);
  });
});
