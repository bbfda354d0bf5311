/** `open(path)`: texts of the workspace can be read; what is written goes nowhere. */
import type { Site } from '../../../model';
import { raised } from '../exceptions';
import { builtinClass, fn, method } from '../library';
import type { Runtime } from '../runtime';
import { PyBytes, type PyClass, PyList, PyObject, PyUnknown, type PyValue } from '../values/object';
import { readBytes, readText } from './access';

/** A file that is open for reading. */
export class PyTextFile extends PyObject {
  private at = 0;
  constructor(
    readonly name: string,
    private readonly text: string,
    private readonly isBinary: boolean,
  ) {
    super();
  }
  get cls(): PyClass {
    return TEXT_FILE;
  }
  /** The bytes, if it is open in binary mode. */
  read(count: number | undefined): PyValue {
    const part = this.text.slice(this.at, count === undefined || count < 0 ? undefined : this.at + count);
    this.at += part.length;
    return this.value(part);
  }
  line(): string | undefined {
    if (this.at >= this.text.length) return undefined;
    const end = this.text.indexOf('\n', this.at);
    const line = this.text.slice(this.at, end < 0 ? undefined : end + 1);
    this.at += line.length;
    return line;
  }
  value(text: string): PyValue {
    return this.isBinary ? new PyBytes(text) : text;
  }
  override *iterate(rt: Runtime): Generator<PyValue, undefined> {
    for (let line = this.line(); line !== undefined; line = this.line()) {
      rt.tick();
      yield this.value(line);
    }
    return undefined;
  }
}

const TEXT_FILE = builtinClass('_io.TextIOWrapper', [
  method<[PyTextFile, PyValue?]>('read(self, size=, /)', (_rt, _s, [self, n]) =>
    self.read(typeof n === 'number' ? n : undefined),
  ),
  method<[PyTextFile]>('readline(self)', (_rt, _s, [self]) => self.value(self.line() ?? '')),
  method<[PyTextFile]>('readlines(self)', (rt, _s, [self]) => new PyList([...self.iterate(rt)])),
  method<[PyTextFile]>('close(self)', () => null),
  method<[PyTextFile]>('__enter__(self)', (_rt, _s, [self]) => self),
  method<[PyTextFile, readonly PyValue[]]>('__exit__(self, *info)', () => null),
]);

/** A file that is open for writing: nobody reads it. */
class WrittenFile extends PyObject {
  get cls(): PyClass {
    return WRITTEN_FILE;
  }
}

const WRITTEN_FILE = builtinClass('_io.TextIOWrapper', [
  method<[WrittenFile, PyValue]>('write(self, text, /)', (_rt, _s, [, text]) =>
    typeof text === 'string' ? text.length : null,
  ),
  method<[WrittenFile, PyValue]>('writelines(self, lines, /)', () => null),
  method<[WrittenFile]>('flush(self)', () => null),
  method<[WrittenFile]>('close(self)', () => null),
  method<[WrittenFile]>('__enter__(self)', (_rt, _s, [self]) => self),
  method<[WrittenFile, readonly PyValue[]]>('__exit__(self, *info)', () => null),
]);

export const open = fn<[PyValue, PyValue?, PyValue?, PyValue?]>(
  'open(file, mode=, buffering=, encoding=, errors=, newline=)',
  (rt, site, [path, mode]) => openFile(rt, site, path, mode ?? 'r'),
);

function openFile(rt: Runtime, site: Site, path: PyValue, mode: PyValue): PyValue {
  if (typeof path !== 'string' || typeof mode !== 'string') return rt.unknown('file', '`open` reads files', site);
  if (!/^[rwaxbt+]+$/.test(mode)) throw raised('ValueError', `invalid mode: '${mode}'`);
  if (/[wax]/.test(mode)) return new WrittenFile();
  if (mode.includes('+')) return rt.unknown('file', '`open` writes files', site);
  if (mode.includes('b')) {
    const bytes = readBytes(rt, path, site);
    if (bytes instanceof PyUnknown) return bytes;
    let text = '';
    for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
    return new PyTextFile(path, text, true);
  }
  const text = readText(rt, path, site);
  return text instanceof PyUnknown ? text : new PyTextFile(path, text, false);
}
