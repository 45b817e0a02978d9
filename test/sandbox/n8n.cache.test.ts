import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dataFolder } from '../../sandbox/n8n/instance';
import { complete, partOf, removeDeadParts } from '../../sandbox/n8n/parts';

describe('a folder of the cache', () => {
	let cache: string;
	let folder: string;

	beforeEach(() => {
		cache = mkdtempSync(join(tmpdir(), 'n8n-clerk-cache-'));
		folder = join(cache, 'n8n-2.0.0');
	});

	afterEach(() => rmSync(cache, { recursive: true }));

	const make = (path: string, file: string) => {
		mkdirSync(path);
		writeFileSync(join(path, file), '');
	};

	it('is moved to its place when it is complete', () => {
		make(partOf(folder), 'ours');
		complete(partOf(folder), folder);
		expect(readdirSync(cache)).toEqual(['n8n-2.0.0']);
		expect(readdirSync(folder)).toEqual(['ours']);
	});

	it('stays as another process made it meanwhile', () => {
		make(partOf(folder), 'ours');
		make(folder, 'theirs');
		complete(partOf(folder), folder);
		expect(readdirSync(cache)).toEqual(['n8n-2.0.0']);
		expect(readdirSync(folder)).toEqual(['theirs']);
	});

	it('has no parts where there is no cache yet', () => {
		expect(() => removeDeadParts(join(folder, 'none', 'n8n'))).not.toThrow();
	});

	it('fails where there is nothing to move', () => {
		expect(() => complete(partOf(folder), folder)).toThrow('ENOENT');
	});

	it('loses the parts and logs of processes that have ended, and no others', () => {
		const { pid } = spawnSync(process.execPath, ['-e', '']);
		const kept = ['n8n-2.0.0', `n8n-2.0.0-beta.${pid}`, `n8n-2.0.0.${process.pid}`, 'n8n-2.0.0.x'];
		for (const name of [...kept, `n8n-2.0.0.${pid}`]) make(join(cache, name), 'file');
		const logs = [`n8n-2.0.0.${process.pid}.log`, `n8n-2.0.0.${pid}.log`];
		for (const name of logs) writeFileSync(join(cache, name), '');
		removeDeadParts(folder);
		expect(readdirSync(cache).sort()).toEqual([...kept, logs[0]].sort());
		expect(existsSync(join(folder, 'file'))).toBe(true);
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
		expect(dataFolder('2.0.0', owner, { NODE_EXTRA_CA_CERTS: '/tmp/authority.pem' })).toBe(own);
	});
});
