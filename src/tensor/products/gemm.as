// The inner loops of the matrix product, in AssemblyScript; compiled by scripts/build-wasm.ts into gemm.wasm.ts.
//
// Both factors are packed in panels of four: a[p*4 + r] holds rows r of a panel, b[p*4 + c] its columns. The result is
// kept in tiles of 4 × 4, which are added to in the order of p, so that every sum is formed strictly from left to right
// (as in the JavaScript kernel, to the last bit: WebAssembly has no fused multiply-add here).

/** The first byte of memory that the caller may use. */
export function base(): i32 {
  return <i32>((__heap_base + 15) & ~15);
}

/** c += a·b for rowPanels × columnPanels tiles; a, b and c are byte addresses. */
export function multiply(a: usize, b: usize, c: usize, rowPanels: i32, columnPanels: i32, depth: i32): void {
  const panelBytes: usize = (<usize>depth) << 5;
  let tile = c;
  for (let i = 0; i < rowPanels; i++) {
    const aPanel = a + <usize>i * panelBytes;
    const aEnd = aPanel + panelBytes;
    let bPanel = b;
    for (let j = 0; j < columnPanels; j++) {
      let c00 = v128.load(tile, 0);
      let c01 = v128.load(tile, 16);
      let c10 = v128.load(tile, 32);
      let c11 = v128.load(tile, 48);
      let c20 = v128.load(tile, 64);
      let c21 = v128.load(tile, 80);
      let c30 = v128.load(tile, 96);
      let c31 = v128.load(tile, 112);
      let q = bPanel;
      for (let p = aPanel; p < aEnd; p += 32) {
        const b0 = v128.load(q, 0);
        const b1 = v128.load(q, 16);
        const a0 = v128.load64_splat(p, 0);
        c00 = f64x2.add(c00, f64x2.mul(a0, b0));
        c01 = f64x2.add(c01, f64x2.mul(a0, b1));
        const a1 = v128.load64_splat(p, 8);
        c10 = f64x2.add(c10, f64x2.mul(a1, b0));
        c11 = f64x2.add(c11, f64x2.mul(a1, b1));
        const a2 = v128.load64_splat(p, 16);
        c20 = f64x2.add(c20, f64x2.mul(a2, b0));
        c21 = f64x2.add(c21, f64x2.mul(a2, b1));
        const a3 = v128.load64_splat(p, 24);
        c30 = f64x2.add(c30, f64x2.mul(a3, b0));
        c31 = f64x2.add(c31, f64x2.mul(a3, b1));
        q += 32;
      }
      v128.store(tile, c00, 0);
      v128.store(tile, c01, 16);
      v128.store(tile, c10, 32);
      v128.store(tile, c11, 48);
      v128.store(tile, c20, 64);
      v128.store(tile, c21, 80);
      v128.store(tile, c30, 96);
      v128.store(tile, c31, 112);
      tile += 128;
      bPanel += panelBytes;
    }
  }
}
