import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'mocha';
import { pageInOneFile } from '../../src/export/page';
import { recordings } from '../webview/fixtures/recordings';

const FILES: Record<string, string> = {
  'standalone.js': 'console.log("</script><p>");\n//# sourceMappingURL=standalone.js.map\n',
  'standalone.css': '@font-face { src: url(fonts/a.woff2) }\n/*# sourceMappingURL=standalone.css.map */\n',
  'fonts/a.woff2': 'font',
};
const read = async (file: string) => new TextEncoder().encode(FILES[file]);

describe('a page in one file', () => {
  it('allows the script and the style that it holds, and nothing else', async () => {
    const html = await pageInOneFile({ title: 'x', recordings: [], read });
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? '';
    assert.match(policy, /^default-src 'none'/);
    assert.ok(!/unsafe|https?:|\*/.test(policy));
    for (const [tag, directive] of [
      ['script', 'script-src'],
      ['style', 'style-src'],
    ] as const) {
      const text = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(html)?.[1] ?? '';
      const hash = createHash('sha256').update(text).digest('base64');
      assert.ok(policy.includes(`${directive} 'sha256-${hash}'`), directive);
    }
  });

  it('holds its fonts, and names no other file', async () => {
    const html = await pageInOneFile({ title: 'x', recordings: [], read });
    assert.ok(html.includes(`url(data:font/woff2;base64,${btoa('font')})`));
    assert.ok(!/\.woff2|\.map|src="|href="/.test(html));
  });

  it('ends no element early, whatever the recordings hold', async () => {
    const [first] = recordings();
    const hostile = { ...first!, name: '</script><script>alert(1)</script><!--', file: '\u2028' };
    const html = await pageInOneFile({ title: '</title><script>', recordings: [hostile], read });
    assert.equal(html.match(/<script/g)?.length, 2);
    assert.equal(html.match(/<\/script>/g)?.length, 2);
    const json = /id="wengert-recordings">([^]*?)<\/script>/.exec(html)?.[1] ?? '';
    assert.equal((JSON.parse(json) as { name: string }[])[0]?.name, hostile.name);
  });
});
