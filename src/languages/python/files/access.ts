/** Files of the workspace that a program reads, within a size limit. Nothing outside the workspace is asked for. */
import type { Site } from '../../../model';
import { NeedsStop } from '../errors';
import type { Runtime } from '../runtime';
import { PyUnknown } from '../values/object';

/** Larger data files are not evaluated. */
export const MAX_DATA_BYTES = 32 * 1024 * 1024;

/** The bytes of a file by the path that the program gives, or why they are not known. Asks for files that are not there yet. */
export function readBytes(rt: Runtime, path: string, site: Site): Uint8Array | PyUnknown {
  const { workspace } = rt.options;
  const candidates = placesOf(rt, path);
  if (candidates.length === 0) {
    return rt.unknown('outside', `\`${path}\` is outside the workspace: files there are not read`, site);
  }
  const wanted: string[] = [];
  for (const uri of candidates) {
    const content = workspace.bytes(uri);
    if (content === undefined) wanted.push(uri);
    else if (content !== null && wanted.length === 0) {
      if (content.length > MAX_DATA_BYTES) {
        return rt.unknown('file-size', `\`${path}\` is larger than ${MAX_DATA_BYTES / 2 ** 20} MB`, site);
      }
      rt.allocate(content.length);
      return content;
    }
  }
  if (wanted.length > 0) throw new NeedsStop(wanted);
  return rt.unknown('missing-file', `\`${path}\` is not a file of the workspace, or is too large`, site);
}

export function readText(rt: Runtime, path: string, site: Site): string | PyUnknown {
  const content = readBytes(rt, path, site);
  return content instanceof PyUnknown ? content : new TextDecoder().decode(content).replace(/\r\n?/g, '\n');
}

/** Where the file may be: beside the document, or in a root, where programs are started as well. */
function placesOf(rt: Runtime, path: string): string[] {
  const home = rt.scopes.get('__main__')?.uri ?? '';
  const beside = home.slice(0, Math.max(0, home.lastIndexOf('/')));
  const roots = rt.options.workspace.roots.map((r) => r.replace(/\/$/, ''));
  const inside = (uri: string) => [beside, ...roots].some((folder) => folder !== '' && uri.startsWith(`${folder}/`));
  // `os.path.join(os.path.dirname(__file__), 'data.csv')` is an address already.
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(path)) return inside(path) ? [path] : [];
  if (path.startsWith('/') || path.startsWith('~') || /^[A-Za-z]:[\\/]/.test(path)) return [];
  return [...new Set([beside, ...roots].flatMap((folder) => resolved(folder, path) ?? []))].filter(inside);
}

function resolved(folder: string, path: string): string | undefined {
  const parts = folder.split('/');
  for (const part of path.split(/[\\/]/)) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(encodeURIComponent(part));
  }
  return parts.join('/');
}
