/** The types that every file of the simulated Clerk needs, without importing them. */
type State = import('./state').State;
type Row = import('./resource').Row;
type Call = import('./resource').Call;
type Values = import('./resource').Values;
type UserRow = import('./records/user').UserRow;
