import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { Client } from '../../impl/agent/client.ts';
import { Requests } from '../../impl/agent/requests.ts';
import { RealTimers } from '../../impl/host/timers.ts';
import { HttpTransport } from '../../impl/host/transport.ts';
import type { Work } from '../../impl/ports/configuration.ts';
import type { Transport } from '../../impl/ports/transport.ts';
import { postgresIsMissing, startPostgres } from '../../impl/testing/postgres.ts';
import { until } from '../../impl/testing/until.ts';
import type { Outcome } from '../../model/vocabulary/message.ts';
import { Setup } from '../../model/vocabulary/setup.ts';
import { LiveAppServer } from './app-server.ts';
import { Pool } from './pool.ts';

const TASKS = 16;
const HOSTS = ['h1', 'h2', 'h3', 'h4'];
const SETUP = Setup.parse({
	project: { id: 'p1', tasks: [{ name: 'compile', commands: [{ command: 'make' }] }] },
	tasks: Array.from({ length: TASKS }, (_, index) => ({
		id: `t${index}`,
		task: 'compile',
		variant: 'ubuntu',
	})),
	hosts: HOSTS,
});
const FAILED = { status: 'failed', type: 'test', description: '', timed_out: null } as const;
/** Agents wait a fifth as long as in production: some seconds in all, longer than the database is away. */
const PACE = 0.2;
/** Ends that were acknowledged when the database is killed. */
const ENDS_BEFORE = 6;
const AWAY_MS = 300;

/** What the app server said it had done. */
interface Acknowledged {
	readonly marks: {
		readonly task: string;
		readonly execution: number;
		readonly outcome: Outcome | null;
	}[];
	readonly ends: { readonly task: string; readonly execution: number }[];
	/** Attempts that came to nothing. */
	failures: number;
}

describe.skipIf(postgresIsMissing !== null)(
	`over PostgreSQL${postgresIsMissing === null ? '' : ` (skipped: ${postgresIsMissing})`}`,
	() => {
		const pool = new Pool();
		afterAll(() => pool.stop(), 60_000);

		test('a database that is killed under load loses nothing that was acknowledged', async () => {
			const database = await startPostgres();
			try {
				const server = new LiveAppServer(pool, await database.createDatabase());
				await server.load(SETUP);
				const address = await server.comeUp(SETUP.policy);
				const { hosts } = await server.look(SETUP);
				const acknowledged: Acknowledged = { marks: [], ends: [], failures: 0 };
				const agents = hosts.map((host) => workUntilNothingIsLeft(host, address, acknowledged));
				await until('some work is done', () => acknowledged.ends.length >= ENDS_BEFORE);
				database.kill();
				await delay(AWAY_MS);
				await database.restart();
				await Promise.all(agents);
				await server.monitor();

				expect(acknowledged.failures).toBeGreaterThan(0);
				const { tasks, projects } = await server.look(SETUP);
				const slots = projects.flatMap((project) => project.slots);
				const executions = tasks.flatMap(({ task, history }) => [
					...history,
					{ ...task, task: task.id },
				]);
				for (const { task, execution } of acknowledged.ends)
					expect(
						executions.find((one) => one.task === task && one.execution === execution)?.details,
					).toMatchObject(FAILED);
				for (const { task, history } of tasks) {
					const granted = acknowledged.marks.filter(
						(mark) => mark.task === task.id && isGranted(mark.outcome),
					);
					expect({ id: task.id, granted: granted.map(({ execution }) => execution) }).toEqual({
						id: task.id,
						granted: [0],
					});
					expect(task).toMatchObject({ execution: 1, status: 'failed', mark: 'refused_budget' });
					expect(task.automatic_restarts).toBe(1);
					expect(history.map(({ execution, mark }) => ({ execution, mark }))).toEqual([
						{ execution: 0, mark: 'granted' },
					]);
				}
				expect(slots).toHaveLength(TASKS);
			} finally {
				await database.stop();
			}
		}, 90_000);
	},
);

const isGranted = (outcome: Outcome | null): boolean =>
	outcome === 'granted' || outcome === 'already_granted';

/** An agent without commands: each execution fails, and asks to be started again. */
async function workUntilNothingIsLeft(
	host: { readonly id: string; readonly secret: string },
	apiServer: string,
	acknowledged: Acknowledged,
): Promise<void> {
	const transport = countingFailures(new HttpTransport({ apiServer, pace: PACE }), acknowledged);
	const client = new Client(transport, new RealTimers(PACE), SETUP.policy.call_attempts);
	const requests = new Requests(host);
	for (;;) {
		const next = await client.call(requests.next());
		const { task_id: task, task_secret: secret, task_execution: execution } = next?.body ?? {};
		if (task === undefined || secret === undefined || execution === undefined) return;
		const work: Work = { execution: { task, execution }, secret };
		await client.call(requests.start(work));
		const marked = await client.call(requests.mark(work));
		if (marked !== null) acknowledged.marks.push({ task, execution, outcome: marked.body.outcome });
		const ended = await client.call(requests.end(work, FAILED, null));
		if (ended?.status === 200) acknowledged.ends.push({ task, execution });
	}
}

const countingFailures = (transport: Transport, count: { failures: number }): Transport => ({
	open: (envelope) => {
		const { response, close } = transport.open(envelope);
		const counted = response.then((answer) => {
			if (answer === null || answer.status >= 500) count.failures++;
			return answer;
		});
		return { response: counted, close };
	},
});
