import { defineResource } from '../../engine/operation';
import { create } from './create';
import { getAll } from './getAll';
import { revoke } from './revoke';
import { verify } from './verify';

export const m2mToken = defineResource({
	name: 'M2M Token',
	value: 'm2mToken',
	description: 'Tokens that one of your machines uses to call another',
	operations: [create, getAll, verify, revoke],
});
