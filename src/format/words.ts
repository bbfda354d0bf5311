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
