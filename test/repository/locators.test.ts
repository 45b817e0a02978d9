import { RECORDS } from '../../nodes/Clerk/fields/ids';
import { locate, locators } from '../../nodes/Clerk/fields/locators';

/** n8n shows the mode named `id` as "By ID", whatever its label is (docs/n8n-notes.md, 47), so only what has an ID may have it. */
describe.each(Object.entries(locators))('the locator %s', (name, locator) => {
	const { modes = [], default: initial } = locate(name as keyof typeof locators, {});

	it('has a mode for each label, and starts in its first', () => {
		const names = modes.map((mode) => mode.name);
		expect(new Set(names).size).toBe(names.length);
		expect(initial).toEqual({ mode: names[0], value: '' });
		for (const { name: mode, displayName } of modes) {
			const label: Record<string, string> = {
				list: 'From List',
				id: 'By ID',
				key: 'By Key',
				slug: 'By Slug',
				name: 'By Name',
				emailAddress: 'By Email',
				username: 'By Username',
				externalId: 'By Ext. ID',
			};
			expect(displayName).toBe(label[mode]);
		}
	});

	it('shows an example of the IDs whose prefix it knows', () => {
		const { idMode, ids } = locator;
		if (!ids) return;
		expect(idMode.placeholder).toMatch(new RegExp(`^e\\.g\\. ${ids.prefix}\\w{12,}…?$`));
		expect(ids.prefix).toMatch(/^[a-z_]+_$/);
		expect(ids.others).toBe(RECORDS);
	});

	it('recognizes in the mode for IDs none of the IDs that it gives itself', () => {
		const { ids, idMode, finders = [] } = locator;
		const example = ids
			? `${ids.prefix}2NNEqL2nrIRdJ194ndJqAHwEfxC`
			: idMode.placeholder!.replace(/^e\.g\. /, '');
		for (const { recognizes } of finders) expect(recognizes?.(example) ?? false).toBe(false);
	});
});

it.each(['role', 'roleSet', 'messageTemplate', 'jwtTemplateName', 'oauthProvider'] as const)(
	'%s, which has no ID in the API, has no mode for one',
	(name) => {
		const { modes = [] } = locate(name, {});
		expect(modes.map((mode) => mode.name)).not.toContain('id');
	},
);
