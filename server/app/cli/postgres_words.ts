/** The address without its password, and without the parameter that is ours, as PostgreSQL's programs take it. */
function publicAddress(databaseUrl: string): { address: string; schema: string | undefined } {
  const url = new URL(databaseUrl);
  const schema = url.searchParams.get('schema') ?? undefined;
  url.searchParams.delete('schema');
  url.password = '';
  return { address: url.href, schema };
}

/** How to back up a PostgreSQL database, ready to paste. */
export function postgresDumpWords(databaseUrl: string): string {
  const { address, schema } = publicAddress(databaseUrl);
  return [
    'The database is PostgreSQL, which backs itself up. While the server runs:',
    '',
    `  pg_dump --format=custom --no-owner${schema === undefined ? '' : ` --schema=${schema}`} --file=gatehouse.dump '${address}'`,
    '',
    'pg_dump asks for the password, or takes it from PGPASSWORD. Keep the secret key (secret.key in the data',
    'folder, or SECRET_KEY) beside the dump.',
  ].join('\n');
}

/** How to bring it back. */
export function postgresRestoreWords(databaseUrl: string): string {
  const { address } = publicAddress(databaseUrl);
  return [
    'The database is PostgreSQL. Stop the servers, and bring a dump back into an empty database:',
    '',
    `  pg_restore --no-owner --exit-on-error --dbname='${address}' gatehouse.dump`,
    '  gatehouse end-sessions',
    '',
    'The second command voids sessions, codes and tokens that were issued before. A backup of SQLite is restored',
    'into a data folder (--database-url sqlite:<file>), and then moved with `gatehouse migrate-data`.',
  ].join('\n');
}
