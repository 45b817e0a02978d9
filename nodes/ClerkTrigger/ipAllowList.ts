/** An allow list of IP addresses: IPv4 and IPv6 addresses, and ranges such as 203.0.113.0/24. */

interface Address {
	value: bigint;
	/** 32 or 128. */
	bits: number;
}

const OCTET = /^(?:25[0-5]|2[0-4]\d|1?\d?\d)$/;

/** Returns undefined for text that is not an address. An IPv4 address that is written as an IPv6 address, as proxies and sockets do, is one of IPv4. */
function parseAddress(text: string): Address | undefined {
	if (!text.includes(':')) {
		const value = parseV4(text);
		return value === undefined ? undefined : { value, bits: 32 };
	}
	const value = parseV6(text);
	if (value === undefined) return undefined;
	return value >> 32n === MAPPED ? { value: value & LAST_32, bits: 32 } : { value, bits: 128 };
}

/** The part of a mapped address, `::ffff:203.0.113.7`, before the IPv4 address (RFC 4291, section 2.5.5.2). */
const MAPPED = 0xffffn;

const LAST_32 = 0xffff_ffffn;

function parseV4(text: string): bigint | undefined {
	const parts = text.split('.');
	if (parts.length !== 4 || !parts.every((part) => OCTET.test(part))) return undefined;
	return join(parts.map(BigInt), 8n);
}

function parseV6(text: string): bigint | undefined {
	const [, start, last] = /^(.*:)(\d+(?:\.\d+){3})$/.exec(text) ?? [];
	if (last !== undefined) {
		const v4 = parseV4(last);
		if (v4 === undefined) return undefined;
		return parseV6(`${start}${(v4 >> 16n).toString(16)}:${(v4 & 0xffffn).toString(16)}`);
	}
	const halves = text.split('::').map((half) => (half === '' ? [] : half.split(':')));
	const groups = halves.flat();
	const missing = 8 - groups.length;
	const isWhole = halves.length === 2 ? missing > 0 : halves.length === 1 && missing === 0;
	if (!isWhole || !groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return undefined;
	const zeros = Array.from({ length: missing }, () => '0');
	const all = [...halves[0], ...zeros, ...(halves[1] ?? [])];
	return join(
		all.map((group) => BigInt(`0x${group}`)),
		16n,
	);
}

const join = (parts: bigint[], bits: bigint): bigint =>
	parts.reduce((value, part) => (value << bits) | part, 0n);

function isWithin(address: Address, entry: string): boolean {
	const [network, prefix] = entry.split('/');
	const start = parseAddress(network);
	if (!start || start.bits !== address.bits) return false;
	// The prefix of a mapped range counts from the start of the IPv6 address.
	const length = Number(prefix ?? start.bits) - (network.includes(':') ? 128 - start.bits : 0);
	const isAddress = prefix === undefined;
	if (!isAddress && (length < 0 || length > start.bits)) return false;
	const rest = BigInt(isAddress ? 0 : start.bits - length);
	return address.value >> rest === start.value >> rest;
}

/** Whether an address is on the allow list. An empty list allows no address. @param entries - addresses and ranges */
export function isAllowed(address: string | undefined, entries: string[]): boolean {
	const parsed = parseAddress((address ?? '').trim());
	return parsed !== undefined && entries.some((entry) => isWithin(parsed, entry));
}
