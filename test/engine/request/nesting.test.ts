import { nested, replacedAt } from '../../../nodes/Clerk/engine/request/nesting';

describe('names with dots', () => {
	it('stand for objects within objects', () => {
		expect(nested({ name: 'Acme', 'saml.idp.id': 'a', 'saml.active': false })).toEqual({
			name: 'Acme',
			saml: { idp: { id: 'a' }, active: false },
		});
	});

	it('keep what was given for the whole, and do not change it', () => {
		const actor = { sub: 'theirs', role: 'support' };
		expect(nested({ actor, 'actor.sub': 'user_1' })).toEqual({
			actor: { sub: 'user_1', role: 'support' },
		});
		expect(actor.sub).toBe('theirs');
	});

	it('take what people wrote as it is: a name with a dot within it, or __proto__', () => {
		const claims = JSON.parse('{ "a.b": 1, "__proto__": { "x": 1 } }');
		const body = nested({ claims });
		expect(JSON.stringify(body)).toBe('{"claims":{"a.b":1,"__proto__":{"x":1}}}');
	});

	it('a value can be replaced at them, where there is one', () => {
		const values = { oidc: { client_secret: 's', client_id: 'c' }, name: null };
		expect(replacedAt(values, 'oidc.client_secret', '*')).toEqual({
			oidc: { client_secret: '*', client_id: 'c' },
			name: null,
		});
		expect(replacedAt(values, 'oidc.other', '*')).toEqual(values);
		expect(replacedAt(values, 'saml.x', '*')).toEqual(values);
		expect(replacedAt(values, 'name', '*')).toEqual(values);
		expect(values.oidc.client_secret).toBe('s');
	});
});
