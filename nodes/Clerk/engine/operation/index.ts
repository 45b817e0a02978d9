/** Everything that the file of an operation imports. */

export * from './field';
export * from './inspect';
export * from './invalidInput';
export * from './operation';
export * from './view';
export * from './wire';
