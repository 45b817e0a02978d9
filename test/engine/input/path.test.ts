import { readPath } from '../../../nodes/Clerk/engine/input/path';
import { InvalidInputError } from '../../../nodes/Clerk/engine/operation';

const read = (text: string) => readPath(text, 'Path');

describe('readPath', () => {
	it.each([
		['/users/user_1', '/users/user_1'],
		['users/user_1', '/users/user_1'],
		['users/user_1/', '/users/user_1'],
		['  /users ', '/users'],
		['/users/count', '/users/count'],
		['/organizations/acme%20inc', '/organizations/acme%20inc'],
		['/organizations/acme inc', '/organizations/acme%20inc'],
		['/organizations/caf\u00e9', '/organizations/caf%C3%A9'],
		['/organizations/a:b', '/organizations/a%3Ab'],
		['/users/..x', '/users/..x'],
		['/users/platform', '/users/platform'],
		['/users/v1', '/users/v1'],
		['/v1x', '/v1x'],
		['/av1', '/av1'],
		['/version', '/version'],
	])('returns for %j the path %s', (text, path) => {
		expect(read(text)).toBe(path);
	});

	it.each([
		['https://api.clerk.com/v1/users', "must be below the credential's API URL"],
		['HTTP://x', "must be below the credential's API URL"],
		['git+ssh-2.x:y', "must be below the credential's API URL"],
		['x:y', "must be below the credential's API URL"],
		['//elsewhere.example/users', "must be below the credential's API URL"],
		['/users?limit=1', 'must not contain "?" or "#": put the query in Query'],
		['/users#top', 'must not contain "?" or "#": put the query in Query'],
		['/platform/applications', "belongs to Clerk's Platform API, which this credential is not for"],
		['Platform', "belongs to Clerk's Platform API, which this credential is not for"],
		['/v1/users', "must not begin with v1, which is part of the credential's API URL"],
		['V12/users', "must not begin with V12, which is part of the credential's API URL"],
		['%76%31/users', "must not begin with v1, which is part of the credential's API URL"],
		['/users/%E0%A4%A', 'is not encoded correctly for a URL'],
		['', 'has an empty part'],
		['/', 'has an empty part'],
		['/users//ban', 'has an empty part'],
		['/users/user_1//', 'has an empty part'],
		['/users/.', 'must not contain "."'],
		['/users/../instance', 'must not contain ".."'],
		['/users/%2e%2E/instance', 'must not contain ".."'],
		['/users/a%2Fb', 'must not contain a slash, a backslash or a percent sign within a part'],
		['/users/a\\b', 'must not contain a slash, a backslash or a percent sign within a part'],
		['/users/%252e', 'must not contain a slash, a backslash or a percent sign within a part'],
		['/users/a%00b', 'contains a character that a URL cannot contain'],
		['/users/a\tb', 'contains a character that a URL cannot contain'],
		['/users/a\ud800b', 'contains a character that a URL cannot contain'],
		['/users/{user_id}', 'still contains {user_id}: replace it with a value'],
		['/users/a}', 'still contains a}: replace it with a value'],
	])('rejects %j, as it %s', (text, reason) => {
		expect(() => read(text)).toThrow(InvalidInputError);
		expect(() => read(text)).toThrow(`Path ${reason}`);
	});
});
