/** The checks of files, asked for one at a time: progress is seen, and the rest can be let go of. */
import { type CancellationToken, RelativePattern, type Uri, workspace } from 'vscode';
import {
  type CheckItem,
  checkRequest,
  type CheckView,
  LANGUAGE_BY_EXTENSION,
  listChecksRequest,
  SKIPPED_FOLDERS,
} from '../../src/protocol';
import { NoAnswer, type Server } from '../server';

/** More files than a person reads; the search ends there. */
const MAX_FILES = 2_000;

/** What has been checked so far, and what is being checked now. */
export interface Progress {
  readonly done: number;
  readonly all: number;
  readonly name: string;
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
  token?: CancellationToken,
): Promise<CheckView | undefined> {
  try {
    const [view] = await server.request(checkRequest, { uri, item: { kind, id } }, token);
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
      progress({ done: i + k / items.length, all: files.length, name: item.name });
      const view = await runCheck(server, item, token);
      if (view) found.push(view);
    }
  }
  return found;
}
