/** The HTML of a page that holds the standalone viewer and what it shows. */
import type { Recording } from './recording';

export interface PageParts {
  readonly title: string;
  readonly recordings: readonly Recording[];
  /** Addresses of `standalone.js` and `standalone.css`. */
  readonly script: string;
  readonly style: string;
}

/** A page that loads its script and its style. */
export function standalonePage({ title, recordings, script, style }: PageParts): string {
  return page(
    title,
    `<link rel="stylesheet" href="${escapeHtml(style)}">`,
    `${data(recordings)}\n<script src="${escapeHtml(script)}"></script>`,
  );
}

export interface FileParts {
  readonly title: string;
  readonly recordings: readonly Recording[];
  /** Reads `standalone.js`, `standalone.css` and the fonts that it names, which lie beside each other. */
  readonly read: (file: string) => Promise<Uint8Array>;
}

/**
 * A page in one file: script, style, fonts and recordings in it. It loads nothing and runs nothing but the script
 * that it was written with, from wherever it is opened.
 * @throws what `read` throws where a file is missing
 */
export async function pageInOneFile({ title, recordings, read }: FileParts): Promise<string> {
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  // Inside an element, neither text may end it.
  const script = withoutMap(decode(await read('standalone.js'))).replace(/<(?=\/script|!--)/gi, '\\x3c');
  const style = await withFonts(
    withoutMap(decode(await read('standalone.css'))).replace(/<(?=\/style)/gi, '\\3c '),
    read,
  );
  const policy = [
    "default-src 'none'",
    `script-src ${await hashOf(script)}`,
    `style-src ${await hashOf(style)}`,
    'font-src data:',
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return page(
    title,
    `<meta http-equiv="Content-Security-Policy" content="${policy}">\n<style>${style}</style>`,
    `${data(recordings)}\n<script>${script}</script>`,
  );
}

function page(title: string, head: string, body: string): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width">',
    `<title>${escapeHtml(title)}</title>`,
    head,
    '</head>',
    '<body>',
    body,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function data(recordings: readonly Recording[]): string {
  // `<` inside JSON would end the element or open a comment.
  const json = JSON.stringify(recordings)
    .replace(/</g, '\\u003c')
    .replace(/\u2028|\u2029/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);
  return `<script type="application/json" id="wengert-recordings">${json}</script>`;
}

/** Source maps are files of their own, which nobody has who was given the page. */
function withoutMap(text: string): string {
  return text.replace(/^\/[/*]# sourceMappingURL=.*$/gm, '').trim();
}

/** Fonts as part of the stylesheet. */
async function withFonts(css: string, read: FileParts['read']): Promise<string> {
  const wanted = new Set([...css.matchAll(/url\((["']?)([^)"']+\.woff2)\1\)/g)].map((match) => match[2] as string));
  let text = css;
  for (const file of wanted) {
    const url = `url(data:font/woff2;base64,${base64(await read(file))})`;
    text = text.replaceAll(`url(${file})`, url).replaceAll(`url("${file}")`, url).replaceAll(`url('${file}')`, url);
  }
  return text;
}

function base64(bytes: Uint8Array): string {
  let text = '';
  // The argument list of one call is limited.
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `'sha256-${base64(new Uint8Array(digest))}'`;
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
