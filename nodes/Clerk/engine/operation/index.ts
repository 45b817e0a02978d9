/** What the files of operations import from the engine. */

export * from './field';
export * from './formInput';
export * from './inspect';
export * from './invalidInput';
export * from './lookUp';
export * from './operation';
export * from './returns';
export * from './view';
export * from './wire';
