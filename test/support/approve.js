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

/**
 * Opens the form of an email of *Send and Wait for Response*, ticks options of its first field, and sends it.
 *
 * @param {{ html?: string }} email
 * @param {(options: string[]) => string[]} tick chooses among the options that the form shows
 */
async function fillIn({ html = '' }, tick) {
	const [, escaped] = /href="([^"]+approved=true[^"]*)"/.exec(html) ?? [];
	if (escaped === undefined) throw new Error('The email has no link to a form');
	const link = escaped.replace(/&amp;/g, '&');
	const page = await (await fetch(link)).text();
	const options = [
		...page.matchAll(/class='multiselect-checkbox' id='[^']*' value='([^']*)'/g),
	].map(([, value]) => value.replace(/&#x27;/g, "'").replace(/&amp;/g, '&'));
	const form = new FormData();
	form.append('field-0', JSON.stringify(tick(options)));
	const response = await fetch(link, { method: 'POST', body: form });
	if (response.status !== 200) throw new Error(`n8n answered ${response.status} to the form`);
	return options;
}

module.exports = { fillIn, respondTo };
