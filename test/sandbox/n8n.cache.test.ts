import { dataFolder } from '../../sandbox/n8n/host';
import { complete, partOf, removeDeadParts } from '../../sandbox/n8n/parts';
import { createCache, endedProcess, ownProcess } from '../support/cacheFolder';

describe('a folder of the cache', () => {
	let cache: ReturnType<typeof createCache>;
	let folder: string;

	beforeEach(() => {
		cache = createCache();
		folder = cache.at('n8n-2.0.0');
	});

	afterEach(() => cache.remove());

	it('is moved to its place when it is complete', () => {
		cache.make(partOf(folder), 'ours');
		complete(partOf(folder), folder);
		expect(cache.list()).toEqual(['n8n-2.0.0']);
		expect(cache.list('n8n-2.0.0')).toEqual(['ours']);
	});

	it('stays as another process made it meanwhile', () => {
		cache.make(partOf(folder), 'ours');
		cache.make(folder, 'theirs');
		complete(partOf(folder), folder);
		expect(cache.list()).toEqual(['n8n-2.0.0']);
		expect(cache.list('n8n-2.0.0')).toEqual(['theirs']);
	});

	it('has no parts where there is no cache yet', () => {
		expect(() => removeDeadParts(cache.at('none', 'n8n'))).not.toThrow();
	});

	it('fails where there is nothing to move', () => {
		expect(() => complete(partOf(folder), folder)).toThrow('ENOENT');
	});

	it('loses the parts and logs of processes that have ended, and no others', () => {
		const ended = endedProcess();
		const kept = ['n8n-2.0.0', `n8n-2.0.0-beta.${ended}`, `n8n-2.0.0.${ownProcess}`, 'n8n-2.0.0.x'];
		for (const name of [...kept, `n8n-2.0.0.${ended}`]) cache.make(cache.at(name), 'file');
		const logs = [`n8n-2.0.0.${ownProcess}.log`, `n8n-2.0.0.${ended}.log`];
		for (const name of logs) cache.write(name);
		removeDeadParts(folder);
		expect(cache.list()).toEqual([...kept, logs[0]].sort());
		expect(cache.has('n8n-2.0.0', 'file')).toBe(true);
	});
});

describe('the folder of a kept database', () => {
	const owner = { email: 'owner@example.com', password: 'secret-1' };
	const own = dataFolder('2.0.0', owner);

	it.each([
		['version', dataFolder('2.0.1', owner)],
		['owner', dataFolder('2.0.0', { ...owner, password: 'secret-2' })],
		['settings of n8n', dataFolder('2.0.0', owner, { N8N_HOST: 'n8n.example.com' })],
	])('changes with its %s', (_, other) => {
		expect(other).not.toBe(own);
	});

	it('is the same for each start, whatever files it is given', () => {
		expect(dataFolder('2.0.0', owner, { NODE_EXTRA_CA_CERTS: 'authority.pem' })).toBe(own);
	});
});
