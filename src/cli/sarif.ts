/** Findings as SARIF 2.1.0 (OASIS), which code-scanning services read. */
import manifest from '../../package.json';
import type { CheckJson } from '../protocol';

const LEVELS = {
  fail: 'error',
  error: 'error',
  kink: 'note',
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
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: c.file },
            region: {
              startLine: c.range.start.line + 1,
              startColumn: c.range.start.character + 1,
              endLine: c.range.end.line + 1,
              endColumn: c.range.end.character + 1,
            },
          },
        },
      ],
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
