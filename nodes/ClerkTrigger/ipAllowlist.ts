/** An allow list of IP addresses: single IPv4 and IPv6 addresses, and IPv4 ranges such as 203.0.113.0/24. */

const V4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;

/** The prefix of an IPv4 address that is written as an IPv6 address, as proxies and sockets do. */
const MAPPED = /^::ffff:(?=\d+\.)/i;

const normalizeAddress = (address: string): string =>
	address.trim().replace(MAPPED, '').toLowerCase();

const asNumber = (address: string): number =>
	address.split('.').reduce((number, part) => number * 256 + Number(part), 0);

function isWithin(address: string, entry: string): boolean {
	const [network, bits] = entry.split('/');
	if (bits === undefined) return address === entry;
	if (!V4.test(network) || !V4.test(address) || !/^(?:3[0-2]|[12]?\d)$/.test(bits)) return false;
	const size = 2 ** (32 - Number(bits));
	return Math.floor(asNumber(address) / size) === Math.floor(asNumber(network) / size);
}

/** Returns the entries of a list, given as an array or as text with commas; empty ones are left out. */
export const splitList = (list: unknown): string[] =>
	(Array.isArray(list) ? list.map(String) : String(list ?? '').split(','))
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');

/**
 * Whether an address is on the allow list. An empty list allows no address.
 *
 * @param list - an array of entries, or text with commas between them
 */
export const isAllowed = (address: string | undefined, list: unknown): boolean =>
	splitList(list).some((entry) =>
		isWithin(normalizeAddress(address ?? ''), normalizeAddress(entry)),
	);
