import { labelled, listed } from './listed';
import { byId } from './modes';

export const organizationDomain = listed({
	noun: 'domain',
	displayName: 'Domain',
	parameter: 'organizationDomainId',
	...byId('orgdmn_2NNEqL2nrIRd…'),
	method: 'searchOrganizationDomains',
	title: "the organization's domains",
	path: '/organizations/{organization_id}/domains',
	within: { organization_id: 'organizationId' },
	label: ({ name, enrollment_mode: mode }) =>
		labelled(name, String(mode ?? '').replaceAll('_', ' ')),
});
