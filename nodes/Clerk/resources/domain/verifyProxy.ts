import { defineOperation, one } from '../../engine/operation';
import { proxyUrl } from '../../fields/domain';
import { locate } from '../../fields/locators';
import { proxyCheck } from '../../views/domain';

export const verifyProxy = defineOperation({
	name: 'Verify Proxy',
	value: 'verifyProxy',
	action: 'Verify proxy of domain',
	description: "Check that a proxy reaches Clerk's Frontend API before you switch a domain to it",
	request: 'POST /proxy_checks',
	body: [
		locate('domain', { description: 'The domain that the proxy is for' }),
		{
			...proxyUrl,
			description: "The proxy to check; by default, the domain's current one",
		},
	],
	returns: one(proxyCheck),
});
