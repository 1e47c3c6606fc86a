import { parseArgs } from 'node:util';
import { PointedStore } from '../store/points.ts';
import { openPostgres } from '../store/sql/postgres.ts';
import { appServerOver, callFor } from './callers.ts';

/**
 * A process that makes one call on an app server of its own and is killed at a point of it, without a
 * chance to say goodbye: `--url`, `--route`, `--index` of the task, `--point` from 0.
 */
const { values } = parseArgs({
	options: {
		url: { type: 'string', default: '' },
		route: { type: 'string', default: 'mark' },
		index: { type: 'string', default: '0' },
		point: { type: 'string', default: '0' },
	},
});

const store = await openPostgres({ url: values.url, connections: 1 });
let points = 0;
const server = appServerOver(
	new PointedStore(store, () => {
		if (points++ === Number(values.point)) process.kill(process.pid, 'SIGKILL');
	}),
);
await callFor(server, values.route === 'end' ? 'end' : 'mark', Number(values.index));
await store.close();
