import { openPostgres } from '../../impl/store/sql/postgres.ts';
import { postgresIsMissing, startPostgres } from '../../impl/testing/postgres.ts';
import { startAppServer } from './child.ts';
import { cycles, type Load } from './load.ts';
import { median, row } from './measured.ts';
import { pgbench } from './pgbench.ts';
import { populate } from './population.ts';
import { recordCycle } from './recorded.ts';

const GOAL = 0.5;

/** Cycles over HTTP on PostgreSQL, beside pgbench with the same statements, each cycle one transaction. */
export async function onPostgres(
	agents: number,
	rounds: number,
	seconds: number,
): Promise<string[]> {
	if (postgresIsMissing !== null) return [`PostgreSQL: skipped: ${postgresIsMissing}`];
	const postgres = await startPostgres();
	try {
		const app = await startAppServer(await postgres.createDatabase(), agents);
		const url = await postgres.createDatabase();
		const store = await openPostgres({ url });
		await populate(store, agents);
		const script = await recordCycle(store.database, agents);
		await store.close();
		const busy: Load[] = [];
		const rates: number[] = [];
		let used_s = 0;
		for (let round = 0; round < rounds; round++) {
			const before = await app.processor_s();
			busy.push(await cycles(app.urls[0], app.secrets, seconds));
			used_s += (await app.processor_s()) - before;
			rates.push(await pgbench(url, script, seconds, round + 1));
		}
		await app.stop();
		const load = median(busy, ({ requests_per_s }) => requests_per_s);
		const requests = busy.reduce((sum, each) => sum + each.requests_per_s * seconds, 0);
		const tps = median(rates, (rate) => rate);
		const ratio = median(
			busy.map(({ requests_per_s }, round) => requests_per_s / 3 / (rates[round] ?? 0)),
			(each) => each,
		);
		return [
			row('ask, mark, end with restart; PostgreSQL', load),
			`pgbench, the same ${script.match(/;$/gm)?.length ?? 0} statements in one transaction: ${tps.toFixed(0)} cycles/s`,
			`processor of the server: ${((used_s * 1e6) / requests).toFixed(0)} us a request`,
			`${(load.requests_per_s / 3).toFixed(0)} cycles/s; ratio ${ratio.toFixed(2)}, goal ${GOAL}: ${ratio >= GOAL ? 'reached' : 'missed'}`,
		];
	} finally {
		await postgres.stop();
	}
}
