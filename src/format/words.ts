/** The words that a reader sees for the states of the system. One glossary for every surface. */
export const VERDICT_WORDS = {
  pass: 'pass',
  fail: 'fail',
  kink: 'not differentiable here',
  error: 'error',
  unknown: 'unknown',
} as const;

export const STRENGTH_WORDS = { proved: 'proved', numerical: 'agrees numerically' } as const;

export const ORIGIN_WORDS = {
  document: 'from the document',
  directive: 'from a directive',
  pinned: 'pinned by you',
  file: 'from a file',
  assumed: 'assumed',
} as const;

export const VERDICT_MARKS = { pass: '✓', fail: '✕', kink: '◇', error: '!', unknown: '?' } as const;

/** What a traceable is, after the name of its language: “Python function”. */
export const KIND_WORDS = {
  expression: 'expression',
  function: 'function',
  script: 'script',
  layer: 'layer',
  network: 'network',
  formula: 'formula',
} as const;

const LANGUAGE_WORDS: Readonly<Record<string, string>> = {
  python: 'Python',
  markdown: 'Markdown',
  latex: 'LaTeX',
  tex: 'TeX',
  ipynb: 'notebook',
  javascript: 'JavaScript',
  typescript: 'TypeScript',
};

export function languageWord(languageId: string): string {
  return LANGUAGE_WORDS[languageId] ?? languageId;
}

/** Not connected: no path leads from the input to the output. Not the same as zero. */
export const NOT_CONNECTED = { mark: '∅', word: 'not connected' } as const;

const BUDGET_WORDS: Readonly<Record<string, string>> = {
  operations: 'operations',
  bytes: 'memory',
  depth: 'nested calls',
  milliseconds: 'time',
};

/** Why there is only a part: “the evaluation stopped at its budget of operations” */
export function stoppedAt(budget: string | undefined): string {
  return `the evaluation stopped at its budget of ${BUDGET_WORDS[budget ?? ''] ?? 'time'}`;
}

/** “3 edits behind” */
export function editsBehind(count: number): string {
  return `${count} edit${count === 1 ? '' : 's'} behind`;
}
