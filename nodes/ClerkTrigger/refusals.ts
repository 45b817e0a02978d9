/**
 * What the log says of refused requests: the first at once, then a warning a minute at most, with the
 * number of those in between. Who sends a million forged requests must not fill a disk.
 */

const QUIET_MS = 60_000;

/** Webhooks that are remembered; a bound, not a limit that anybody meets. */
const MOST_KEYS = 10_000;

/** Says in the log what was refused, and not once for each. */
export class Refusals {
	private readonly told = new Map<string, { at: number; untold: number }>();

	/**
	 * @param key - of the webhook
	 * @param now - Unix milliseconds
	 * @returns what to say now, if anything
	 */
	warningFor(key: string, reason: string, now: number): string | undefined {
		const last = this.told.get(key);
		if (last && now - last.at < QUIET_MS) {
			last.untold++;
			return undefined;
		}
		if (this.told.size >= MOST_KEYS) this.told.clear();
		this.told.set(key, { at: now, untold: 0 });
		const others = last?.untold ? ` ${last.untold} more were refused since the last warning.` : '';
		return `A request to a Clerk Trigger was refused: ${reason}.${others}`;
	}
}
