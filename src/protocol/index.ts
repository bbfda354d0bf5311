/** Everything that crosses a process: types, their schemas, and the names of the requests. */
export * from './json';
export * from './trace';
export * from './check';
export * from './matrix';
export * from './network';
export * from './outline';
export * from './requests';
export * from './viewer';
export * from './output';
export * from './languages';
