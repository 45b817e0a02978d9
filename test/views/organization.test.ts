import { simplify } from '../../nodes/Clerk/engine/operation/view';
import { organization } from '../../nodes/Clerk/views/organization';

it('the view of an organization keeps both kinds of metadata', () => {
	const record = { public_metadata: { a_b: 1 }, private_metadata: { c_d: 2 } };
	expect(simplify(record, organization)).toMatchObject({
		publicMetadata: { a_b: 1 },
		privateMetadata: { c_d: 2 },
	});
});
