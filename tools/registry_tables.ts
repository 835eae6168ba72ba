// Renews what follows from the declared methods: the tables of docs/compatibility.md, the table of scopes, and the
// list of methods that are not there yet. What changed is for a person to read: it says who may do what.
import { renewTables } from '../test/support/registry/tables.ts';

renewTables();
