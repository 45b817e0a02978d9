import { defineResource } from '../../engine/operation';
import { get } from './get';
import { getAll } from './getAll';
import { preview } from './preview';
import { revert } from './revert';
import { toggleDelivery } from './toggleDelivery';
import { upsert } from './upsert';

export const messageTemplate = defineResource({
	name: 'Message Template',
	value: 'messageTemplate',
	description: 'The emails and text messages that Clerk sends',
	operations: [upsert, get, getAll, preview, revert, toggleDelivery],
});
