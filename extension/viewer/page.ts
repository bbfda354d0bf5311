/** The page of the viewer: one script, one stylesheet, nothing else may run or load. */
import { Uri, type Webview, type WebviewOptions } from 'vscode';

export function pageOptions(extensionUri: Uri): WebviewOptions {
  return { enableScripts: true, localResourceRoots: [Uri.joinPath(extensionUri, 'dist')] };
}

export function pageHtml(webview: Webview, extensionUri: Uri): string {
  const nonce = randomNonce();
  const resource = (file: string) => webview.asWebviewUri(Uri.joinPath(extensionUri, 'dist', file)).toString();
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Wengert</title>
  <link rel="stylesheet" href="${resource('viewer.css')}">
  <script nonce="${nonce}" src="${resource('viewer.js')}" defer></script>
</head>
<body></body>
</html>`;
}

function randomNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
