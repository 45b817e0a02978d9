'use strict';

const { crud } = require('../crud');
const { badValue, missing, notFound, refuse } = require('../errors');
const { all, signedFilter, withTotal } = require('../lists');
const {
	changed,
	changedSaml,
	given,
	newConnection,
	newTestRun,
	presentConnection,
	presentSamlConnection,
	presentTestRun,
} = require('../records/enterpriseConnection');
const { flag, open, oneOf, orderBy, paging, text, upTo100 } = require('../validation');
const {
	createConnection,
	createSaml,
	updateConnection,
	updateSaml,
} = require('./enterpriseSchemas');

/** @typedef {import('../state').State} State */
/** @typedef {import('../records/enterpriseConnection').ConnectionRow} ConnectionRow */
/** @typedef {Record<string, any>} Values */

const connections = crud({
	object: 'enterprise_connection',
	table: (state) => state.enterpriseConnections,
	present: presentConnection,
});

/** Both names of the path hold the same. @param {Values} attribute */
const attributeOf = ({ scim_path, directory_path = scim_path, ...attribute }) => ({
	multi_valued: false,
	...attribute,
	...(directory_path !== undefined && { scim_path: directory_path, directory_path }),
});

/** @param {Values} attribute */
const isTorn = ({ scim_path: old, directory_path: now }) =>
	old !== undefined && now !== undefined && old !== now;

/** @param {State} state @param {Values} body @param {ConnectionRow} wanted @returns {ConnectionRow} */
function checked(state, body, wanted) {
	const { organization_id: organization, custom_attributes: attributes } = body;
	const { active, saml } = wanted;
	const lacksIdp = saml && !saml.idp_metadata && !saml.idp_metadata_url && !saml.idp_sso_url;
	refuse(
		...(organization && !state.organizations.get(organization)
			? [badValue('organization_id', 'is not the id of an organization')]
			: []),
		...((attributes ?? []).some(isTorn)
			? [badValue('directory_path', 'and scim_path must be the same')]
			: []),
		...(active && lacksIdp ? [badValue('active', 'needs the metadata of the IdP first')] : []),
	);
	return wanted;
}

/** @param {State} state @param {Values} body */
const create = (state, body) => {
	const attributes = (body.custom_attributes ?? []).map(attributeOf);
	const fields = /** @type {any} */ ({ ...body, custom_attributes: attributes });
	return checked(state, body, newConnection(state, fields));
};

/** An empty list of domains changes nothing. @param {Values} body @param {ConnectionRow} row @param {State} state */
function update({ saml, oidc, domains, custom_attributes: attributes, ...body }, row, state) {
	const wanted = /** @type {ConnectionRow} */ ({
		...changed(row, body),
		...(domains?.length > 0 && {
			domains: domains.map((/** @type {string} */ one) => one.toLowerCase()),
		}),
		...(attributes && { custom_attributes: attributes.map(attributeOf) }),
		...(saml && row.saml && { saml: changedSaml(row.saml, saml) }),
		...(oidc && row.oidc && { oidc: { ...row.oidc, ...given(oidc) } }),
	});
	return checked(state, { ...body, custom_attributes: attributes }, wanted);
}

/** Organizations' verified domains in the way of a connection that is turned on. @param {State} state @param {Values} body @param {ConnectionRow} wanted */
const domainsInTheWay = (state, { active }, { domains }) =>
	active === true
		? state.organizationDomains.rows.filter(
				({ name, affiliation_verification: verification }) =>
					verification.status === 'verified' && domains.includes(name.toLowerCase()),
			)
		: [];

/** @param {Values} body @param {ConnectionRow} row @param {State} state */
function updateAndClear(body, row, state) {
	const wanted = update(body, row, state);
	for (const domain of domainsInTheWay(state, body, wanted)) {
		state.organizationDomains.remove(domain);
	}
	return wanted;
}

/** What the older routes have on one level stands in two. @param {Values} body @returns {Values} */
function fromOlder(body) {
	const { domain, domains = domain && [domain], consent_verified_domains_deletion, ...rest } = body;
	const own = ['name', 'provider', 'organization_id', 'active', 'sync_user_attributes'];
	own.push('disable_additional_identifications', 'allow_organization_account_linking');
	const entries = Object.entries(rest);
	return {
		...Object.fromEntries(entries.filter(([name]) => own.includes(name))),
		...(domains && { domains }),
		saml: Object.fromEntries(entries.filter(([name]) => !own.includes(name))),
	};
}

/** @param {State} state @param {string} id */
function findSaml(state, id) {
	const [row] = state.enterpriseConnections.where('saml_id', id);
	if (!row) throw notFound('saml connection', id);
	return row;
}

/** @param {State} state @param {ConnectionRow} row */
function drop(state, row) {
	for (const run of state.testRuns.where('enterprise_connection_id', row.id)) {
		state.testRuns.remove(run);
	}
	for (const directory of state.directories.rows) {
		if (directory.enterprise_connection_id === row.id) directory.enterprise_connection_id = null;
	}
}

/** @param {ConnectionRow[]} rows @param {Values} query */
const chosen = (rows, { organization_id: organization, active }) =>
	rows.filter(
		(row) =>
			(organization === undefined || row.organization_id === organization) &&
			(active === undefined || row.active === active),
	);

/** @param {State} state @param {Values} query */
function listSaml(state, { query, organization_id: organizations, order_by: by }) {
	const filters = [
		...signedFilter(
			organizations,
			(/** @type {ConnectionRow} */ row, id) => row.organization_id === id,
		),
		(/** @type {ConnectionRow} */ row) =>
			row.saml !== null && row.name.toLowerCase().includes((query ?? '').toLowerCase()),
	];
	const rows = state.enterpriseConnections.rows.filter(all(filters));
	return by.startsWith('-') ? rows.reverse() : rows;
}

const BY_ID = 'enterprise_connection_id';

/** @type {import('../server').Routes} */
const enterprise = {
	'GET /enterprise_connections': connections.list({ organization_id: text, active: flag }, chosen),
	'POST /enterprise_connections': { ...connections.create(createConnection, create), status: 201 },
	'GET /enterprise_connections/{enterprise_connection_id}': connections.get(BY_ID),
	'PATCH /enterprise_connections/{enterprise_connection_id}': connections.update(
		BY_ID,
		updateConnection,
		updateAndClear,
	),
	'DELETE /enterprise_connections/{enterprise_connection_id}': connections.delete(
		BY_ID,
		(row, state) => drop(state, row),
	),
	'GET /enterprise_connections/{enterprise_connection_id}/test_runs': {
		query: open({
			...paging,
			status: { type: 'array', items: { ...text, ...oneOf(['pending', 'success', 'failed']) } },
		}),
		respond: ({ state, params, query }) => {
			const { id } = connections.find(state, params.enterprise_connection_id);
			const rows = state.testRuns
				.where(BY_ID, id)
				.filter(({ status }) => !query.status || query.status.includes(status));
			return withTotal([...rows].reverse(), query, (run) => presentTestRun(state, run));
		},
	},
	'POST /enterprise_connections/{enterprise_connection_id}/test_runs': {
		respond: ({ state, params }) => {
			const { id } = connections.find(state, params.enterprise_connection_id);
			const run = state.testRuns.insert(newTestRun(state, { enterprise_connection_id: id }));
			return { url: `https://clerk.example.com/v1/enterprise_connections/test/${run.id}` };
		},
	},
};

/** @type {import('../server').Routes} */
const saml = {
	'GET /saml_connections': {
		query: open({
			...paging,
			query: text,
			order_by: orderBy(['created_at'], '-created_at'),
			organization_id: upTo100,
		}),
		respond: ({ state, query }) => withTotal(listSaml(state, query), query, presentSamlConnection),
	},
	'POST /saml_connections': {
		body: createSaml,
		respond: ({ state, body }) => {
			const fields = fromOlder(body);
			if (!fields.domains) refuse(missing('domains'));
			return presentSamlConnection(state.enterpriseConnections.insert(create(state, fields)));
		},
	},
	'GET /saml_connections/{saml_connection_id}': {
		respond: ({ state, params }) =>
			presentSamlConnection(findSaml(state, params.saml_connection_id ?? '')),
	},
	'PATCH /saml_connections/{saml_connection_id}': {
		body: updateSaml,
		respond: ({ state, params, body }) => {
			const row = findSaml(state, params.saml_connection_id ?? '');
			const wanted = update(fromOlder(body), row, state);
			const inTheWay = domainsInTheWay(state, body, wanted);
			if (inTheWay.length > 0 && body.consent_verified_domains_deletion !== true) {
				refuse(badValue('active', 'needs consent to delete verified domains of organizations'));
			}
			for (const domain of inTheWay) state.organizationDomains.remove(domain);
			const changes = { ...wanted, updated_at: state.clock() };
			return presentSamlConnection(state.enterpriseConnections.update(row, changes));
		},
	},
	'DELETE /saml_connections/{saml_connection_id}': {
		respond: ({ state, params }) => {
			const row = findSaml(state, params.saml_connection_id ?? '');
			drop(state, row);
			state.enterpriseConnections.remove(row);
			return { object: 'saml_connection', id: params.saml_connection_id, deleted: true };
		},
	},
};

module.exports = { ...enterprise, ...saml };
