/** How numbers, names, shapes and verdicts are written, everywhere. */
export * from './number';
export * from './namePath';
export * from './texName';
export * from './texText';
export * from './checkTitle';
export * from './words';
export * from './claimSummary';
export * from './place';
