/** Everything an operation file writes with. */

export * from './field';
export * from './inspect';
export * from './invalidInput';
export * from './operation';
export * from './view';
export * from './wire';
