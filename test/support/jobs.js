'use strict';

/**
 * Credentials and forms for tests of jobs.
 *
 * @typedef {Record<string, unknown>} Values
 */

/**
 * Returns the credential of a simulated Clerk, whose whole rate limit it may use.
 *
 * @param {{ liveSecretKey: string, url: string }} clerk
 * @param {Values} [values]
 */
const liveCredential = ({ liveSecretKey, url }, values = {}) => ({
	secretKey: liveSecretKey,
	baseUrl: url,
	accessPolicy: 'full',
	rateLimitShare: 100,
	...values,
});

/** Returns a locator as the form has it. @param {string} mode @param {unknown} value */
const by = (mode, value) => ({ __rl: true, mode, value });

/** Returns a Clean Up that deletes users who were away for 90 days. @param {Values} [values] */
const cleanUpForm = (values = {}) => ({
	resource: 'user',
	operation: 'cleanUp',
	inactiveBy: 'activity',
	inactiveDays: 90,
	neverActive: 'leaveOut',
	measure: 'delete',
	graceDays: 0,
	maxUsers: 100,
	maxPercent: 50,
	cleanUpMode: 'apply',
	additionalFields: {},
	options: {},
	...values,
});

module.exports = { by, cleanUpForm, liveCredential };
