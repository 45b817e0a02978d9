/** An allow list of IP addresses: single ones of either version, and IPv4 ranges such as 203.0.113.0/24. */

const V4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;

/** What proxies and sockets write in front of an IPv4 address. */
const MAPPED = /^::ffff:(?=\d+\.)/i;

const normal = (address: string): string => address.trim().replace(MAPPED, '').toLowerCase();

const asNumber = (address: string): number =>
	address.split('.').reduce((number, part) => number * 256 + Number(part), 0);

function isWithin(address: string, entry: string): boolean {
	const [network, bits] = entry.split('/');
	if (bits === undefined) return address === entry;
	if (!V4.test(network) || !V4.test(address) || !/^(?:3[0-2]|[12]?\d)$/.test(bits)) return false;
	const size = 2 ** (32 - Number(bits));
	return Math.floor(asNumber(address) / size) === Math.floor(asNumber(network) / size);
}

/** What stands between commas; each an entry. */
export const entriesOf = (text: unknown): string[] =>
	(Array.isArray(text) ? text.map(String) : String(text ?? '').split(','))
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');

/** @param text - entries with commas between them; where there are none, nobody is allowed */
export const isAllowed = (address: string | undefined, text: unknown): boolean =>
	entriesOf(text).some((entry) => isWithin(normal(address ?? ''), normal(entry)));
