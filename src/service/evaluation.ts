/** Records traceables, fetches what an evaluation needs from the workspace, and remembers the last good trace. */
import {
  type Budget,
  DEFAULT_BUDGET,
  type Outcome,
  type Recorded,
  type RecordRequest,
  type Traceable,
  type TrainingOutcome,
  type Workspace,
} from '../languages/frontEnd';
import { isUnknown, unknown, type Unknown } from '../model';
import type { OpenDocument } from './documents';
import type { WorkspaceReader } from './languageService';

/** A recording that belongs to a version of a document. */
export interface Recording {
  readonly document: OpenDocument;
  readonly traceable: Traceable;
  readonly recorded: Recorded;
}

export class Evaluation {
  private readonly cache = new Map<string, { document: OpenDocument; outcome: Recorded | Unknown }>();
  private readonly trainings = new Map<string, { document: OpenDocument; outcome: TrainingOutcome }>();
  private readonly lastGood = new Map<string, Recording>();
  private readonly texts = new Map<string, string | null>();
  private readonly files = new Map<string, Uint8Array | null>();
  private readonly listings = new Map<string, readonly string[]>();
  /** What documents have read, or looked for. */
  private readonly reads = new Map<string, Set<string>>();

  constructor(
    private readonly reader: WorkspaceReader,
    private readonly openText: (uri: string) => string | undefined,
    private readonly budget: Budget = DEFAULT_BUDGET,
  ) {}

  /** Records a traceable; the same request on the same version is answered from memory. */
  async record(document: OpenDocument, traceable: Traceable, request: RecordRequest = {}): Promise<Recorded | Unknown> {
    const key = `${document.source.uri}\n${traceable.id}\n${JSON.stringify(request)}`;
    const known = this.cache.get(key);
    if (known?.document === document) return known.outcome;
    const outcome = await this.withWorkspace(document, (workspace) =>
      document.frontEnd.record(document.analysis, traceable, request, this.budget, workspace),
    );
    const settled = settle(outcome, traceable);
    this.cache.set(key, { document, outcome: settled });
    if (!isUnknown(settled))
      this.lastGood.set(`${document.source.uri}\n${traceable.id}`, {
        document,
        traceable,
        recorded: settled,
      });
    return settled;
  }

  /** The training loop of a document; `undefined` where its language has none. */
  async training(document: OpenDocument, request: RecordRequest = {}): Promise<TrainingOutcome | undefined> {
    const { frontEnd, analysis } = document;
    if (!frontEnd.training) return undefined;
    const key = `${document.source.uri}\ntraining\n${JSON.stringify(request)}`;
    const known = this.trainings.get(key);
    if (known?.document === document) return known.outcome;
    const outcome = await this.withWorkspace(document, (workspace) =>
      frontEnd.training?.(analysis, request, this.budget, workspace),
    );
    if (outcome) this.trainings.set(key, { document, outcome });
    return outcome;
  }

  /** The last trace of a traceable that could be recorded, whatever has been typed since. */
  lastGoodOf(uri: string, id: string): Recording | undefined {
    return this.lastGood.get(`${uri}\n${id}`);
  }

  /** All last good traces of a document: what is left to show when the text is broken. */
  lastGoodIn(uri: string): Recording[] {
    return [...this.lastGood.values()].filter((r) => r.document.source.uri === uri);
  }

  forget(uri: string): void {
    this.reads.delete(uri);
    this.texts.delete(uri);
    for (const map of [this.cache, this.trainings, this.lastGood]) {
      for (const key of map.keys()) if (key.startsWith(`${uri}\n`)) map.delete(key);
    }
  }

  /** Files have changed, come or gone: they are read anew when they are asked for. */
  filesChanged(uris: readonly string[]): void {
    for (const uri of uris) {
      this.texts.delete(uri);
      this.files.delete(uri);
    }
    this.listings.clear();
  }

  /** The documents that have asked for a file, whether it was there or not. */
  readersOf(uri: string): string[] {
    return [...this.reads].flatMap(([reader, files]) => (reader !== uri && files.has(uri) ? [reader] : []));
  }

  /** Runs `evaluate` for a document again until it needs no more files. */
  async withWorkspace<T>({ source }: Pick<OpenDocument, 'source'>, evaluate: (workspace: Workspace) => T): Promise<T> {
    const roots = await this.reader.roots();
    const read = this.reads.get(source.uri) ?? new Set<string>();
    this.reads.set(source.uri, read);
    const texts = new Set<string>();
    const files = new Set<string>();
    const listings = new Map<string, readonly [uri: string, ending: string]>();
    const noted = <V>(value: V | undefined, uri: string, wanted: Set<string>): V | undefined => {
      read.add(uri);
      if (value === undefined) wanted.add(uri);
      return value;
    };
    const workspace: Workspace = {
      roots,
      text: (uri) => noted(this.openText(uri) ?? this.texts.get(uri), uri, texts),
      bytes: (uri) => noted(this.files.get(uri), uri, files),
      near: (uri, ending) => {
        // What lies around a document lies around all documents of its folder.
        const key = `${uri.slice(0, uri.lastIndexOf('/'))}\n${ending}`;
        const known = this.listings.get(key);
        if (!known) listings.set(key, [uri, ending]);
        return known;
      },
    };
    // Each round fetches what was missing, so an evaluation ends after as many rounds as modules are nested.
    for (let round = 0; round < MAX_ROUNDS; round++) {
      texts.clear();
      files.clear();
      listings.clear();
      const result = evaluate(workspace);
      if (texts.size + files.size + listings.size === 0) return result;
      for (const uri of texts) this.texts.set(uri, await this.reader.text(uri));
      for (const uri of files) this.files.set(uri, await this.reader.bytes(uri));
      for (const [key, [uri, ending]] of listings)
        this.listings.set(key, (await this.reader.near?.(uri, ending)) ?? []);
    }
    throw new Error(`modules of the workspace are nested more than ${MAX_ROUNDS} deep`);
  }
}

const MAX_ROUNDS = 100;

function settle(outcome: Outcome, traceable: Traceable): Recorded | Unknown {
  if (outcome.kind === 'needs') {
    return unknown('missing-file', `${outcome.uris.join(', ')} cannot be read`, traceable.span);
  }
  return outcome;
}
