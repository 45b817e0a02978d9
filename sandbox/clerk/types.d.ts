/** The types that every file of the simulated Clerk needs, without importing them. */
type State = import('./state').State;
type Values = import('./values').Values;
/** As it is stored: what responses do not have stays there. */
type Row = import('./values').Values;
type Call = import('./resource').Call;
type Handler = import('./resource').Handler;
type Definition = import('./resource').Definition;
type Route = import('./server').Route;
type Routes = import('./server').Routes;
type Fact = import('../../scripts/lib/digest').Fact;
/** JSON schema. */
type Schema = import('./values').Values;
type ErrorEntry = import('./errors').ErrorEntry;
/** Of a user's list: an email address, a phone number, a wallet, an account or a passkey. */
type Entry = { id: string } & import('./values').Values;
type UserRow = import('./records/user').UserRow;
type ClerkEvent = import('./webhooks').ClerkEvent;
