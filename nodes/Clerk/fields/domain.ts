import type { Field } from '../engine/operation';
import { locate } from './locators';

export const redirectUrlId = locate('redirectUrl', {
	required: true,
	wire: 'id',
	description: 'The redirect URL, as an entry of the list',
});

export const proxyUrl: Field = {
	displayName: 'Proxy URL',
	name: 'proxyUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://app.example.com/__clerk',
	description:
		"Where a proxy of yours passes requests on to Clerk's Frontend API; production instances only",
};
