// The bundles: one configuration a target. An entry whose file does not exist is left out.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import MiniCssExtractPlugin from 'mini-css-extract-plugin';
import MinimizerPlugin from 'minimizer-webpack-plugin';
import webpack from 'webpack';
import { notices } from './scripts/webpack/notices.mjs';

const root = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(root, 'dist');
/** One file for all bundles. */
const licences = notices(root, dist);
const inRoot = (/** @type {string} */ file) => path.join(root, file);

/** Output name → entry file, without the entries that do not exist (yet). */
function entries(/** @type {Record<string, string>} */ table) {
  const present = Object.entries(table).filter(([, file]) => existsSync(inRoot(file)));
  return Object.fromEntries(present.map(([name, file]) => [name, inRoot(file)]));
}

const typescript = {
  test: /\.tsx?$/,
  exclude: /node_modules/,
  // Types are checked by `npm run typecheck`; here they are only stripped.
  use: {
    loader: 'ts-loader',
    options: {
      transpileOnly: true,
      compilerOptions: { noEmit: false, incremental: false, tsBuildInfoFile: undefined },
    },
  },
};

const styles = {
  test: /\.css$/,
  use: [MiniCssExtractPlugin.loader, 'css-loader', inRoot('scripts/webpack/woff2-only.cjs')],
};

const fonts = {
  test: /\.woff2$/,
  type: 'asset/resource',
  generator: { filename: 'fonts/[name][ext]' },
};

/** For what Node loads from disk: esbuild leaves a tenth more than terser, in a fortieth of the time. */
const quickMinimizer = new MinimizerPlugin({
  minify: MinimizerPlugin.esbuildMinify,
  minimizerOptions: { target: 'es2022', legalComments: 'none' },
  extractComments: false,
});

/**
 * For what a page loads: terser removes unused functions, which is nearly all of the gain (a third); its other
 * passes cost most of the time.
 */
const smallMinimizer = new MinimizerPlugin({
  terserOptions: {
    compress: { defaults: false, unused: true, dead_code: true, side_effects: true },
    format: { comments: false },
  },
  extractComments: false,
  parallel: 2,
});

/**
 * What all bundles share.
 * @param {string} name
 * @param {string} mode
 * @returns {webpack.Configuration}
 */
const base = (name, mode) => ({
  name,
  mode: mode === 'production' ? 'production' : 'development',
  context: root,
  devtool: 'source-map',
  resolve: { extensions: ['.ts', '.tsx', '.mjs', '.js'] },
  module: { rules: [typescript] },
  performance: { hints: false },
  optimization: { splitChunks: false, minimizer: [quickMinimizer] },
  stats: 'errors-warnings',
  infrastructureLogging: { level: 'error' },
});

/** Bundles that Node runs: extension, language server, evaluation worker, command line. */
function node(/** @type {string} */ mode) {
  /** @type {webpack.Configuration} */
  const config = {
    ...base('node', mode),
    target: 'node20',
    entry: entries({
      extension: 'extension/extension.ts',
      server: 'src/server/node.ts',
      worker: 'src/server/worker.ts',
      cli: 'src/cli/main.ts',
    }),
    output: { path: dist, filename: '[name].js', library: { type: 'commonjs2' } },
    externals: { vscode: 'commonjs vscode' },
    node: { __dirname: false, __filename: false },
    plugins: [new webpack.BannerPlugin({ banner: '#!/usr/bin/env node', raw: true, test: /^cli\.js$/ }), licences],
  };
  return config;
}

/** Bundles of a web extension host: extension and language server without Node. */
function webworker(/** @type {string} */ mode) {
  /** @type {webpack.Configuration} */
  const config = {
    ...base('webworker', mode),
    target: 'webworker',
    entry: entries({
      'extension.web': 'extension/extension.web.ts',
      'server.web': 'src/server/browser.ts',
    }),
    output: { path: dist, filename: '[name].js', library: { type: 'commonjs2' } },
    externals: { vscode: 'commonjs vscode' },
  };
  return config;
}

/** Pages: the viewer in a webview, and the stand-alone viewer with recorded data. */
function web(/** @type {string} */ mode) {
  /** @type {webpack.Configuration} */
  const config = {
    ...base('web', mode),
    target: ['web', 'es2022'],
    entry: entries({ viewer: 'webview/main.tsx', standalone: 'webview/standalone.tsx' }),
    output: { path: dist, filename: '[name].js', publicPath: 'auto' },
    module: { rules: [typescript, styles, fonts] },
    optimization: { splitChunks: false, minimizer: [smallMinimizer] },
    plugins: [
      new MiniCssExtractPlugin({ filename: '[name].css' }),
      licences,
      // A webview loads one script and one stylesheet: no lazy chunks.
      new webpack.optimize.LimitChunkCountPlugin({ maxChunks: 1 }),
    ],
  };
  return config;
}

/** The mocha suites that run inside VS Code's extension host. */
function suites(/** @type {string} */ mode) {
  /** @type {webpack.Configuration} */
  const config = {
    ...base('suites', mode),
    target: 'node20',
    entry: { vscode: inRoot('test/vscode/index.ts') },
    output: {
      path: path.join(dist, 'test'),
      filename: '[name].js',
      library: { type: 'commonjs2' },
    },
    externals: { vscode: 'commonjs vscode', mocha: 'commonjs mocha' },
    node: { __dirname: false, __filename: false },
  };
  return config;
}

/**
 * @param {Record<string, unknown>} _env
 * @param {{ mode?: string }} argv
 */
export default function configurations(_env, argv) {
  const mode = argv.mode ?? 'development';
  return [node, webworker, web, suites]
    .map((make) => make(mode))
    .filter((config) => Object.keys(/** @type {object} */ (config.entry)).length > 0);
}
