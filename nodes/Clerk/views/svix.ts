import { view } from '../engine/operation/view';

/** A link that signs whoever has it in to the dashboard of the instance's webhooks. */
export const svixUrl = view('svixUrls', ['svixUrl']);
