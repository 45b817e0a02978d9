import { view } from '../engine/operation/view';

/** A link to the dashboard of the instance's webhooks, which signs in anyone who has it. */
export const svixUrl = view('svixUrls', ['svixUrl']);
