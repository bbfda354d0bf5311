/** A hover is Markdown with text of the document in it. That text is read here as an editor reads it, by a Markdown parser. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { GFM, parser } from '@lezer/markdown';
import { describe, it } from 'mocha';
import { code, html, prose, tableRow, unknownText } from '../../src/service/hoverText';
import { CURSOR, open } from '../support/service';

const markdown = parser.configure(GFM);

/** The kinds of nodes in a Markdown text, without the places of marks. */
function nodes(text: string): Set<string> {
  const found = new Set<string>();
  markdown.parse(text).iterate({ enter: ({ name }) => void (name.endsWith('Mark') || found.add(name)) });
  return found;
}

/** What an attacker would put together. */
const hostile = fc
  .array(
    fc.constantFrom(
      ...[
        '[l](command:x)',
        '![i](http://e.example/p.png)',
        '<img src=x onerror=y>',
        '<a href="x">',
        '</code>',
        '</table>',
      ],
      ...[
        'https://e.example',
        'HTTP://e.example',
        'www.e.example',
        'WWW.e.example',
        'a@e.example',
        '<https://e.example>',
      ],
      ...[
        '`',
        '``',
        '\\',
        '\\`',
        '\n',
        '\r',
        '\r\n\r\n',
        '\n\n',
        ' ',
        '\t',
        '    ',
        '\n# h',
        '\n- l',
        '\n1. l',
        '\n> q',
        '\n===',
      ],
      ...[
        '&lt;',
        '&#96;',
        '*',
        '**',
        '_',
        '~~',
        '|',
        '\n|-|\n',
        '[a]: http://e.example',
        '[a]',
        '$(zap)',
        '\u2028',
        'x',
        'α',
      ],
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const PLAIN = ['Document', 'Paragraph', 'Escape', 'Entity', 'InlineCode', 'HardBreak'];

describe('text of the document in a hover', () => {
  it('is prose that holds code spans and nothing else', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const other = [...nodes(`x ${prose(text)}`)].filter((name) => !PLAIN.includes(name));
        assert.deepEqual(other, [], JSON.stringify(prose(text)));
      }),
      { numRuns: 3_000 },
    );
  });

  it('is one code span', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = `x ${code(`v${text}`)} y`;
        assert.deepEqual([...nodes(shown)].sort(), ['Document', 'InlineCode', 'Paragraph'], JSON.stringify(shown));
      }),
      { numRuns: 3_000 },
    );
  });

  it('stays in its cell of a table', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const table = `<table>${tableRow(html(text), '1')}</table>`;
        assert.deepEqual([...nodes(table)].sort(), ['Document', 'HTMLBlock']);
        assert.equal(table.match(/</g)?.length, 8, table);
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps what it says', () => {
    assert.equal(prose('`f` (line 3) reads `a.b`'), '`f` \\(line 3\\) reads `a.b`');
    assert.equal(prose('an open ` tick'), 'an open  \\` tick');
    assert.equal(code('a\n\n  b'), '`a b`');
    assert.match(unknownText('`g` is not defined', 'line 4'), /`g` \\\(line 4\\\) is not defined/);
  });

  it('is harmless as a key, as a string and as the text of an error', async () => {
    const key = 'a\\n\\n![x](http://e.example/p.png)\\n\\n[c](command:e)\\n\\n';
    const { service, uri, cursors } = await open(
      `w = {'${key}': 2.0, 'b': 3.0}\nlo${CURSOR}ss = ${CURSOR}w['${key}'] ** 2 + w['b']\n`,
    );
    const hovers = await Promise.all(cursors.map((at) => service.hover(uri, at)));
    assert.ok(hovers.every((hover) => hover !== undefined));
    for (const hover of hovers) {
      const found = nodes(hover?.markdown ?? '');
      for (const kind of ['Link', 'Image', 'Autolink', 'URL', 'ATXHeading1'])
        assert.ok(!found.has(kind), `${kind} in ${hover?.markdown}`);
    }
  });
});
