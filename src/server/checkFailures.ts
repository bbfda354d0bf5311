/**
 * Hand-written derivatives that are known to be wrong, by document. They are checked when a document is opened or saved,
 * or when a reader asks, and never while they type: between two checks a finding follows its code.
 */
import { CancellationTokenSource, type Range } from 'vscode-languageserver';
import type { CheckItem, CheckView } from '../protocol';
import type { CheckHost } from './checkHost';
import type { EvaluationHost } from './host';

type Key = Pick<CheckItem, 'kind' | 'id'>;

export class CheckFailures {
  readonly #failures = new Map<string, readonly CheckView[]>();
  readonly #running = new Map<string, CancellationTokenSource>();

  /**
   * @param host lists what there is: most documents hold nothing written by hand, and start no checks
   * @param changed called with the document whose failures are others now
   */
  constructor(
    private readonly host: Pick<EvaluationHost, 'call'>,
    private readonly checks: Pick<CheckHost, 'check'>,
    private readonly changed: (uri: string) => void,
  ) {}

  of(uri: string): readonly CheckView[] {
    return this.#failures.get(uri) ?? [];
  }

  /** Takes in what a check has found. */
  record(uri: string, views: readonly CheckView[]): void {
    const byHand = views.filter(({ kind }) => kind === 'backward');
    if (byHand.length === 0) return;
    const others = this.of(uri).filter((known) => !byHand.some((view) => sameCheck(view, known)));
    this.#set(uri, [...others, ...byHand.filter(({ verdict }) => verdict === 'fail')]);
  }

  /** Checks all hand-written derivatives of a document anew. A later call, or {@link forget}, ends an earlier one. */
  async checkAll(uri: string): Promise<void> {
    this.#running.get(uri)?.cancel();
    const source = new CancellationTokenSource();
    this.#running.set(uri, source);
    const options = { uri, token: source.token, urgency: 'background' as const };
    try {
      const items = await this.host.call('listChecks', [uri], options);
      const found: CheckView[] = [];
      for (const { kind, id } of items.filter((item) => item.kind === 'backward')) {
        found.push(...(await this.checks.check(uri, { item: { kind, id } }, source.token)));
      }
      if (!source.token.isCancellationRequested)
        this.#set(
          uri,
          found.filter(({ verdict }) => verdict === 'fail'),
        );
    } catch {
      // Superseded, or ended for taking too long: what was known stays.
    } finally {
      if (this.#running.get(uri) === source) this.#running.delete(uri);
    }
  }

  /** After an edit: findings move with their code, and go with it. */
  async follow(uri: string): Promise<void> {
    this.#running.get(uri)?.cancel();
    if (this.of(uri).length === 0) return;
    const items = await this.host.call('listChecks', [uri], { uri, urgency: 'background' }).catch(() => undefined);
    if (!items) return;
    this.#set(
      uri,
      this.of(uri).flatMap((view) => {
        const item = items.find((each) => sameCheck(each, view));
        return item ? [moved(view, item.range)] : [];
      }),
    );
  }

  forget(uri: string): void {
    this.#running.get(uri)?.cancel();
    this.#failures.delete(uri);
  }

  #set(uri: string, failures: readonly CheckView[]): void {
    const before = this.of(uri);
    if (failures.length > 0) this.#failures.set(uri, failures);
    else this.#failures.delete(uri);
    if (before.length > 0 || failures.length > 0) this.changed(uri);
  }
}

function sameCheck(a: Key, b: Key): boolean {
  return a.kind === b.kind && a.id === b.id;
}

/** The view at another place; what lies in it keeps its distance from the first line. */
function moved(view: CheckView, range: Range): CheckView {
  const lines = range.start.line - view.range.start.line;
  const { place, related, fixes, ...rest } = view;
  if (lines === 0) return { ...view, range };
  const shift = ({ start, end }: Range): Range => ({
    start: { ...start, line: Math.max(0, start.line + lines) },
    end: { ...end, line: Math.max(0, end.line + lines) },
  });
  return {
    ...rest,
    range,
    ...(place ? { place: shift(place) } : {}),
    ...(related ? { related: related.map((each) => ({ ...each, range: shift(each.range) })) } : {}),
    ...(fixes
      ? { fixes: fixes.map((fix) => ({ ...fix, edits: fix.edits.map((e) => ({ ...e, range: shift(e.range) })) })) }
      : {}),
  };
}
