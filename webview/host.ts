/** The other side of the page: the extension, or the workshop that plays its part. */
import * as v from 'valibot';
import { type FromViewer, ToViewer } from '../src/protocol';

/** What survives a reload of the window, per document. */
export interface Kept {
  readonly tab?: string;
  readonly tangent?: string;
  readonly folds?: Readonly<Record<string, boolean>>;
  readonly selected?: string;
  readonly scroll?: number;
}

/** By document URI, newest last, and the document shown last (the panel's serializer reads it). */
export interface SavedState {
  readonly uri?: string;
  readonly documents: Readonly<Record<string, Kept>>;
}

export interface Host {
  /** Nobody is on the other side: no document to reveal, nothing to evaluate beyond what the page can. */
  readonly alone: boolean;
  post(message: FromViewer): void;
  listen(handler: (message: ToViewer) => void): void;
  load(): SavedState;
  save(state: SavedState): void;
}

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

const Saved = v.object({
  uri: v.optional(v.string()),
  documents: v.record(
    v.string(),
    v.object({
      tab: v.optional(v.string()),
      tangent: v.optional(v.string()),
      folds: v.optional(v.record(v.string(), v.boolean())),
      selected: v.optional(v.string()),
      scroll: v.optional(v.number()),
    }),
  ),
});

/** Connects to the editor. Messages that do not fit the protocol are dropped and named on the console. */
export function vscodeHost(): Host {
  const api = acquireVsCodeApi();
  return {
    alone: false,
    post: (message) => api.postMessage(message),
    listen: (handler) =>
      window.addEventListener('message', (event: MessageEvent<unknown>) => {
        const message = readMessage(event.data);
        if (message) handler(message);
      }),
    load: () => {
      const read = v.safeParse(Saved, api.getState());
      return read.success ? (read.output as SavedState) : { documents: {} };
    },
    save: (state) => api.setState(state),
  };
}

/** A message of the protocol, or `undefined` if it is none. */
export function readMessage(data: unknown): ToViewer | undefined {
  const read = v.safeParse(ToViewer, data);
  if (read.success) return read.output;
  console.warn(
    'Wengert: a message that the viewer does not know',
    read.issues[0]?.message,
    v.getDotPath(read.issues[0]),
  );
  return undefined;
}
