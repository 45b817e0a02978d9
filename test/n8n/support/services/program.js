'use strict';

const { statSync } = require('node:fs');
const { delimiter, join } = require('node:path');
const { Advice } = require('../../../../sandbox/n8n/advice');

/**
 * @param {string} name of the program
 * @param {string} debian the package that has it
 * @param {string[]} [folders] looked into before PATH
 * @returns {string} its whole path
 */
function findProgram(name, debian, folders = []) {
	const all = [...folders, ...(process.env.PATH ?? '').split(delimiter)];
	const found = all
		.map((folder) => join(folder, name))
		.find((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
	if (found) return found;
	throw new Advice(
		`${name} is not installed. Install it with apt-get install ${debian} (or what your distribution calls it) and run it again.`,
	);
}

module.exports = { findProgram };
