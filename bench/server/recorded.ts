import { systemClock, systemRandomness } from '../../impl/http/system-ports.ts';
import { createAppServer } from '../../impl/routes/app-server.ts';
import type { Connection, Database } from '../../impl/store/sql/database.ts';
import { SqlStore } from '../../impl/store/sql/sql-store.ts';
import { AnswerBody } from '../../impl/wire/answer.ts';
import { LightRequest } from '../../impl/wire/exchange.ts';
import { endPath, nextTaskPath, taskPath } from '../../impl/wire/path.ts';
import { CLIENTS } from './pgbench.ts';
import { UNLIMITED } from './policy.ts';

/** The execution at which the cycle is recorded: a number that is nothing else. */
const EXECUTION = 100_000;

interface Statement {
	readonly text: string;
	readonly values: readonly unknown[];
}

/**
 * The statements of one cycle of agent 0 (ask, mark, end, restart), as a script for pgbench, in which each
 * client is a share of all agents in turn.
 */
export async function recordCycle(database: Database, agents: number): Promise<string> {
	const statements: Statement[] = [];
	const store = new SqlStore(recording(database, (statement) => statements.push(statement)));
	const server = createAppServer({
		store,
		clock: systemClock(),
		randomness: systemRandomness,
		...UNLIMITED,
	});
	const host = { 'Host-Id': 'h0', 'Host-Secret': '' };
	await store.transaction(async (tx) => {
		host['Host-Secret'] = (await tx.host('h0'))?.secret ?? '';
		const task = await tx.task('t0');
		if (task === undefined) throw new Error('no task');
		await tx.saveTask({ ...task, execution: EXECUTION - 1 });
	});
	// The first cycle reads what is remembered from then on.
	for (let cycle = 0; cycle < 2; cycle++) {
		statements.length = 0;
		const next = await server.handle(new LightRequest('GET', nextTaskPath('h0'), host));
		const { task_secret = '' } = AnswerBody.parse(await next.json());
		const headers = { ...host, 'Task-Id': 't0', 'Task-Secret': task_secret };
		await server.handle(new LightRequest('POST', taskPath('t0', 'restart'), headers));
		const end = new LightRequest('POST', endPath('h0', 't0'), headers, { status: 'failed' });
		if ((await server.handle(end)).status !== 200) throw new Error('the cycle was refused');
	}
	return [
		'\\set e :e + 1',
		'\\set f :e + 1',
		`\\set a :client_id * ${agents / CLIENTS} + :e % ${agents / CLIENTS}`,
		'BEGIN;',
		...statements.filter(isKept).map(toScript),
		'COMMIT;',
		'',
	].join('\n');
}

/** One transaction instead of several; and no looking for any task, which would be another client's. */
const isKept = ({ text }: Statement): boolean =>
	!/^(BEGIN|COMMIT)/.test(text) && !text.includes('SKIP LOCKED');

const recording = (database: Database, seen: (statement: Statement) => void): Database => ({
	place: database.place,
	migrate: () => database.migrate(),
	close: () => database.close(),
	connect: async (): Promise<Connection> => {
		const connection = await database.connect();
		return {
			query: (text, values = []) => {
				seen({ text, values });
				return connection.query(text, values);
			},
			release: (broken) => connection.release(broken),
		};
	},
});

const toScript = ({ text, values }: Statement): string =>
	`${text.replace(/\s+/g, ' ').replace(/\$(\d+)/g, (_, index) => toLiteral(values[Number(index) - 1]))};`;

/** A value of agent 0 at that execution, as it is for any other agent. */
function toLiteral(value: unknown): string {
	if (value === null || value === undefined) return 'NULL';
	if (value === EXECUTION) return ':e';
	if (value === EXECUTION + 1) return ':f';
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	// A colon followed by a word would be a variable.
	const text = String(value).replaceAll("'", "''").replaceAll('":', '": ');
	const parts = text
		.replace(/(?<![\w-])([tph])0(?=_1$|"|$)/g, "$1' || :a::text || '")
		.replaceAll(String(EXECUTION), "' || :e::text || '");
	return `('${parts}')${text.startsWith('{') ? '::jsonb' : ''}`;
}
