'use strict';

/**
 * What a person reads when the sandbox cannot start: one sentence of what is wrong and one of what
 * to do. Anything else that is thrown is a defect of the sandbox and keeps its stack.
 */
class Advice extends Error {
	/** @override */
	name = 'Advice';
}

/** @type {Array<[RegExp, (cache: string) => string]>} */
const causes = [
	[
		/ENOSPC|no space left/i,
		(cache) =>
			`The disk is full: n8n takes 3 GB in ${cache}. Free some space, or name a folder on another disk in N8N_CLERK_CACHE, and run it again.`,
	],
	[
		/EACCES|EPERM|EROFS|ENOTDIR/,
		(cache) =>
			`${cache} cannot be written. Make it yours, or name another folder in N8N_CLERK_CACHE, and run it again.`,
	],
	[
		/gyp ERR! find Python|Could not find any Python/,
		() =>
			`n8n's database module (sqlite3) has to be compiled here and Python is missing. ${compilerAdvice()}`,
	],
	[
		/not found: make|(g\+\+|c\+\+|clang\+\+|cc1plus|make).*(not found|No such file)|find any Visual Studio|xcode-select|`make` failed|CXX/i,
		() =>
			`n8n's database module (sqlite3) has to be compiled here and the C++ compiler is missing or does not work. ${compilerAdvice()}`,
	],
	[
		/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|network/i,
		() =>
			'The npm registry cannot be reached. Connect to the network (behind a proxy: npm config set proxy <url>) and run it again; only the first start needs it.',
	],
	[
		/ETARGET|E404|No matching version/,
		() =>
			"The npm registry in use lacks a version of the sandbox's lock file. Try the public one (npm config set registry https://registry.npmjs.org/) and run it again.",
	],
];

function compilerAdvice() {
	const commands = /** @type {Record<string, string>} */ ({
		darwin: 'xcode-select --install',
		linux: 'apt-get install build-essential python3 (or what your distribution calls them)',
		win32: 'winget install Microsoft.VisualStudio.2022.BuildTools Python.Python.3.12',
	});
	return `Install both with ${commands[process.platform] ?? 'your package manager'} and run it again.`;
}

/**
 * @param {string} output what npm printed
 * @param {{ doing: string, cache: string, log?: string }} context
 */
function adviceFor(output, { doing, cache, log }) {
	const cause = causes.find(([pattern]) => pattern.test(output));
	const whole = log ? ` (npm's whole output: ${log})` : `\n${output}`;
	return new Advice(`${cause ? cause[1](cache) : `${doing} failed.`}${whole}`);
}

module.exports = { Advice, adviceFor };
