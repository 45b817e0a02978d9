import codex from '../nodes/Clerk/Clerk.node.json';

/** n8n's search for nodes looks at the name and at these. */
test.each(['invite', 'ban', 'role', 'member', 'metadata', 'sign out', 'user', 'team'])(
	'who types "%s" finds the node',
	(typed) => {
		expect(codex.alias.map((alias) => alias.toLowerCase())).toContain(typed);
	},
);

test('the words are in order, each once', () => {
	expect(codex.alias).toEqual([...new Set(codex.alias)].sort());
});
