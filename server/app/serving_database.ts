import type { Database } from '../storage/engine/database.ts';
import { lockDatabase, openDatabase } from '../storage/engine/open.ts';

/**
 * Opens the database for one server: locked against a second one, checked, and brought up to date. Closing it
 * gives the lock up.
 * @throws UnusableDatabaseError, or the driver's error
 */
export async function openForServing(url: string, open = openDatabase): Promise<Database> {
  const lock = lockDatabase(url);
  try {
    const database = open(url);
    try {
      await database.migrate();
    } catch (error) {
      await database.close();
      throw error;
    }
    return {
      ...database,
      async close() {
        await database.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
