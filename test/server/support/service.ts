/** A language service whose documents say what it is to do: hang, eat memory, throw, wait, recurse. */
import type { LanguageService, SourceDocument, WorkspaceReader } from '../../../src/service/languageService';

const START = { line: 0, character: 0 };
const RANGE = { start: START, end: { line: 0, character: 5 } };

export function obedientService(reader: WorkspaceReader): LanguageService {
  const documents = new Map<string, SourceDocument>();
  const leases = new Map<string, string>();

  async function perform(uri: string): Promise<string> {
    const document = documents.get(uri);
    if (!document) return 'not open';
    const [order, argument = ''] = document.text.split(' ');
    switch (order) {
      case 'hang':
        for (;;);
      case 'busy':
        for (const end = Date.now() + Number(argument); Date.now() < end;);
        return `${document.version}: busy`;
      case 'eat': {
        const eaten: unknown[] = [];
        for (;;) eaten.push(new Array(1000).fill(eaten.length).map((x: number) => ({ x })));
      }
      case 'throw':
        throw new TypeError('the service is broken');
      case 'recurse':
        return String(nested(Number(argument)));
      case 'read':
        return String(await reader.text(argument));
      case 'roots':
        return JSON.stringify(await reader.roots());
      default:
        return `${document.version}: ${document.text}`;
    }
  }

  /** `reads file:///x.py` is all of the text of a document that reads one. */
  const readersOf = (uri: string) =>
    [...documents.values()].filter(({ text }) => text === `reads ${uri}`).map((document) => document.uri);

  return {
    async update(document) {
      if ('notebook' in document) return [];
      if (document.text === 'hang on update') for (;;);
      documents.set(document.uri, document);
      return readersOf(document.uri);
    },
    async close(uri) {
      documents.delete(uri);
      return readersOf(uri);
    },
    async filesChanged(uris) {
      return uris.flatMap(readersOf);
    },
    async outline(uri) {
      const name = await perform(uri);
      const place = { range: RANGE, selection: RANGE };
      return [{ name, detail: 'function', kind: 'function', ...place, children: [], traceable: name }];
    },
    layers: async () => [],
    list: async () => [],
    array: async () => null,
    async remedies(uri, { line }) {
      const text = await perform(uri);
      return text.includes('unknown') ? [{ title: `Give ${text}`, at: { line, character: 0 }, text: '# given\n' }] : [];
    },
    hover: async (uri) => ({ markdown: await perform(uri), range: RANGE }),
    async diagnostics(uri) {
      const text = await perform(uri);
      if (!text.includes('wrong')) return [];
      return [{ range: RANGE, severity: 'warning', code: 'wrong-value', message: text, fix: 'right' }];
    },
    async openTrace({ uri }) {
      const reason = await perform(uri);
      leases.set(uri, reason);
      return { state: 'unknown', unknown: { code: 'test', reason, range: RANGE } };
    },
    rows: async (lease) => (leases.has(lease) ? [] : null),
    locate: async (lease) => (leases.has(lease) ? 1 : null),
    network: async () => null,
    exportNetworks: async () => [],
    training: async () => ({ state: 'none' }),
    matrix: async () => null,
    closeTrace: async (lease) => void leases.delete(lease),
    exportTraces: async () => [],
    listChecks: async () => [],
    claimCounts: async () => ({ total: 0, proved: 0, agree: 0, false: 0, undecided: 0, reasons: {} }),
    async check(uri, _which, progress) {
      const [order, argument = ''] = documents.get(uri)?.text.split(' ') ?? [];
      if (order !== 'steps') await perform(uri);
      // A step takes ten milliseconds of a busy worker, as a check by differences does.
      else
        for (let i = 0; i < Number(argument); i++) {
          for (const end = Date.now() + 10; Date.now() < end;);
          progress?.(i + 1, Number(argument));
        }
      return [];
    },
  };
}

/** Calls of closures within closures, as an interpreter makes them: several frames a level. */
function nested(depth: number): number {
  const visit = (left: number): number => [left].map((n) => (n === 0 ? 0 : 1 + visit(n - 1))).reduce((a, b) => a + b);
  return visit(depth);
}
