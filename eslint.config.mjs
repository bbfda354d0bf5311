// What is checked: correctness and the direction of imports. Style is prettier's.
import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';
import { arrows } from './scripts/lint/arrows.mjs';

export default tseslint.config(
  {
    ignores: ['**/node_modules/', 'dist/', 'dist-vsix/', 'test-output/', '**/generated/', '**/fixtures/', 'examples/'],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  ...tseslint.configs.recommended,
  {
    plugins: { wengert: { rules: { arrows } } },
    rules: {
      'wengert/arrows': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-undef': 'off', // the compiler knows better
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-control-regex': 'off',
      'prefer-const': ['error', { destructuring: 'all' }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
    },
  },
  {
    // Rules that need types: a promise that nobody waits for.
    files: ['src/**/*.{ts,tsx}', 'extension/**/*.ts', 'webview/**/*.{ts,tsx}'],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false, arguments: false } },
      ],
      '@typescript-eslint/await-thenable': 'error',
      // Standard output is a protocol in the server; errors may go to the console.
      'no-console': ['error', { allow: ['warn', 'error'] }],
    },
  },
  {
    files: ['src/cli/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.cjs'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['test/**'],
    // Property tests and assertion helpers are written as expressions.
    rules: { '@typescript-eslint/no-unused-expressions': 'off' },
  },
);
