'use strict';

/** Every operation the simulated Clerk answers, by its request line in Clerk's own document. */
module.exports = {
	...require('./organizationMemberships'),
	...require('./organizations'),
	...require('./sessions'),
	...require('./users'),
};
