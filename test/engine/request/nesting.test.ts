import { nestValues, replaceAt } from '../../../nodes/Clerk/engine/request/nesting';

describe('nestValues', () => {
	it('makes nested objects of names with dots', () => {
		expect(nestValues({ name: 'Acme', 'saml.idp.id': 'a', 'saml.active': false })).toEqual({
			name: 'Acme',
			saml: { idp: { id: 'a' }, active: false },
		});
	});

	it('adds a part to an object that was given whole, without changing it', () => {
		const actor = { sub: 'theirs', role: 'support' };
		expect(nestValues({ actor, 'actor.sub': 'user_1' })).toEqual({
			actor: { sub: 'user_1', role: 'support' },
		});
		expect(actor.sub).toBe('theirs');
	});

	it('keeps the keys of a value as they are, such as one with a dot or __proto__', () => {
		const claims = JSON.parse('{ "a.b": 1, "__proto__": { "x": 1 } }');
		const body = nestValues({ claims });
		expect(JSON.stringify(body)).toBe('{"claims":{"a.b":1,"__proto__":{"x":1}}}');
	});
});

describe('replaceAt', () => {
	it('replaces the value at a name with dots, where there is one', () => {
		const values = { oidc: { client_secret: 's', client_id: 'c' }, name: null };
		expect(replaceAt(values, 'oidc.client_secret', '*')).toEqual({
			oidc: { client_secret: '*', client_id: 'c' },
			name: null,
		});
		expect(replaceAt(values, 'oidc.other', '*')).toEqual(values);
		expect(replaceAt(values, 'saml.x', '*')).toEqual(values);
		expect(replaceAt(values, 'name', '*')).toEqual(values);
		expect(values.oidc.client_secret).toBe('s');
	});
});
