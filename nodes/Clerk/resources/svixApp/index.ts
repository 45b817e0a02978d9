import { defineResource } from '../../engine/operation';
import { create } from './create';
import { createDashboardUrl } from './createDashboardUrl';
import { deleteSvixApp } from './delete';

export const svixApp = defineResource({
	name: 'Svix App',
	value: 'svixApp',
	description: 'What sends the webhooks of the instance',
	operations: [create, createDashboardUrl, deleteSvixApp],
});
