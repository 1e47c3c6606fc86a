import type { z } from 'zod';
import { StoreError } from './errors.ts';

/** Columns whose values are JSON. Drivers parse it, and are handed text. */
const JSON_COLUMNS: ReadonlySet<string> = new Set([
	'place',
	'started_by',
	'details',
	'remarks',
	'running',
	'heeded',
]);

/** With its parameters. */
export interface Statement {
	readonly text: string;
	readonly values: readonly unknown[];
}

/** A table whose columns are the fields of a record. */
export interface Table<Row> {
	readonly name: string;
	/** `SELECT` of all columns, up to the table's name. */
	readonly select: string;
	readonly insert: string;
	/** `insert`, or the same for a row that is there. */
	readonly upsert: string;
	/** The parameters of both. */
	values(row: Row): unknown[];
	/** Changes the columns of a row that differ; null where none does. */
	update(before: Row, after: Row): Statement | null;
	/** Rows as they came from the driver, checked. */
	read(rows: readonly unknown[]): Row[];
}

/** A schema of objects whose fields are known. */
interface RowSchema<Row> extends z.ZodType<Row> {
	readonly shape: object;
}

export function table<Row extends object>(
	name: string,
	schema: RowSchema<Row>,
	key: string,
): Table<Row> {
	const columns = Object.keys(schema.shape);
	const list = columns.join(', ');
	const insert = `INSERT INTO ${name} (${list}) VALUES (${columns.map((_, index) => `$${index + 1}`).join(', ')})`;
	const changed = columns.filter((column) => column !== key);
	const values = (row: Row): unknown[] =>
		columns.map((column) => toParameter(column, fieldOf(row, column)));
	/** By the columns that they change. There are few; to build and look up a new string each time costs more. */
	const updates = new Map<string, string>();
	const updateOf = (names: readonly string[]): string => {
		const list = names.join();
		const known = updates.get(list);
		if (known !== undefined) return known;
		const sets = names.map((column, index) => `${column} = $${index + 2}`);
		const text = `UPDATE ${name} SET ${sets.join(', ')} WHERE ${key} = $1`;
		updates.set(list, text);
		return text;
	};
	return {
		name,
		select: `SELECT ${list} FROM ${name}`,
		insert,
		upsert: `${insert} ON CONFLICT (${key}) DO UPDATE SET ${changed
			.map((column) => `${column} = excluded.${column}`)
			.join(', ')}`,
		values,
		update: (before, after) => {
			const names: string[] = [];
			const parameters: unknown[] = [fieldOf(before, key)];
			for (const column of columns) {
				const [was, is] = [fieldOf(before, column), fieldOf(after, column)];
				if (was === is) continue;
				const value = toParameter(column, is);
				if (value === toParameter(column, was)) continue;
				names.push(column);
				parameters.push(value);
			}
			return names.length === 0 ? null : { text: updateOf(names), values: parameters };
		},
		read: (rows) => rows.map((row) => readRow(schema, row, name)),
	};
}

const fieldOf = (row: object, column: string): unknown => Reflect.get(row, column) ?? null;

const toParameter = (column: string, value: unknown): unknown =>
	value !== null && JSON_COLUMNS.has(column) ? JSON.stringify(value) : value;

/** One row, checked against its schema. */
export function readRow<Row>(schema: z.ZodType<Row>, row: unknown, name: string): Row {
	const parsed = schema.safeParse(row);
	if (parsed.success) return parsed.data;
	const issue = parsed.error.issues[0];
	throw new StoreError(
		'unreadable',
		`a row of the table "${name}" cannot be read: ${issue?.path.join('.')}: ${issue?.message}`,
	);
}
