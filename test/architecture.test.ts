import { resources } from '../nodes/Clerk/resources';
import { sourcesOf } from './support/sources';

const CLIENT = 'nodes/Clerk/engine/client.ts';

/** Words that are a resource's value and also an ordinary word of the engine's own. */
const ORDINARY = ['session', 'client'];

const filesWith = (folder: string, pattern: RegExp): string[] =>
	sourcesOf(folder)
		.filter(({ text }) => pattern.test(text))
		.map(({ file }) => file);

describe('the plan of the house', () => {
	it('lets nobody but the client send a request', () => {
		expect(filesWith('nodes', /\bhelpers\s*\.\s*(http)?request/i)).toEqual([CLIENT]);
		expect(filesWith('nodes', /\b(fetch|axios|XMLHttpRequest)\(.*https?:/)).toEqual([]);
	});

	it('keeps what the engine works on out of the engine', () => {
		expect(filesWith('nodes/Clerk/engine', /from '\.\.\/(fields|resources|views)/)).toEqual([]);
	});

	it.each(resources.map(({ value }) => value).filter((value) => !ORDINARY.includes(value)))(
		'has no engine file with the path of the resource %s',
		(value) => {
			const path = new RegExp(`['"\`]/${value}s?\\b`);
			expect(filesWith('nodes/Clerk/engine', path)).toEqual([]);
		},
	);

	it('lets data flow one way: the credential knows nothing of the node', () => {
		expect(filesWith('credentials', /from '\.\.\/nodes/)).toEqual([]);
	});
});
