/** Names with dots stand for nested objects: `saml.idp_entity_id`. */

type Values = Record<string, unknown>;

/** Returns the values as nested objects. A part (`actor.sub`) is added to an object that was given whole (`actor`). */
export function nestValues(values: Values): Values {
	const result: Values = {};
	for (const [name, value] of Object.entries(values)) assign(result, name.split('.'), value);
	return result;
}

function assign(target: Values, [name, ...rest]: string[], value: unknown): void {
	if (rest.length === 0) {
		target[name] = value;
		return;
	}
	const inner = { ...(target[name] as Values | undefined) };
	assign(inner, rest, value);
	target[name] = inner;
}

/** Returns a copy with another value at `path`; unchanged if nothing, or null, is at `path`. */
export function replaceAt(values: Values, path: string, replacement: unknown): Values {
	const [name, ...rest] = path.split('.');
	if (!Object.hasOwn(values, name) || values[name] === null) return values;
	const inner =
		rest.length > 0 ? replaceAt(values[name] as Values, rest.join('.'), replacement) : replacement;
	return { ...values, [name]: inner };
}
