/** The checks of files, asked for one at a time: progress is seen, and the rest can be let go of. */
import { type CancellationToken, RelativePattern, type Uri, workspace } from 'vscode';
import {
  type CheckItem,
  type CheckProgress,
  checkRequest,
  type CheckView,
  LANGUAGE_BY_EXTENSION,
  listChecksRequest,
  SKIPPED_FOLDERS,
} from '../../src/protocol';
import { formatCount } from '../../src/format';
import { NoAnswer, type Server } from '../server';

/** More files than a person reads; the search ends there. */
const MAX_FILES = 2_000;

/** What has been checked so far, and what is being checked now. */
export interface Progress {
  readonly done: number;
  readonly all: number;
  readonly name: string;
}

/** How thoroughly: in full by every element, where a listener hears how far it is. */
export type Depth = { readonly full: false } | { readonly full: true; report(directions: CheckProgress): void };

export const FAST: Depth = { full: false };

/** How far a check in full is. */
export function directionsText({ done, all }: CheckProgress): string {
  return `${formatCount(BigInt(done))} of ${formatCount(BigInt(all))} directions`;
}

/** All files of the workspace, or of one folder, that could hold something to check. */
export function findCheckable(token?: CancellationToken, folder?: Uri): Thenable<Uri[]> {
  const extensions = Object.keys(LANGUAGE_BY_EXTENSION).join(',');
  const pattern = `**/*.{${extensions}}`;
  const skipped = `**/{${[...SKIPPED_FOLDERS, '.*'].join(',')}}/**`;
  return workspace.findFiles(folder ? new RelativePattern(folder, pattern) : pattern, skipped, MAX_FILES, token);
}

export function listChecks(server: Server, uri: Uri, token?: CancellationToken): Promise<CheckItem[]> {
  return server.request(listChecksRequest, { uri: uri.toString() }, token);
}

/**
 * Checks one item.
 * @returns `undefined` where it is no longer there, or is no longer wanted
 */
export async function runCheck(
  server: Server,
  { uri, kind, id }: CheckItem,
  token: CancellationToken,
  depth: Depth = FAST,
): Promise<CheckView | undefined> {
  try {
    const params = { uri, item: { kind, id } };
    const [view] = depth.full
      ? await server.checkInFull(params, (directions) => depth.report(directions), token)
      : await server.request(checkRequest, params, token);
    return view;
  } catch (error) {
    if (error instanceof NoAnswer) return undefined;
    throw error;
  }
}

/** Checks everything in these files, in order; what is found before the end is asked for is kept. */
export async function checkFiles(
  server: Server,
  files: readonly Uri[],
  token: CancellationToken,
  progress: (progress: Progress) => void,
  full = false,
): Promise<CheckView[]> {
  const found: CheckView[] = [];
  for (const [i, uri] of files.entries()) {
    if (token.isCancellationRequested) break;
    const items = await listChecks(server, uri, token).catch((error: unknown) => {
      if (error instanceof NoAnswer) return [];
      throw error;
    });
    for (const [k, item] of items.entries()) {
      if (token.isCancellationRequested) break;
      const at = (share: number, name: string) =>
        progress({ done: i + (k + share) / items.length, all: files.length, name });
      at(0, item.name);
      const depth: Depth = full
        ? {
            full,
            report: (directions) => at(directions.done / directions.all, `${item.name}, ${directionsText(directions)}`),
          }
        : FAST;
      const view = await runCheck(server, item, token, depth);
      if (view) found.push(view);
    }
  }
  return found;
}
