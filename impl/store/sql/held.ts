import type { Queries } from './database.ts';
import type { Table } from './table.ts';

/**
 * Reads a record by its id and holds it until the transaction is over. With READ COMMITTED a locked
 * row is the newest one, and whatever is read after it, in a statement of its own, is as new. A record that
 * is not there is held too: nobody who reads it first can save it meanwhile.
 *
 * `exclusive` for what is read to be changed; `NO KEY`, because nobody changes ids.
 */
export async function readHeld<Row>(
	queries: Queries,
	{ name, select, read }: Pick<Table<Row>, 'name' | 'select' | 'read'>,
	id: string,
	hold: 'exclusive' | 'shared',
): Promise<Row | undefined> {
	const lock = hold === 'exclusive' ? 'FOR NO KEY UPDATE' : 'FOR SHARE';
	const find = async (): Promise<Row | undefined> =>
		read(await queries.query(`${select} WHERE id = $1 ${lock}`, [id]))[0];
	const found = await find();
	if (found !== undefined) return found;
	await queries.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`${name} ${id}`]);
	return find();
}
