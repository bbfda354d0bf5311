// Compiles src/tensor/products/gemm.as with AssemblyScript and inlines the module as base64 in gemm.wasm.ts.
// Run: npx tsx scripts/build-wasm.ts   (a test compiles again and compares)
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const folder = path.join(__dirname, '..', 'src', 'tensor', 'products');
const source = path.join(folder, 'gemm.as');
const target = path.join(folder, 'gemm.wasm.ts');

/** The text of gemm.wasm.ts as compiled from the source now. */
export async function compileProductModule(): Promise<string> {
  // An ES module, which this file (CommonJS by the package's type) cannot import statically.
  const { default: asc } = await import('assemblyscript/asc');
  const text = await readFile(source, 'utf8');
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    [
      'gemm.ts',
      '--outFile',
      'gemm.wasm',
      '-O3',
      '--noAssert',
      '--runtime',
      'stub',
      '--enable',
      'simd',
      '--initialMemory',
      '1',
    ],
    {
      readFile: (name) => (name === 'gemm.ts' ? text : null),
      writeFile: (name, contents) => {
        if (name === 'gemm.wasm') binary = contents as Uint8Array;
      },
      listFiles: () => [],
    },
  );
  if (error || !binary) throw new Error(`gemm.as does not compile: ${error?.message}\n${stderr.toString()}`);
  const base64 = Buffer.from(binary).toString('base64');
  const lines = base64.match(/.{1,92}/g)!.map((line) => `  '${line}'`);
  return (
    '/** gemm.as compiled; written by scripts/build-wasm.ts. */\n' +
    `export const PRODUCT_MODULE =\n${lines.join(' +\n')};\n`
  );
}

if (process.argv[1] === __filename) void compileProductModule().then((text) => writeFile(target, text));
