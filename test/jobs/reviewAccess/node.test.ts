import type { IDataObject } from 'n8n-workflow';

import { startClerk } from '../../../sandbox/clerk';
import { columnsOf } from '../../../nodes/Clerk/jobs/shared/report';
import { REVIEW_LAYOUT } from '../../../nodes/Clerk/jobs/reviewAccess/report';
import { runNode } from '../../support/host';
import { liveCredential } from '../../support/jobs';

type Clerk = Awaited<ReturnType<typeof startClerk>>;

const form = (values: IDataObject = {}) => ({
	resource: 'organization',
	operation: 'reviewAccess',
	roles: 'org:admin',
	permissions: 'org:sys_memberships:manage',
	pendingDays: 14,
	additionalFields: {},
	options: {},
	...values,
});

let clerk: Clerk;

const review = async (values: IDataObject = {}, credential: IDataObject = {}) =>
	(
		await runNode({
			credential: liveCredential(clerk, { accessPolicy: 'readOnly', ...credential }),
			parameters: [form(values)],
		})
	).map(({ json }) => json);

const rowsOf = (rows: IDataObject[], action: string) => rows.filter((row) => row.action === action);

beforeEach(async () => {
	clerk = await startClerk({ seed: 'company', rateLimit: false });
});

afterEach(async () => await clerk.close());

describe('Organization: Review Access', () => {
	it('lists elevated members, organizations with too few admins, invitations and keys', async () => {
		const rows = await review();
		for (const row of rows) expect(Object.keys(row)).toEqual(columnsOf(REVIEW_LAYOUT));
		expect(
			rows.map(({ action, emailAddress, organization }) => [action, emailAddress, organization]),
		).toEqual([
			['elevatedMember', 'ines.moreau@example.com', 'blue-kite'],
			['elevatedMember', 'ada.berg@example.com', 'harbour-labs'],
			['elevatedMember', 'bruno.costa@example.com', 'pine-co'],
			['elevatedMember', 'jonas.weber@example.com', 'pine-co'],
			['organizationWithOneAdmin', 'ines.moreau@example.com', 'blue-kite'],
			['organizationWithOneAdmin', 'ada.berg@example.com', 'harbour-labs'],
			['apiKey', 'ada.berg@example.com', null],
			['summary', null, null],
		]);
	});
});
