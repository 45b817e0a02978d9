'use strict';

const { execFile } = require('node:child_process');
const {
	cpSync,
	mkdtempSync,
	existsSync,
	readFileSync,
	readdirSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { promisify } = require('node:util');
const { ROOT } = require('./command');

/** The files needed to build an operation and compare it with its examples. */
const NEEDED = [
	'.prettierrc.js',
	'credentials',
	'jest.config.js',
	'nodes',
	'package.json',
	'scripts',
	'spec',
	'test/repository/conformance.test.ts',
	'test/examples',
	'test/repository/golden.test.ts',
	'test/support',
	'tsconfig.build.json',
	'tsconfig.json',
];

/** Copies the package to a temporary folder, where a test may write. */
function copyPackage() {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-clerk-'));
	for (const path of NEEDED) cpSync(join(ROOT, path), join(folder, path), { recursive: true });
	symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');

	/** Runs Node in the copy. @throws Error with its output, if it fails @param {string[]} args */
	async function run(...args) {
		// Set by the outer Jest for its workers; the inner one must not read it.
		const { JEST_WORKER_ID, ...env } = process.env;
		try {
			const options = { cwd: folder, env };
			return await promisify(execFile)(process.execPath, args, options);
		} catch (error) {
			const { message, stdout = '' } = /** @type {Error & { stdout?: string }} */ (error);
			// The message is the command and what it wrote to stderr.
			throw new Error(`${message}${stdout}`);
		}
	}

	/** Returns the TypeScript files that are new or changed. */
	const changedFiles = () =>
		readdirSync(join(folder, 'nodes'), { recursive: true, encoding: 'utf8' })
			.map((path) => join('nodes', path))
			.filter((path) => {
				if (!path.endsWith('.ts')) return false;
				const [own, original] = [join(folder, path), join(ROOT, path)];
				return (
					!existsSync(original) || readFileSync(own, 'utf8') !== readFileSync(original, 'utf8')
				);
			})
			.map((path) => join(folder, path));

	/** Returns the type errors in what changed. */
	async function typeCheck() {
		const files = changedFiles();
		const { stdout } = await run('test/support/typeCheck.js', ...files);
		return { files: files.length, errors: JSON.parse(stdout) };
	}

	return {
		/** @param {string} path */
		read: (path) => readFileSync(join(folder, path), 'utf8'),
		/** @param {string} path @param {string} text */
		write: (path, text) => writeFileSync(join(folder, path), text),
		/** Runs `npm run new-operation` for each list of arguments, all in one process. @param {string[][]} all @returns {Promise<string[]>} what each printed, or why it was refused */
		async newOperations(all) {
			const script = 'test/support/newOperations.js';
			// The command line of tsx would start another process.
			const { stdout } = await run('-r', 'tsx/cjs', script, JSON.stringify(all));
			return JSON.parse(stdout);
		},
		typeCheck,
		/** Runs the tests of an operation: its golden examples and its conformance with Clerk's document. @param {string} name of the tests @returns {Promise<string>} what Jest said, also of those that failed */
		operationTest: (name) =>
			run(
				'node_modules/jest/bin/jest.js',
				'--runInBand',
				'test/repository/golden.test.ts',
				'test/repository/conformance.test.ts',
				'--verbose',
				'--testNamePattern',
				name,
			).then(
				({ stdout, stderr }) => stdout + stderr,
				({ message }) => message,
			),
		remove: () => rmSync(folder, { recursive: true, force: true }),
	};
}

module.exports = { copyPackage };
