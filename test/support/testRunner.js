'use strict';

const { readFileSync } = require('node:fs');
const { Module, createRequire } = require('node:module');
const { dirname, join, sep } = require('node:path');
const { Script, constants } = require('node:vm');
const { ModernFakeTimers } = require('@jest/fake-timers');
const { transformSync } = require('@swc/core');
const { ModuleMocker } = require('jest-mock');
const { deepCyclicCopy } = require('jest-util');
const sourceMapSupport = require('source-map-support');

/**
 * Runs each test file with Jest's own test framework, but in Node itself. Jest's default runs it in a
 * `vm` context, in which access to globals is slow and every package is loaded again for each file.
 * Here a file gets the project's modules fresh, and shares packages and the sandbox with the files
 * before it. That takes less CPU time; what is missing is `jest.mock` of packages
 * and of Node's modules, and snapshots in files (docs/adr/0015-tests-in-node-itself.md).
 *
 * @typedef {import('@jest/types').Config.ProjectConfig} ProjectConfig
 */

const { USE_MAIN_CONTEXT_DEFAULT_LOADER: importModuleDynamically } = constants;

const circus = join(dirname(require.resolve('jest-circus/package.json')), 'build');

/**
 * What is run of a file, for as long as its source is the same.
 *
 * @typedef {object} Compiled
 * @property {string} source
 * @property {Script} script
 * @property {string} [map] its source map, if it was TypeScript
 */

/** By file. @type {Map<string, Compiled>} */
const compiled = new Map();

/** @param {string} source @param {string} filename */
const toJavaScript = (source, filename) =>
	transformSync(source, {
		filename,
		sourceMaps: true,
		module: { type: 'commonjs' },
		jsc: {
			parser: { syntax: 'typescript' },
			target: 'es2022',
			// Calls of `jest.mock` come before imports.
			transform: /** @type {any} */ ({ hidden: { jest: true } }),
		},
	});

/** @param {string} filename */
function compile(filename) {
	const source = readFileSync(filename, 'utf8');
	const known = compiled.get(filename);
	if (known?.source === source) return known;
	const { code, map } = /\.ts$/.test(filename)
		? toJavaScript(source, filename)
		: { code: source, map: undefined };
	const script = new Script(Module.wrap(code), { filename, importModuleDynamically });
	const made = { source, script, map };
	compiled.set(filename, made);
	return made;
}

/** For stack traces. @param {string} filename */
function retrieveSourceMap(filename) {
	const { map } = compiled.get(filename) ?? {};
	return map ? { url: filename, map } : null;
}

/**
 * Runs a module as Node does, but compiles it once a process: V8 takes longer to compile most files
 * than to run them.
 *
 * @param {NodeJS.Module} module
 * @param {string} filename
 */
function load(module, filename) {
	const run = compile(filename).script.runInThisContext();
	run(module.exports, createRequire(filename), module, filename, dirname(filename));
}

/** Lets Node load TypeScript, and every module that a test file gets fresh. */
function prepareNode() {
	const extensions = /** @type {NodeJS.RequireExtensions} */ (require.extensions);
	const { '.js': js, '.json': json } = extensions;
	extensions['.js'] = (module, filename) =>
		isFresh(filename) ? load(module, filename) : js?.(module, filename);
	extensions['.ts'] = load;
	// `Clerk.node` is Clerk.node.ts, and not Clerk.node.json.
	delete (/** @type {Partial<NodeJS.RequireExtensions>} */ (extensions)['.json']);
	extensions['.json'] = json;
}

prepareNode();

/** Folders whose modules each test file gets fresh. */
const FRESH = ['nodes', 'credentials', 'test', 'scripts', 'bench'].map((name) =>
	join(__dirname, '..', '..', name),
);

/** This file, and Clerk's document, which takes a second to read. */
const SHARED = [__filename, join(__dirname, 'openapi.js')];

/** @param {string} path */
const isFresh = (path) =>
	!SHARED.includes(path) && FRESH.some((folder) => path.startsWith(folder + sep));

function forgetModules() {
	for (const path of Object.keys(require.cache)) {
		if (isFresh(path) || path.startsWith(circus + sep)) delete require.cache[path];
	}
	// Node keeps what a module has required.
	const self = /** @type {NodeJS.Module} */ (require.cache[__filename]);
	self.children = self.children.filter(({ filename }) => require.cache[filename]);
}

/** @param {string} testPath @param {ModuleMocker} mocker @param {ModernFakeTimers} timers */
function jestFor(testPath, mocker, timers) {
	const requireFrom = createRequire(testPath);
	/** What was mocked, by file. @type {Map<string, unknown>} */
	const actual = new Map();
	return {
		fn: mocker.fn.bind(mocker),
		spyOn: mocker.spyOn.bind(mocker),
		restoreAllMocks: () => mocker.restoreAllMocks(),
		/** @param {string} name */
		requireActual: (name) => actual.get(requireFrom.resolve(name)) ?? requireFrom(name),
		/** @param {string} name @param {() => unknown} factory */
		mock(name, factory) {
			const path = requireFrom.resolve(name);
			if (!isFresh(path)) throw new Error(`Use jest.spyOn: ${name} is shared by test files`);
			actual.set(path, requireFrom(path));
			/** @type {any} */ (require.cache[path]).exports = factory();
		},
		useFakeTimers: timers.useFakeTimers.bind(timers),
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
	if (globalConfig.collectCoverage)
		throw new Error('Coverage needs --testRunner=jest-circus/runner');
	// Jest has a longer one.
	Error.stackTraceLimit = 10;
	// Jest forgets it after each file.
	sourceMapSupport.install({ environment: 'node', retrieveSourceMap });
	const environmentVariables = { ...process.env };
	forgetModules();
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
	/** @type {any} */ (globalThis).expect.extend({
		toMatchSnapshot() {
			throw new Error('Use toMatchInlineSnapshot: files of snapshots are not written');
		},
	});
	const mocker = new ModuleMocker(globalThis);
	const timers = new ModernFakeTimers({ config, global: globalThis });
	Object.assign(globalThis, { jest: jestFor(testPath, mocker, timers) });
	try {
		for (const path of config.setupFilesAfterEnv) require(path);
		require(testPath);
		const run = { config, globalConfig, testPath };
		const result = await framework.runAndTransformResultsToJestFormat(run);
		// A thrown value may hold functions, which cannot be sent to the main process.
		return deepCyclicCopy(result, { keepPrototype: false });
	} finally {
		mocker.restoreAllMocks();
		timers.useRealTimers();
		for (const name of Object.keys(process.env)) {
			if (!(name in environmentVariables)) delete process.env[name];
		}
		Object.assign(process.env, environmentVariables);
	}
}

module.exports = runTestFile;
