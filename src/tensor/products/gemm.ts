/**
 * The product of two matrices given as windows on typed arrays. Every sum is formed in float64 strictly in the order of
 * the inner index and rounded to the result's type once, whatever way is taken, so that results do not depend on sizes.
 * Blocking and packing after Goto and van de Geijn 2008, "Anatomy of high-performance matrix multiplication".
 */
import { DTYPE_FACTS, isFloat, type DType, type TypedArray } from '../dtype';
import { TensorError } from '../error';
import { BLOCK_COLUMNS, BLOCK_DEPTH, BLOCK_ROWS, sharedKernel, TILE, type Kernel } from './kernel';

export interface MatrixWindow {
  readonly data: TypedArray;
  readonly offset: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** Products with fewer multiplications than this, or thinner than a tile, are not worth packing. */
const SMALL = 4096;

/** Writes the m×n product of an m×k and a k×n matrix into `out` from `at`, row-major. */
export function multiply(
  a: MatrixWindow,
  b: MatrixWindow,
  m: number,
  k: number,
  n: number,
  out: TypedArray,
  at: number,
  dtype: DType,
): void {
  if (!isFloat(dtype)) multiplyIntegers(a, b, m, k, n, out, at, dtype);
  else if (m * n * k < SMALL || m < TILE || n < TILE) multiplyPlainly(a, b, m, k, n, out, at);
  else multiplyPacked(sharedKernel(), a, b, m, k, n, out, at);
}

function multiplyPlainly(
  a: MatrixWindow,
  b: MatrixWindow,
  m: number,
  k: number,
  n: number,
  out: TypedArray,
  at: number,
): void {
  const { data: x, rowStride: xRow, columnStride: xColumn } = a;
  const { data: y, rowStride: yRow, columnStride: yColumn } = b;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let p = a.offset + i * xRow;
      let q = b.offset + j * yColumn;
      let total = 0;
      for (let step = 0; step < k; step++, p += xColumn, q += yRow) total += x[p]! * y[q]!;
      out[at + i * n + j] = total;
    }
  }
}

/**
 * Integers of up to 32 bits wrap (sums and products modulo 2³²), bools are OR of ANDs, and 64-bit integers must stay
 * exact.
 */
function multiplyIntegers(
  a: MatrixWindow,
  b: MatrixWindow,
  m: number,
  k: number,
  n: number,
  out: TypedArray,
  at: number,
  dtype: DType,
): void {
  const wraps = DTYPE_FACTS[dtype].itemSize < 8;
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let total = 0;
      for (let p = 0; p < k; p++) {
        const x = a.data[a.offset + i * a.rowStride + p * a.columnStride]!;
        const y = b.data[b.offset + p * b.rowStride + j * b.columnStride]!;
        if (dtype === 'bool') total |= x & y;
        else if (wraps) total = (total + Math.imul(x, y)) | 0;
        else {
          total += x * y;
          if (!Number.isSafeInteger(total)) {
            throw new TensorError(
              'overflow',
              'matmul',
              `${total} is beyond the ${dtype} values that are exact here (2⁵³)`,
            );
          }
        }
      }
      out[at + i * n + j] = total;
    }
  }
}

/** The product block by block through a kernel. */
export function multiplyPacked(
  kernel: Kernel,
  a: MatrixWindow,
  b: MatrixWindow,
  m: number,
  k: number,
  n: number,
  out: TypedArray,
  at: number,
): void {
  for (let j = 0; j < n; j += BLOCK_COLUMNS) {
    const columns = Math.min(BLOCK_COLUMNS, n - j);
    const columnPanels = Math.ceil(columns / TILE);
    for (let i = 0; i < m; i += BLOCK_ROWS) {
      const rows = Math.min(BLOCK_ROWS, m - i);
      const rowPanels = Math.ceil(rows / TILE);
      kernel.tiles.fill(0, 0, rowPanels * columnPanels * TILE * TILE);
      for (let p = 0; p < k; p += BLOCK_DEPTH) {
        const depth = Math.min(BLOCK_DEPTH, k - p);
        pack(
          kernel.rows,
          a.data,
          a.offset + i * a.rowStride + p * a.columnStride,
          a.rowStride,
          a.columnStride,
          rows,
          depth,
        );
        // Of a matrix with one block of rows the columns are packed once; repacking costs 1/rows of the product.
        pack(
          kernel.columns,
          b.data,
          b.offset + p * b.rowStride + j * b.columnStride,
          b.columnStride,
          b.rowStride,
          columns,
          depth,
        );
        kernel.multiply(rowPanels, columnPanels, depth);
      }
      unpack(kernel.tiles, rows, columns, out, at + i * n + j, n);
    }
  }
}

/** Packs `lines` lines of `depth` elements into panels of four lines, depth first; missing lines are zeros. */
function pack(
  panels: Float64Array,
  data: TypedArray,
  offset: number,
  lineStride: number,
  depthStride: number,
  lines: number,
  depth: number,
): void {
  let to = 0;
  for (let line = 0; line < lines; line += TILE) {
    const from = offset + line * lineStride;
    if (lines - line >= TILE) {
      for (let p = 0, q = from; p < depth; p++, q += depthStride, to += TILE) {
        panels[to] = data[q]!;
        panels[to + 1] = data[q + lineStride]!;
        panels[to + 2] = data[q + 2 * lineStride]!;
        panels[to + 3] = data[q + 3 * lineStride]!;
      }
    } else {
      for (let p = 0, q = from; p < depth; p++, q += depthStride, to += TILE) {
        for (let r = 0; r < TILE; r++) panels[to + r] = line + r < lines ? data[q + r * lineStride]! : 0;
      }
    }
  }
}

/** Writes tiles out as rows of a matrix with `rowLength` columns. */
function unpack(
  tiles: Float64Array,
  rows: number,
  columns: number,
  out: TypedArray,
  at: number,
  rowLength: number,
): void {
  const columnPanels = Math.ceil(columns / TILE);
  for (let i = 0; i < rows; i++) {
    const tileRow = (Math.floor(i / TILE) * columnPanels * TILE + (i % TILE)) * TILE;
    const to = at + i * rowLength;
    for (let j = 0; j < columns; j++) {
      out[to + j] = tiles[tileRow + (j >> 2) * TILE * TILE + (j & 3)]!;
    }
  }
}
