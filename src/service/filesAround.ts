/** Which files of a workspace are looked through for what has to do with a document: a bounded number, the nearest first. */
import { SKIPPED_FOLDERS } from '../protocol';

/** Folders by URI. What can not be read is left out. */
export interface Folders {
  /** By name, without symbolic links. */
  entries(folder: string): Promise<readonly { readonly name: string; readonly isFolder: boolean }[]>;
  /** In bytes; undefined for what is no regular file. */
  size(file: string): Promise<number | undefined>;
}

/** Limits of one listing. */
export interface ListingLimits {
  readonly files: number;
  /** Of one file; larger ones are left out. */
  readonly fileBytes: number;
  /** Of all files together. */
  readonly bytes: number;
  readonly folders: number;
}

export const LISTING_LIMITS: ListingLimits = { files: 200, fileBytes: 200_000, bytes: 3_000_000, folders: 500 };

/**
 * URIs of the files whose names end with `ending`: those of the document's folder, of the folders inside it, then of the
 * folders around it, up to the root. The document itself, hidden and generated folders are left out.
 */
export async function filesAround(
  { entries, size }: Folders,
  document: string,
  root: string,
  ending: string,
  limits: ListingLimits = LISTING_LIMITS,
): Promise<string[]> {
  const found: string[] = [];
  const seen = new Set<string>();
  let bytes = 0;
  const top = root.replace(/\/$/, '');
  let start = document.slice(0, document.lastIndexOf('/'));
  for (; start === top || start.startsWith(`${top}/`); start = start.slice(0, start.lastIndexOf('/'))) {
    const queue = [start];
    for (let folder = queue.shift(); folder !== undefined; folder = queue.shift()) {
      if (seen.has(folder)) continue;
      seen.add(folder);
      if (seen.size > limits.folders) return found;
      for (const { name, isFolder } of await entries(folder).catch(() => [])) {
        if (name.startsWith('.')) continue;
        const uri = `${folder}/${encodeURIComponent(name)}`;
        if (isFolder) {
          if (!SKIPPED_FOLDERS.includes(name)) queue.push(uri);
          continue;
        }
        if (!name.endsWith(ending) || uri === document) continue;
        const length = await size(uri).catch(() => undefined);
        if (length === undefined || length > limits.fileBytes) continue;
        bytes += length;
        if (bytes > limits.bytes || found.length >= limits.files) return found;
        found.push(uri);
      }
    }
  }
  return found;
}
