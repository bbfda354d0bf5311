import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inRoot } from '../../scripts/lib/root.mjs';

const require = createRequire(__filename);
const { listFiles } = require('@vscode/vsce') as typeof import('@vscode/vsce');

describe('package', () => {
  it('packs what the allow-list names and nothing else', async function () {
    this.timeout(60_000); // vsce is slow to load
    const packed = await listFiles({ cwd: inRoot(), packageManager: 0 });
    const allowed =
      /^(package\.json|README\.md|CHANGELOG\.md|LICENSE|media\/(icon\.png|view\.svg|walkthrough\/[a-z]+-(dark|light)\.png)|examples\/(two-variables\.md|two_layer_network\.py|wrong_gradient\.py)|dist\/[a-z]+\.(js|css)|dist\/ThirdPartyNotices\.txt|dist\/fonts\/\S+\.woff2)$/;
    for (const file of packed) assert.match(file, allowed);
    assert.ok(packed.includes('dist/extension.js'));
    assert.ok(packed.includes('dist/server.js'));
    assert.ok(packed.includes('dist/ThirdPartyNotices.txt'));
    const { contributes } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')) as {
      contributes: { walkthroughs: { steps: { media: { image: Record<string, string> } }[] }[] };
    };
    const pictures = contributes.walkthroughs.flatMap(({ steps }) =>
      steps.flatMap(({ media }) => Object.values(media.image)),
    );
    assert.ok(pictures.length > 0);
    for (const picture of pictures) assert.ok(packed.includes(picture), picture);
  });

  it('is a command line without VS Code as a package for Node', function () {
    this.timeout(60_000);
    const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: inRoot(),
      encoding: 'utf8',
    });
    const [{ files }] = JSON.parse(output) as [{ files: { path: string }[] }];
    const packed = files.map((f) => f.path);
    for (const file of [
      'dist/cli.js',
      'dist/worker.js',
      'dist/standalone.js',
      'dist/standalone.css',
      'schema/check.json',
    ])
      assert.ok(packed.includes(file), file);
    assert.ok(packed.some((file) => file.endsWith('.woff2')));
    const allowed =
      /^(package\.json|README\.md|CHANGELOG\.md|LICENSE|schema\/[a-z]+\.json|dist\/(cli|worker|standalone|extension)\.js|dist\/standalone\.css|dist\/ThirdPartyNotices\.txt|dist\/fonts\/\S+\.woff2)$/;
    for (const file of packed) assert.match(file, allowed);
  });

  it('names the licence of what is bundled', () => {
    const notices = readFileSync(inRoot('dist', 'ThirdPartyNotices.txt'), 'utf8');
    for (const name of ['katex', 'preact', '@lezer/python', 'd3-scale', 'vscode-languageclient', 'valibot'])
      assert.match(notices, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\((?:MIT|ISC|Apache|BSD)`, 'm'));
    assert.doesNotMatch(notices, /No text of the licence is in the package/);
  });

  it('pins every dependency, and the lock file names no registry', () => {
    const { devDependencies } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
    for (const version of Object.values(devDependencies)) assert.match(version as string, /^\d+\.\d+\.\d+$/);
    for (const place of [[], ['test', 'vscode', 'host']])
      assert.doesNotMatch(readFileSync(inRoot(...place, 'package-lock.json'), 'utf8'), /"resolved"/);
  });
});
