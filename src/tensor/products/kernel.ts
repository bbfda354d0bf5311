/**
 * The inner loops of the matrix product on packed panels: in WebAssembly with 128-bit vectors where that can be had, else
 * in JavaScript. Both add in the same order and give the same bits.
 */
import { PRODUCT_MODULE } from './gemm.wasm';

/** Rows and columns of a tile. */
export const TILE = 4;

/** Extents of the block that is multiplied at once; its packed parts stay in the caches. */
export const BLOCK_ROWS = 128;
export const BLOCK_COLUMNS = 256;
export const BLOCK_DEPTH = 256;

/** Memory for one block, and what multiplies it: tiles += rows · columns. */
export interface Kernel {
  readonly name: 'WebAssembly' | 'JavaScript';
  /** Panels of four rows, depth first: element [p·4 + r] of a panel. */
  readonly rows: Float64Array;
  /** Panels of four columns, depth first. */
  readonly columns: Float64Array;
  /** Tiles of 4 × 4, row-major, those of a panel of rows after one another. */
  readonly tiles: Float64Array;
  multiply(rowPanels: number, columnPanels: number, depth: number): void;
}

const LENGTHS = [BLOCK_ROWS * BLOCK_DEPTH, BLOCK_COLUMNS * BLOCK_DEPTH, BLOCK_ROWS * BLOCK_COLUMNS] as const;

let shared: Kernel | undefined;

/** The kernel of this thread, made when first needed. */
export function sharedKernel(): Kernel {
  shared ??= webAssemblyKernel() ?? javaScriptKernel();
  return shared;
}

interface ProductExports {
  readonly memory: WebAssembly.Memory;
  base(): number;
  multiply(a: number, b: number, c: number, rowPanels: number, columnPanels: number, depth: number): void;
}

/** The vector kernel, or undefined where WebAssembly or its vectors are missing or forbidden. */
export function webAssemblyKernel(): Kernel | undefined {
  try {
    const bytes = Uint8Array.from(atob(PRODUCT_MODULE), (character) => character.charCodeAt(0));
    const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes));
    const { memory, base, multiply } = instance.exports as unknown as ProductExports;
    const starts: number[] = [];
    let end = base();
    for (const length of LENGTHS) {
      starts.push(end);
      end += length * 8;
    }
    const page = 65536;
    memory.grow(Math.max(0, Math.ceil((end - memory.buffer.byteLength) / page)));
    const [a, b, c] = starts as [number, number, number];
    const [rows, columns, tiles] = LENGTHS.map((length, i) => new Float64Array(memory.buffer, starts[i], length));
    return {
      name: 'WebAssembly',
      rows: rows!,
      columns: columns!,
      tiles: tiles!,
      multiply: (rowPanels, columnPanels, depth) => multiply(a, b, c, rowPanels, columnPanels, depth),
    };
  } catch {
    // No WebAssembly, no vectors, or a content-security policy that forbids compiling it.
    return undefined;
  }
}

export function javaScriptKernel(): Kernel {
  const [rows, columns, tiles] = LENGTHS.map((length) => new Float64Array(length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  return {
    name: 'JavaScript',
    rows,
    columns,
    tiles,
    multiply: (rowPanels, columnPanels, depth) => {
      for (let i = 0; i < rowPanels; i++) {
        for (let j = 0; j < columnPanels; j++) {
          const tile = (i * columnPanels + j) * TILE * TILE;
          for (let r = 0; r < TILE; r += 2) {
            halfTile(rows, i * depth * TILE + r, columns, j * depth * TILE, tiles, tile + r * TILE, depth);
          }
        }
      }
    },
  };
}

/** Two rows of a tile: eight sums are what fits in registers. */
function halfTile(
  rows: Float64Array,
  rowAt: number,
  columns: Float64Array,
  columnAt: number,
  tiles: Float64Array,
  tile: number,
  depth: number,
): void {
  let c00 = tiles[tile]!;
  let c01 = tiles[tile + 1]!;
  let c02 = tiles[tile + 2]!;
  let c03 = tiles[tile + 3]!;
  let c10 = tiles[tile + 4]!;
  let c11 = tiles[tile + 5]!;
  let c12 = tiles[tile + 6]!;
  let c13 = tiles[tile + 7]!;
  let q = columnAt;
  const end = rowAt + depth * TILE;
  for (let p = rowAt; p < end; p += TILE, q += TILE) {
    const a0 = rows[p]!;
    const a1 = rows[p + 1]!;
    const b0 = columns[q]!;
    const b1 = columns[q + 1]!;
    const b2 = columns[q + 2]!;
    const b3 = columns[q + 3]!;
    c00 += a0 * b0;
    c01 += a0 * b1;
    c02 += a0 * b2;
    c03 += a0 * b3;
    c10 += a1 * b0;
    c11 += a1 * b1;
    c12 += a1 * b2;
    c13 += a1 * b3;
  }
  tiles[tile] = c00;
  tiles[tile + 1] = c01;
  tiles[tile + 2] = c02;
  tiles[tile + 3] = c03;
  tiles[tile + 4] = c10;
  tiles[tile + 5] = c11;
  tiles[tile + 6] = c12;
  tiles[tile + 7] = c13;
}
