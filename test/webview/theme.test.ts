import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { lightnessOn, luminance } from '../../webview/theme';

describe('lightness of colour roles', () => {
  it('is left to the stylesheet on the usual grounds', () => {
    for (const ground of [
      [255, 255, 255],
      [31, 31, 31],
      [0, 0, 0],
      [248, 248, 248],
    ] as const)
      assert.equal(lightnessOn(luminance(ground)), undefined);
  });

  it('stands out from every grey where that is possible', () => {
    for (let c = 58; c < 230; c++) {
      const ground = luminance([c, c, c]);
      const lightness = lightnessOn(ground) as number;
      // A grey of this Oklab lightness has this luminance.
      const text = lightness ** 3;
      const contrast = (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
      const best = Math.max(1.05 / (ground + 0.05), (ground + 0.05) / 0.05);
      assert.ok(contrast >= Math.min(4.5, best * 0.85), `grey ${c}: ${contrast.toFixed(2)} of ${best.toFixed(2)}`);
    }
  });
});
