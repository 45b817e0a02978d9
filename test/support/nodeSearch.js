'use strict';

const { sublimeSearch } = require('@n8n/utils/search/sublime-search');

/**
 * Searches with n8n's own function, as the node list of its editor does: in the name and the codex of
 * a node, and in the text of an action. It also matches with letters in between, so only the order of
 * the results is meaningful.
 *
 * @param {string} typed
 * @param {Array<{ displayName: string, codex?: object }>} entries
 * @returns {string[]} the names of the entries found, best first
 */
function searchNodes(typed, entries) {
	const items = entries.map((properties) => ({ properties }));
	return sublimeSearch(typed.toLowerCase(), items).map(({ item }) => item.properties.displayName);
}

module.exports = { searchNodes };
