/** The types that every file of the simulated Clerk needs, without importing them. */
type State = import('./state').State;
type Values = import('./resource').Values;
type Row = import('./resource').Row;
type Call = import('./resource').Call;
type Handler = (call: Call) => any;
type Definition = import('./resource').Definition;
type Route = import('./server').Route;
type Routes = import('./server').Routes;
type Fact = import('../../scripts/lib/digest').Fact;
type Schema = import('./validation').Schema;
type ErrorEntry = import('./errors').ErrorEntry;
type Entry = import('./records/user').Entry;
type UserRow = import('./records/user').UserRow;
type ClerkEvent = import('./webhooks').ClerkEvent;
