// Serves the stand-alone viewer from dist/ on a loopback port.
import { createReadStream, existsSync, statSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { inRoot } from './root.mjs';

/** @type {Record<string, string>} */
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** The same content-security policy in spirit as the viewer's in VS Code. */
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:";

/**
 * Starts the server.
 * @param {string} html what `/` answers: a page that loads `standalone.js` and `standalone.css`
 * @param {number} [port] 0 takes a free one
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export function servePages(html, port = 0) {
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/') {
      response.setHeader('content-type', types['.html'] ?? '');
      response.setHeader('content-security-policy', policy);
      return void response.end(html);
    }
    const file = path.normalize(inRoot('dist', decodeURIComponent(pathname)));
    if (!file.startsWith(inRoot('dist') + path.sep) || !existsSync(file) || !statSync(file).isFile())
      return void response.writeHead(404).end();
    response.setHeader('content-type', types[path.extname(file)] ?? 'application/octet-stream');
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = /** @type {import('node:net').AddressInfo} */ (server.address());
      resolve({
        url: `http://127.0.0.1:${address.port}/`,
        stop: () =>
          new Promise((done) => {
            server.closeAllConnections();
            server.close(() => done());
          }),
      });
    });
  });
}
