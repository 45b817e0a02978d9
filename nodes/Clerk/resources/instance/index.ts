import { defineResource } from '../../engine/operation';
import { applyConfiguration } from './applyConfiguration';
import { changeDomain } from './changeDomain';
import { exportConfiguration } from './exportConfiguration';
import { get } from './get';
import { getCommunication } from './getCommunication';
import { getOAuthApplicationSettings } from './getOAuthApplicationSettings';
import { getOrganizationSettings } from './getOrganizationSettings';
import { getProtect } from './getProtect';
import { getPublicInterstitial } from './getPublicInterstitial';
import { update } from './update';
import { updateAuthConfig } from './updateAuthConfig';
import { updateCommunication } from './updateCommunication';
import { updateDomain } from './updateDomain';
import { updateOAuthApplicationSettings } from './updateOAuthApplicationSettings';
import { updateOrganizationSettings } from './updateOrganizationSettings';
import { updateProtect } from './updateProtect';
import { updateRestrictions } from './updateRestrictions';

export const instance = defineResource({
	name: 'Instance',
	value: 'instance',
	description: 'The application that the secret key belongs to, and its settings',
	operations: [
		get,
		update,
		exportConfiguration,
		applyConfiguration,
		updateRestrictions,
		getOrganizationSettings,
		updateOrganizationSettings,
		updateAuthConfig,
		getProtect,
		updateProtect,
		getCommunication,
		updateCommunication,
		getOAuthApplicationSettings,
		updateOAuthApplicationSettings,
		changeDomain,
		getPublicInterstitial,
		updateDomain,
	],
});
