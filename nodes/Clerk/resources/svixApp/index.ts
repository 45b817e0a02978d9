import { defineResource } from '../../engine/operation';
import { create } from './create';
import { createDashboardUrl } from './createDashboardUrl';
import { deleteSvixApp } from './delete';

export const svixApp = defineResource({
	name: 'Svix App (Webhooks)',
	value: 'svixApp',
	description: 'Webhooks of the instance: the app at Svix that sends them',
	operations: [create, deleteSvixApp, createDashboardUrl],
});
