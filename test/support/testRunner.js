'use strict';

const { createRequire } = require('node:module');
const { dirname, join, sep } = require('node:path');
const { ModernFakeTimers } = require('@jest/fake-timers');
const { transformSync } = require('@swc/core');
const { ModuleMocker } = require('jest-mock');
const { addHook } = require('pirates');

/**
 * Runs each test file with Jest's own test framework, but in Node itself. Jest's default runs it in a
 * `vm` context, in which access to globals is slow and every package is loaded again for each file.
 * Here a file gets the project's modules fresh, and shares packages and the sandbox with the files
 * before it. In half the CPU time; only `jest.mock` of a package or of a module of Node is missing.
 *
 * @typedef {import('@jest/types').Config.ProjectConfig} ProjectConfig
 */

const circus = join(dirname(require.resolve('jest-circus/package.json')), 'build');

/** @type {Map<string, string>} */
const compiled = new Map();

/** @param {string} source @param {string} filename */
function compile(source, filename) {
	const known = compiled.get(filename);
	if (known !== undefined) return known;
	const { code } = transformSync(source, {
		filename,
		sourceMaps: 'inline',
		module: { type: 'commonjs' },
		jsc: {
			parser: { syntax: 'typescript' },
			target: 'es2022',
			// Calls of `jest.mock` come before imports.
			transform: /** @type {any} */ ({ hidden: { jest: true } }),
		},
	});
	compiled.set(filename, code);
	return code;
}

/** Lets Node load TypeScript. */
function prepareNode() {
	addHook(compile, { exts: ['.ts'] });
	// `Clerk.node` is Clerk.node.ts, and not Clerk.node.json.
	const extensions = /** @type {Partial<NodeJS.RequireExtensions>} */ (require.extensions);
	const { '.json': json } = extensions;
	delete extensions['.json'];
	extensions['.json'] = json;
	process.setSourceMapsEnabled(true);
}

prepareNode();

/** @param {ProjectConfig} config */
function forgetModules({ rootDir }) {
	const folders = ['nodes', 'credentials', 'test'].map((name) => join(rootDir, name));
	const isFresh = (/** @type {string} */ path) =>
		[...folders, circus].some((folder) => path.startsWith(folder + sep)) && path !== __filename;
	for (const path of Object.keys(require.cache)) if (isFresh(path)) delete require.cache[path];
}

/** @param {string} testPath @param {ModuleMocker} mocker @param {ModernFakeTimers} timers */
function jestFor(testPath, mocker, timers) {
	const requireActual = createRequire(testPath);
	return {
		fn: mocker.fn.bind(mocker),
		spyOn: mocker.spyOn.bind(mocker),
		restoreAllMocks: () => mocker.restoreAllMocks(),
		requireActual,
		/** @param {string} name @param {() => unknown} factory */
		mock(name, factory) {
			const path = requireActual.resolve(name);
			const exports = factory();
			const module = /** @type {NodeJS.Module | undefined} */ (require.cache[path]);
			if (!module) throw new Error(`Only modules that the factory requires can be mocked: ${name}`);
			module.exports = exports;
		},
		useFakeTimers: () => timers.useFakeTimers(),
		useRealTimers: () => timers.useRealTimers(),
		setSystemTime: timers.setSystemTime.bind(timers),
		getTimerCount: () => timers.getTimerCount(),
		advanceTimersByTime: timers.advanceTimersByTime.bind(timers),
		advanceTimersByTimeAsync: timers.advanceTimersByTimeAsync.bind(timers),
		advanceTimersToNextTimerAsync: timers.advanceTimersToNextTimerAsync.bind(timers),
		/** @param {number} ms */
		setTimeout: (ms) => setTestTimeout(ms),
	};
}

/** As `jest.setTimeout` does, for the tests of the file. @param {number} [ms] */
function setTestTimeout(ms) {
	Object.assign(globalThis, { [Symbol.for('TEST_TIMEOUT_SYMBOL')]: ms });
}

/**
 * @param {import('@jest/types').Config.GlobalConfig} globalConfig
 * @param {ProjectConfig} config
 * @param {import('@jest/environment').JestEnvironment} _environment
 * @param {import('jest-runtime').default} _runtime
 * @param {string} testPath
 * @param {import('@jest/test-result').TestFileEvent} [sendMessageToJest]
 * @returns {Promise<import('@jest/test-result').TestResult>}
 */
async function runTestFile(
	globalConfig,
	config,
	_environment,
	_runtime,
	testPath,
	sendMessageToJest,
) {
	// What Jest changed for its own context.
	Error.stackTraceLimit = 10;
	Object.assign(Error, { prepareStackTrace: undefined });
	const environmentVariables = { ...process.env };
	forgetModules(config);
	setTestTimeout();

	const framework = require(join(circus, 'legacy-code-todo-rewrite', 'jestAdapterInit.js'));
	await framework.initialize({
		config,
		environment: { global: globalThis },
		globalConfig,
		localRequire: require,
		parentProcess: process,
		sendMessageToJest,
		setGlobalsForRuntime() {},
		testPath,
	});
	const mocker = new ModuleMocker(globalThis);
	const timers = new ModernFakeTimers({ config, global: globalThis });
	Object.assign(globalThis, { jest: jestFor(testPath, mocker, timers) });
	for (const path of config.setupFilesAfterEnv) require(path);
	require(testPath);
	const result = await framework.runAndTransformResultsToJestFormat({
		config,
		globalConfig,
		testPath,
	});

	mocker.restoreAllMocks();
	timers.useRealTimers();
	for (const name of Object.keys(process.env))
		if (!(name in environmentVariables)) delete process.env[name];
	Object.assign(process.env, environmentVariables);
	return result;
}

module.exports = runTestFile;
