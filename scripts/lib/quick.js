'use strict';

const { run } = require('./run');

/**
 * The tests that the author of an operation needs, by the names of their files: `whole` for all
 * operations, `each` for those of some resources.
 */
const TESTS = {
	whole: ['conformance', 'repository/operations', 'buildForm', 'names', 'docs'],
	each: ['golden', 'differential'],
};

/** The files that are not as on the main branch, committed or not. @returns {Promise<string[]>} */
async function changedFiles() {
	const branch = await run('git', ['merge-base', 'HEAD', 'origin/main']);
	const since = branch.code === 0 ? branch.stdout.trim() : 'HEAD';
	const [changed, added] = await Promise.all([
		run('git', ['diff', '--name-only', since]),
		run('git', ['ls-files', '--others', '--exclude-standard']),
	]);
	return `${changed.stdout}${added.stdout}`.split('\n').filter(Boolean);
}

/**
 * The resources whose operations send something else than before, as far as the names of the changed
 * files tell.
 *
 * @param {string[]} files
 * @returns {string[] | 'all'}
 */
function changedResources(files) {
	if (files.some((file) => /^nodes\/Clerk\/(engine|fields)\//.test(file))) return 'all';
	const named = files.flatMap((file) => {
		const [, folder, examples] =
			/^(?:nodes\/Clerk\/resources\/(\w+)\/|test\/examples\/(\w+)\.json)/.exec(file) ?? [];
		return folder ?? examples ?? [];
	});
	return [...new Set(named)].sort();
}

module.exports = { TESTS, changedFiles, changedResources };
