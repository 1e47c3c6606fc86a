import { Document, isCollection, isMap, isNode, isScalar, isSeq, visit } from 'yaml';
import type { z } from 'zod';
import type { Observation } from '../../model/vocabulary/observation.ts';
import { Policy, Setup, type TaskInstance } from '../../model/vocabulary/setup.ts';
import type { Story } from '../../model/vocabulary/stories/token-text.ts';
import { ENDINGS } from '../words/command-ends.ts';
import type { Expectation } from './expectations.ts';
import { inWords } from './in-words.ts';
import { DEFAULT_HOST, DEFAULT_PROJECT, DEFAULT_VARIANT } from './project-setup.ts';
import { FORMAT_VERSION, GUARANTEE_IDS, type ScenarioFile } from './scenario-file.ts';

/** What a scenario file is written from. */
export interface Written {
	readonly name: string;
	readonly about: string;
	/** Ids of guarantees that the format knows; each must have been exercised in the story. */
	readonly shows: readonly string[];
	/** Those that are broken in it; none, unless told. */
	readonly breaks?: readonly string[];
	readonly story: Story;
	/** What is seen after the last event. */
	readonly expect: Expectation;
	/** What people call the commands that end in the story, in that order: comments, which nothing reads. */
	readonly commands?: readonly string[];
	/** Where the JSON Schema of scenarios lies, from the folder of the file: editors complete by it. */
	readonly schema: string;
}

/** Longest line, in characters, before a mapping is spread over several. */
const WIDTH = 130;

/** Mappings inside so many others are written in one line, as `{ command: make }`. */
const DEEP = 3;

/**
 * A scenario file, as YAML. Loaded again it gives exactly the same story; whatever the format has a
 * default or a short form for is written short.
 */
export function scenarioText(written: Written): string {
	const document = new Document(fileOf(written), { aliasDuplicateObjects: false });
	visit(document, {
		Collection: (_, node, path) => {
			const depth = path.filter(isCollection).length;
			if (isSeq(node) ? node.items.every(isScalar) : depth >= DEEP && !isLong(node))
				node.flow = true;
		},
		// Plain, it would be read as a merge key.
		Scalar: (_, node) => {
			if (node.value === '<<') node.type = 'QUOTE_DOUBLE';
		},
	});
	comment(document, written.commands ?? []);
	return `# yaml-language-server: $schema=${written.schema}\n${document.toString({ lineWidth: WIDTH })}`;
}

/** The lines in which commands end are told apart by their comments alone. */
function comment(document: Document, commands: readonly string[]): void {
	const lines = document.get('events');
	const left = commands.values();
	for (const line of isSeq(lines) ? lines.items : []) {
		if (!isMap(line)) continue;
		const [value] = ENDS.flatMap((kind) => line.get(kind, true) ?? []);
		const name = value === undefined ? undefined : left.next().value;
		if (isNode(value) && name !== undefined) value.comment = ` ${name}`;
	}
}

const ENDS = [...['command-ends', 'background-fails'], ...ENDINGS.map(({ word }) => word)];

/** A task, or a task group. */
const isLong = (node: unknown): boolean =>
	isMap(node) && (node.has('commands') || (node.has('name') && node.has('tasks')));

/** What is expected of an end such as this one: how each task stands, and how its executions ended. */
export const endOf = (seen: Observation): Expectation => ({
	tasks: Object.fromEntries(
		seen.tasks.map(({ id, status, execution, held, history }) => [
			id,
			{
				status,
				execution,
				...(held === null ? {} : { held }),
				...(history.length === 0 ? {} : { history: history.map(({ details }) => details.status) }),
			},
		]),
	),
	...(seen.display_tasks.length === 0
		? {}
		: {
				display_tasks: Object.fromEntries(seen.display_tasks.map(({ id, ...task }) => [id, task])),
			}),
});

function fileOf({
	name,
	about,
	shows,
	breaks = [],
	story,
	expect,
}: Written): z.input<typeof ScenarioFile> {
	const { setup, events } = story;
	const { id, ...project } = setup.project;
	const policy = differing(setup.policy, Policy.parse({}));
	const tasks = setup.tasks.map(instanceOf);
	const [only] = project.tasks;
	const usual = project.tasks.length === 1 && tasks.length === 1 && tasks[0] === only?.name;
	return {
		mulligan: FORMAT_VERSION,
		name,
		about,
		...(shows.length === 0 ? {} : { shows: shows.flatMap(knownId) }),
		...(breaks.length === 0 ? {} : { breaks: breaks.flatMap(knownId) }),
		project: { ...(id === DEFAULT_PROJECT ? {} : { id }), ...project },
		...(usual ? {} : { tasks }),
		...(setup.display_tasks === undefined || setup.display_tasks.length === 0
			? {}
			: { display_tasks: setup.display_tasks }),
		...(setup.other_versions === undefined
			? {}
			: {
					other_versions: setup.other_versions.map((one) =>
						one.project === undefined ? one.id : one,
					),
				}),
		...(setup.hosts.length === 1 && setup.hosts[0] === DEFAULT_HOST ? {} : { hosts: setup.hosts }),
		...(setup.late_hosts === undefined ? {} : { late_hosts: setup.late_hosts }),
		...differing({ requester: setup.requester }, { requester: USUAL_REQUESTER }),
		...(setup.design === undefined ? {} : { design: setup.design }),
		...(Object.keys(policy).length === 0 ? {} : { policy }),
		events: inWords(events, setup),
		expect,
	};
}

const knownId = (id: string) => GUARANTEE_IDS.find((known) => known === id) ?? [];

const USUAL_REQUESTER = Setup.shape.requester.parse(undefined);

/** A task by its name alone where nothing else is said of it. */
function instanceOf({ id, task, variant, ...rest }: TaskInstance) {
	const usual = variant === DEFAULT_VARIANT;
	if (id === task && usual && Object.keys(rest).length === 0) return task;
	return { task, ...(usual ? {} : { variant }), ...(id === task ? {} : { id }), ...rest };
}

/** The keys whose values are not the usual ones. */
const differing = <Value extends object>(value: Value, usual: Value): Partial<Value> => {
	const kept: Partial<Value> = { ...value };
	for (const key in value) if (value[key] === usual[key]) delete kept[key];
	return kept;
};
