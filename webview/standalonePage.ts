/** The HTML of a page that holds the standalone viewer and what it shows. */
import type { Recording } from './recording';

export interface StandaloneParts {
  readonly title: string;
  readonly recordings: readonly Recording[];
  /** Addresses of `standalone.js` and `standalone.css`, or their text for a page in one file. */
  readonly script: { readonly src: string } | { readonly text: string };
  readonly style: { readonly href: string } | { readonly text: string };
}

export function standalonePage({ title, recordings, script, style }: StandaloneParts): string {
  // `<` inside JSON would end the element or open a comment.
  const data = JSON.stringify(recordings).replace(/</g, '\\u003c');
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    `<title>${escapeHtml(title)}</title>`,
    'href' in style
      ? `<link rel="stylesheet" href="${escapeHtml(style.href)}">`
      : `<style>${style.text.replace(/<\//g, '<\\/')}</style>`,
    '</head>',
    '<body>',
    `<script type="application/json" id="wengert-recordings">${data}</script>`,
    'src' in script
      ? `<script src="${escapeHtml(script.src)}"></script>`
      : `<script>${script.text.replace(/<\/(script)/gi, '<\\/$1')}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
