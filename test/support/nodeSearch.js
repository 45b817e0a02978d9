'use strict';

const { sublimeSearch } = require('@n8n/utils/search/sublime-search');

/**
 * n8n's own search, as its editor's list of nodes calls it. Of a node it reads the name and the
 * codex's words, of an action only the text. Letters may be left out between those that are typed,
 * so what counts is what comes first.
 *
 * @param {string} typed
 * @param {Array<{ displayName: string, codex?: object }>} entries
 * @returns {string[]} the names of those it finds, the best first
 */
function searchNodes(typed, entries) {
	const items = entries.map((properties) => ({ properties }));
	return sublimeSearch(typed.toLowerCase(), items).map(({ item }) => item.properties.displayName);
}

module.exports = { searchNodes };
