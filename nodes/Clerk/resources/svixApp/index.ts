import { defineResource } from '../../engine/operation';
import { create } from './create';
import { createDashboardUrl } from './createDashboardUrl';
import { deleteSvixApp } from './delete';

export const svixApp = defineResource({
	name: 'Svix App (Webhooks)',
	value: 'svixApp',
	description: 'The app at Svix that sends the webhooks of the instance',
	operations: [create, deleteSvixApp, createDashboardUrl],
});
