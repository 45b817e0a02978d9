/** The types that every file of the simulated Clerk needs, without importing them. */
type State = import('./state').State;
type Values = import('./resource').Values;
type Row = import('./resource').Row;
type Call = import('./resource').Call;
type Route = import('./server').Route;
type Entry = import('./records/user').Entry;
type UserRow = import('./records/user').UserRow;
