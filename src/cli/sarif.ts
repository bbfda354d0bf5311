/** Findings as SARIF 2.1.0 (OASIS), which code-scanning services read. */
import manifest from '../../package.json';
import type { CheckJson } from '../protocol';

/** Only of what fails a level may be told (3.27.10). */
const LEVELS = {
  fail: 'error',
  error: 'error',
  kink: 'none',
  unknown: 'none',
  pass: 'none',
} as const;

export function sarif(checks: readonly CheckJson[]): unknown {
  const results = checks
    .filter((c) => c.verdict !== 'pass')
    .map((c) => ({
      ruleId: c.code ?? c.kind,
      level: LEVELS[c.verdict],
      kind: c.verdict === 'unknown' ? 'open' : c.verdict === 'kink' ? 'review' : 'fail',
      message: { text: `${c.name}: ${c.message}` },
      locations: [place(c.file, c.place ?? c.range)],
      // Names stay where lines move: alerts are told apart by them.
      partialFingerprints: { check: `${c.kind} ${c.id}` },
      ...(c.related
        ? { relatedLocations: c.related.map((r) => ({ ...place(c.file, r.range), message: { text: r.message } })) }
        : {}),
      ...(c.fixes ? { fixes: c.fixes.map((f) => fix(c.file, f)) } : {}),
    }));
  const rules = [...new Set(results.map((r) => r.ruleId))].map((id) => ({ id }));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'wengert', version: manifest.version, rules } },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
}

/** A path as a relative URI reference (3.4.3). */
function reference(file: string): string {
  return file.split(/[\\/]/).map(encodeURIComponent).join('/');
}

type Range = CheckJson['range'];

function region({ start, end }: Range) {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

function place(file: string, range: Range) {
  return { physicalLocation: { artifactLocation: { uri: reference(file) }, region: region(range) } };
}

function fix(file: string, { title, edits }: NonNullable<CheckJson['fixes']>[number]) {
  return {
    description: { text: title },
    artifactChanges: [
      {
        artifactLocation: { uri: reference(file) },
        replacements: edits.map((e) => ({ deletedRegion: region(e.range), insertedContent: { text: e.newText } })),
      },
    ],
  };
}
