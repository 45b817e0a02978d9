/** IP addresses and ranges such as 203.0.113.0/24. */

const OCTET = /^(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/;

/** Whether it is an IPv4 address. A leading zero is none: some programs read it as octal. */
function isV4(text: string): boolean {
	const parts = text.split('.');
	return parts.length === 4 && parts.every((part) => OCTET.test(part));
}

/** Whether it is an IPv6 address (RFC 4291, section 2.2). */
function isV6(text: string): boolean {
	const halves = text.split('::');
	if (halves.length > 2) return false;
	const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
	const last = groups.at(-1) ?? '';
	const endsInV4 = last.includes('.');
	const hex = endsInV4 ? groups.slice(0, -1) : groups;
	if (endsInV4 && (!isV4(last) || text.endsWith('::'))) return false;
	if (!hex.every((group) => /^[\da-f]{1,4}$/i.test(group))) return false;
	const count = hex.length + (endsInV4 ? 2 : 0);
	return halves.length === 2 ? count < 8 : count === 8;
}

/** Returns an address or a range in lower case, without the brackets of a URL; undefined for other text. */
export function readIpAddress(text: string): string | undefined {
	const [, address, bits] = /^\[?([^[\]/]+)\]?(?:\/(\d{1,3}))?$/.exec(text) ?? [];
	if (address === undefined) return undefined;
	const most = isV4(address) ? 32 : isV6(address) ? 128 : -1;
	if (Number(bits ?? 0) > most) return undefined;
	return `${address.toLowerCase()}${bits === undefined ? '' : `/${Number(bits)}`}`;
}
