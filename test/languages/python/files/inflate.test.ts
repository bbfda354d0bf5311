/** Against what Node's zlib packs. */
import assert from 'node:assert/strict';
import { constants, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { FileFault } from '../../../../src/languages/python/files/fault';
import { inflate } from '../../../../src/languages/python/files/inflate';

const LARGE = 1 << 24;
const strategies = [constants.Z_DEFAULT_STRATEGY, constants.Z_FIXED, constants.Z_HUFFMAN_ONLY, constants.Z_RLE];

describe('inflate', () => {
  it('gives back what was packed: stored, with fixed codes, with codes of its own', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 2000 }),
      // Repeats, near and far.
      fc
        .array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 400 })), {
          maxLength: 12,
        })
        .map((parts) =>
          Uint8Array.from(
            parts.flatMap(
              ([part, times]) =>
                Array(times)
                  .fill([...part])
                  .flat() as number[],
            ),
          ),
        ),
    );
    fc.assert(
      fc.property(bytes, fc.integer({ min: 0, max: 9 }), fc.constantFrom(...strategies), (data, level, strategy) => {
        assert.deepEqual(inflate(deflateRawSync(data, { level, strategy }), LARGE), data);
      }),
    );
    const long = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) >> 7);
    assert.deepEqual(inflate(deflateRawSync(long), LARGE), long);
  });

  it('ends with a fault on damaged data, and where they grow too large', () => {
    const packed = deflateRawSync(Uint8Array.from({ length: 4000 }, (_, i) => i % 251));
    for (let end = 0; end < packed.length - 1; end += 3)
      assert.throws(() => inflate(packed.subarray(0, end), LARGE), FileFault);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        try {
          inflate(noise, 1 << 16);
        } catch (error) {
          assert.ok(error instanceof FileFault);
        }
      }),
    );
    assert.throws(() => inflate(deflateRawSync(new Uint8Array(100_000)), 50_000), /larger than/);
  });
});
