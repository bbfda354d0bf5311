/** NumPy's own file formats: `.npy` (format versions 1 to 3) and `.npz`, compressed or not. */
import { FileFault } from './fault';
import { inflate } from './inflate';
import { type DType, fromNested, type NdArray, reshape, transpose } from '../../../tensor';

interface Element {
  readonly dtype: DType;
  readonly size: number;
  read(view: DataView, at: number, little: boolean): number;
}

const ELEMENTS: Readonly<Record<string, Element>> = {
  b1: { dtype: 'bool', size: 1, read: (v, i) => v.getUint8(i) },
  i1: { dtype: 'int64', size: 1, read: (v, i) => v.getInt8(i) },
  u1: { dtype: 'int64', size: 1, read: (v, i) => v.getUint8(i) },
  i2: { dtype: 'int64', size: 2, read: (v, i, l) => v.getInt16(i, l) },
  u2: { dtype: 'int64', size: 2, read: (v, i, l) => v.getUint16(i, l) },
  i4: { dtype: 'int64', size: 4, read: (v, i, l) => v.getInt32(i, l) },
  u4: { dtype: 'int64', size: 4, read: (v, i, l) => v.getUint32(i, l) },
  i8: { dtype: 'int64', size: 8, read: (v, i, l) => exact(v.getBigInt64(i, l)) },
  u8: { dtype: 'int64', size: 8, read: (v, i, l) => exact(v.getBigUint64(i, l)) },
  f4: { dtype: 'float32', size: 4, read: (v, i, l) => v.getFloat32(i, l) },
  f8: { dtype: 'float64', size: 8, read: (v, i, l) => v.getFloat64(i, l) },
};

function exact(value: bigint): number {
  const n = Number(value);
  if (!Number.isSafeInteger(n)) throw new FileFault('it holds integers beyond 2⁵³');
  return n;
}

/** @throws FileFault what is not supported, in words */
export function readNpy(bytes: Uint8Array): NdArray {
  if (bytes.length < 10 || String.fromCharCode(...bytes.subarray(1, 6)) !== 'NUMPY') {
    throw new FileFault('it is no NumPy file');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLong = (bytes[6] as number) >= 2;
  const length = isLong ? view.getUint32(8, true) : view.getUint16(8, true);
  const start = (isLong ? 12 : 10) + length;
  const header = new TextDecoder().decode(bytes.subarray(isLong ? 12 : 10, start));
  const descr = /'descr':\s*'([<>|=]?)(\w\d+)'/.exec(header);
  const order = /'fortran_order':\s*(True|False)/.exec(header);
  const extents = /'shape':\s*\(([^)]*)\)/.exec(header);
  const element = descr && ELEMENTS[descr[2] as string];
  if (!element || !order || !extents) throw new FileFault('its elements are no plain numbers');
  const shape = [...(extents[1] as string).matchAll(/\d+/g)].map((m) => Number(m[0]));
  const size = shape.reduce((n, e) => n * e, 1);
  if (start + size * element.size > bytes.length) throw new FileFault('it ends too early');
  const little = descr[1] !== '>';
  const values = Array.from({ length: size }, (_, i) => element.read(view, start + i * element.size, little));
  const flat = fromNested(element.dtype === 'bool' ? values.map((x) => x !== 0) : values, element.dtype);
  if (order[1] === 'False' || shape.length < 2) return reshape(flat, shape);
  // Column by column: the transpose of the reversed shape.
  return transpose(
    reshape(flat, [...shape].reverse()),
    shape.map((_, i) => shape.length - 1 - i),
  );
}

/** How a member of an archive is stored (APPNOTE.TXT, 4.4.5). */
const STORED = 0;
const DEFLATED = 8;

/**
 * The members of an archive by name, without their endings.
 * @param maxBytes how large a member may be without its compression
 * @throws FileFault
 */
export function readNpz(bytes: Uint8Array, maxBytes: number): Map<string, () => NdArray> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOfDirectory(view);
  const members = new Map<string, () => NdArray>();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw new FileFault('it is damaged');
    const method = view.getUint16(at + 10, true);
    const [packed, name, extra, comment] = [
      view.getUint32(at + 20, true),
      view.getUint16(at + 28, true),
      view.getUint16(at + 30, true),
      view.getUint16(at + 32, true),
    ];
    const local = view.getUint32(at + 42, true);
    const title = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name)).replace(/\.npy$/, '');
    at += 46 + name + extra + comment;
    members.set(title, () => {
      if (method !== STORED && method !== DEFLATED) throw new FileFault('it is compressed in an unusual way');
      const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      // Sizes beyond 32 bits stand elsewhere; the array knows its own.
      const content = bytes.subarray(from, packed === 0xffffffff ? undefined : from + packed);
      return readNpy(method === STORED ? content : inflate(content, maxBytes));
    });
  }
  return members;
}

function endOfDirectory(view: DataView): number {
  for (let i = view.byteLength - 22; i >= 0 && i > view.byteLength - 22 - 65_536; i--) {
    if (view.getUint32(i, true) === 0x06054b50) return i;
  }
  throw new FileFault('it is no archive');
}
