'use strict';

/**
 * Clicks a button of an email of *Send and Wait for Response*.
 *
 * @param {{ html?: string }} email
 * @param {boolean} approved
 */
async function respondTo({ html = '' }, approved) {
	const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, link]) =>
		link.replace(/&amp;/g, '&'),
	);
	const link = links.find((one) => one.includes(`approved=${approved}`));
	if (link === undefined) throw new Error('The email has no such button');
	const response = await fetch(link, { headers: { 'user-agent': 'Mozilla/5.0 (a person)' } });
	if (response.status !== 200) throw new Error(`n8n answered ${response.status} to the button`);
}

module.exports = { respondTo };
