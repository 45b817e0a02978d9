/** The types that every file of the simulated Clerk needs, without importing them. */
type State = import('./state').State;
type Values = Record<string, any>;
/** As it is stored: what responses do not have stays there. */
type Row = Record<string, any>;
type Call = import('./resource').Call;
type Handler = (call: Call) => any;
type Definition = import('./resource').Definition;
type Route = import('./server').Route;
type Routes = import('./server').Routes;
type Fact = import('../../scripts/lib/digest').Fact;
/** JSON schema. */
type Schema = Record<string, any>;
type ErrorEntry = import('./errors').ErrorEntry;
/** Of a user's list: an email address, a phone number, a wallet, an account or a passkey. */
type Entry = { id: string; [field: string]: any };
type UserRow = import('./records/user').UserRow;
type ClerkEvent = import('./webhooks').ClerkEvent;
