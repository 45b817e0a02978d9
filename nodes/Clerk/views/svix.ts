import { view } from '../engine/views';

/** A link that signs whoever has it in to the dashboard of the instance's webhooks. */
export const svixUrl = view('svixUrls', ['svixUrl']);
