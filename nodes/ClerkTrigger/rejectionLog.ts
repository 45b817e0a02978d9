const WARNING_INTERVAL_MS = 60_000;

/** How many webhooks are remembered. It bounds the memory; no n8n has that many triggers. */
const MAX_KEYS = 10_000;

/**
 * Limits the warnings about rejected requests to one per minute and webhook, so a flood of forged
 * requests does not fill the log. Each warning says how many requests it left out.
 */
export class RejectionLog {
	private readonly lastWarnings = new Map<string, { at: number; suppressed: number }>();

	/**
	 * Returns the warning to log now, or undefined if the last one was less than a minute ago.
	 *
	 * @param key - identifies the webhook
	 * @param now - Unix milliseconds
	 */
	warningFor(key: string, reason: string, now: number): string | undefined {
		const last = this.lastWarnings.get(key);
		if (last && now - last.at < WARNING_INTERVAL_MS) {
			last.suppressed++;
			return undefined;
		}
		if (this.lastWarnings.size >= MAX_KEYS) this.lastWarnings.clear();
		this.lastWarnings.set(key, { at: now, suppressed: 0 });
		const others = last?.suppressed
			? ` ${last.suppressed} more were rejected since the last warning.`
			: '';
		return `A request to a Clerk Trigger was rejected: ${reason}.${others}`;
	}
}
