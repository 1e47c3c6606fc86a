import { countsOf } from '../../model/system/tables.ts';
import { TablesByDesign } from '../../model/system/tables-by-design.ts';
import { answering } from '../threads/answering.ts';
import { look } from './checks.ts';
import type { Answer, Question } from './in-threads.ts';

/** A thread that checks one configuration after the other. */
const tables = new TablesByDesign();

answering<Question, Answer>(async ({ configuration, ...how }, signal) => {
	const machines = tables.of(configuration.setup);
	const looked = await look(configuration, { ...how, machines, signal });
	return { ...looked, counts: countsOf(machines) };
});
