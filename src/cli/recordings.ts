/** Traces with all of their rows, as the viewer shows them: for drawings and pages. */
import { matricesOf, type Recording } from '../export/recording';
import type { StepView, TraceAddress, TraceView } from '../protocol';
import type { LanguageService } from '../service/languageService';
import { UsageError } from './arguments';

/** Rows of longer traces would make a page that no browser likes to open. */
const MOST_STEPS = 20_000;
const PAGE = 1_000;

/**
 * What an address names: one traceable by identifier, name or place, or all of the document.
 * @throws UsageError where a trace is too long
 */
export async function recordings(service: LanguageService, address: TraceAddress, file: string): Promise<Recording[]> {
  const results: Recording[] = [];
  for (const one of await addresses(service, address)) {
    const answer = await service.openTrace(one);
    if (answer.state !== 'data') {
      results.push({ name: one.traceable ?? file, uri: one.uri, file, answer });
      continue;
    }
    const { trace } = answer;
    const rows = await allRows(service, trace);
    const training = trace.training
      ? await service.training({ uri: one.uri, ...(one.set ? { set: one.set } : {}) })
      : undefined;
    const network = trace.network ? await service.network(trace.lease) : null;
    const matrices: NonNullable<Recording['matrices']>[number][] = [];
    for (const { row, kind } of matricesOf(trace)) {
      const matrix = await service.matrix(trace.lease, row, kind);
      if (matrix) matrices.push({ row, kind, matrix });
    }
    await service.closeTrace(trace.lease);
    results.push({
      name: trace.title,
      uri: one.uri,
      file,
      answer: { state: 'data', trace: { ...trace, rows } },
      matrices,
      checks: await service.check(one.uri, { position: trace.range.start, ...(one.set ? { set: one.set } : {}) }),
      ...(network ? { network } : {}),
      ...(training?.state === 'data' ? { training: training.training } : {}),
    });
  }
  return results;
}

async function addresses(service: LanguageService, address: TraceAddress): Promise<TraceAddress[]> {
  if (address.position) return [address];
  const all = await service.list(address.uri);
  const wanted = address.traceable;
  const byId = all.filter((t) => t.id === wanted);
  const chosen = wanted === undefined ? all : byId.length > 0 ? byId : all.filter((t) => t.name === wanted);
  return chosen.map((t) => ({ ...address, traceable: t.id }));
}

async function allRows(service: LanguageService, trace: TraceView): Promise<StepView[]> {
  if (trace.steps > MOST_STEPS)
    throw new UsageError(`${trace.title} has ${trace.steps} steps; drawings and pages hold at most ${MOST_STEPS}`);
  const rows = [...trace.rows];
  while (rows.length < trace.steps) {
    const more = await service.rows(trace.lease, rows.length, PAGE);
    if (!more || more.length === 0) break;
    rows.push(...more);
  }
  return rows;
}
