import type { Field } from '../engine/operation';
import { locate } from './locators';

export const redirectUrlId = locate('redirectUrl', {
	required: true,
	wire: 'id',
	description: 'The redirect URL, as an entry in the list',
});

export const proxyUrl: Field = {
	displayName: 'Proxy URL',
	name: 'proxyUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://app.example.com/__clerk',
	description: "The URL of your proxy to Clerk's Frontend API; production instances only",
};
