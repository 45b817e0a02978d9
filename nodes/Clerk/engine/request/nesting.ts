/** Names with dots stand for objects within objects: `saml.idp_entity_id`. */

type Values = Record<string, unknown>;

/** What was given for the whole of an object (`actor`) keeps what is given for a part of it (`actor.sub`). */
export function nested(values: Values): Values {
	const whole: Values = {};
	for (const [name, value] of Object.entries(values)) assign(whole, name.split('.'), value);
	return whole;
}

function assign(into: Values, [name, ...below]: string[], value: unknown): void {
	if (below.length === 0) {
		into[name] = value;
		return;
	}
	const inner = { ...(into[name] as Values | undefined) };
	assign(inner, below, value);
	into[name] = inner;
}

/** A copy with another value under `path`; the same where there is none, or null. */
export function replacedAt(values: Values, path: string, replacement: unknown): Values {
	const [name, ...below] = path.split('.');
	if (!Object.hasOwn(values, name) || values[name] === null) return values;
	const inner =
		below.length > 0
			? replacedAt(values[name] as Values, below.join('.'), replacement)
			: replacement;
	return { ...values, [name]: inner };
}
