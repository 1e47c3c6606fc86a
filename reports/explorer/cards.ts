import { shapeOf } from '../../model/system/shape.ts';
import type { MachineTables } from '../../model/system/tables.ts';
import { sayExit, sayRemarks } from '../../model/vocabulary/command.ts';
import { sayPolicy } from '../../model/vocabulary/events/admins.ts';
import { sayMessage } from '../../model/vocabulary/events/network.ts';
import type { HostObservation, TaskObservation } from '../../model/vocabulary/observation.ts';
import { plural } from '../../model/vocabulary/plural.ts';
import { type Setup, TIMING } from '../../model/vocabulary/setup.ts';
import { policySeen, slotsSeen, versionsOf } from '../../model/vocabulary/versions.ts';
import { sayExecution, sayPosition } from '../wording/event.ts';
import { sayStarter, sayWaiting } from '../wording/states.ts';
import type { Point } from './exploration.ts';

/** One thing to know of somebody. */
export interface Fact {
	readonly label: string;
	readonly value: string;
	/** Whether the last event changed it. */
	readonly lit: boolean;
}

/** All there is to know of a task, a unit, a host, the network, the server. */
export interface Card {
	readonly key: string;
	readonly kind: 'task' | 'display task' | 'unit' | 'host' | 'messages' | 'server';
	readonly title: string;
	/** How it stands, in a word. */
	readonly state: string;
	readonly lit: boolean;
	readonly facts: readonly Fact[];
}

/** A card before it is held against the one that was there before. */
type Plain = Omit<Card, 'lit' | 'facts'> & {
	/** Label and value; null: there is nothing to say. */
	readonly facts: readonly (readonly [label: string, value: string | null])[];
};

/** How a point looks; what its event changed is lit. */
export function cardsOf(setup: Setup, tables: MachineTables, point: Point): readonly Card[] {
	const before = point.before === null ? null : byKey(plainCards(setup, tables, point.before));
	return plainCards(setup, tables, point).map((card) => {
		const was = before?.get(card.key);
		const facts = card.facts.flatMap(([label, value]): Fact[] => {
			const old = was?.facts.find((fact) => fact[0] === label)?.[1] ?? null;
			return value === null ? [] : [{ label, value, lit: before !== null && old !== value }];
		});
		const gone = was?.facts.some(
			([label, value]) => value !== null && facts.every((fact) => fact.label !== label),
		);
		const changed = gone === true || (before !== null && was?.state !== card.state);
		return { ...card, facts, lit: changed || facts.some(({ lit }) => lit) };
	});
}

const byKey = (cards: readonly Plain[]) => new Map(cards.map((card) => [card.key, card]));

const plainCards = (setup: Setup, tables: MachineTables, point: Point): readonly Plain[] => [
	serverCard(setup, tables, point),
	...point.seen.tasks.map((task, place) => taskCard(task, madeOf(setup, place))),
	...point.seen.display_tasks.map(
		({ id, status, execution }): Plain => ({
			...{ key: `display ${id}`, kind: 'display task', title: id, state: status },
			facts: [['restarted', plural(execution, 'time')]],
		}),
	),
	...unitCards(setup, tables, point),
	...point.seen.hosts.map((host) => hostCard(setup, host)),
	{
		...{ key: 'messages', kind: 'messages', title: 'In flight' },
		state: plural(point.seen.messages.length, 'message'),
		facts: point.seen.messages.map((message, place) => [`${place + 1}`, sayMessage(message)]),
	},
];

/** In hours, unless that would not be exact. */
const sayLeft = (minutes: number): string =>
	minutes % 60 === 0 ? plural(minutes / 60, 'hour') : plural(minutes, 'minute');

/** The slots of all projects. */
const slotsOf = (tables: MachineTables, { machines }: Point['snapshot']) =>
	machines.quotas.flatMap((quota) => tables.quota.context(quota).slots);

function serverCard(setup: Setup, tables: MachineTables, { seen, snapshot }: Point): Plain {
	const { projects, versions } = versionsOf(setup);
	const window = TIMING.window_s / 60;
	return {
		...{ key: 'server', kind: 'server', title: 'App server', state: seen.server },
		facts: [
			[
				'clock',
				`hour ${Math.floor(seen.minute / 60)}${seen.minute % 60 === 0 ? '' : `, minute ${seen.minute % 60}`}`,
			],
			...projects.flatMap(({ id }, project) => {
				const of = projects.length === 1 ? '' : ` of ${id}`;
				const policy = policySeen(seen, project);
				const most = policy.daily_limit === 0 ? 'any number' : policy.daily_limit;
				return [
					[`policy${of}`, sayPolicy(policy)],
					[`slots in use${of}`, `${slotsSeen(seen, project)} of ${most}`],
				] as const;
			}),
			...slotsOf(tables, snapshot).map(
				({ unit, age }, place) =>
					[
						`slot ${place + 1}`,
						`held by ${nameOfUnit(setup, unit)}${projects.length === 1 ? '' : ` of project ${projectOfUnit(setup, unit)}`}, free again in ${sayLeft(window - age)}`,
					] as const,
			),
			...seen.in_hand.map(
				({ route, host, task, execution, commits }, place) =>
					[
						`held ${place + 1}`,
						`${route}${task === null ? '' : ` of ${task}${execution === null ? '' : `/${execution}`}`}${host === null ? '' : ` from ${host}`}, after ${plural(commits, 'commit')}`,
					] as const,
			),
			[
				'answered last',
				seen.answer === null ? null : `${seen.answer.status} ${seen.answer.outcome}`,
			],
			...versions.map(({ id }, version): [string, string | null] => {
				const status = version === 0 ? seen.version : seen.other_versions?.[version - 1];
				if (versions.length > 1) return [`version ${id}`, status ?? null];
				return ['version', seen.tasks.length > 1 ? seen.version : null];
			}),
		],
	};
}

/** The version and project that a task is of; null: there is only one. */
function madeOf(setup: Setup, task: number): string | null {
	const { versions, projects, versionOf, projectOf } = versionsOf(setup);
	if (versions.length === 1) return null;
	return `${versions[versionOf[task] ?? 0]?.id} of project ${projects[projectOf[task] ?? 0]?.id}`;
}

/** What a user asked for (C5). */
const ASKED = {
	whole: 'a restart when it is finished',
	failed: 'a restart when it is finished, if it fails',
} as const;

/** @param of its version and project, where there are several. */
function taskCard(task: TaskObservation, of: string | null): Plain {
	const { id, execution, status, details, mark, history, started_by, host } = task;
	const why = [
		details?.type,
		details?.description,
		details?.timed_out,
		details?.exit && sayExit(details.exit),
	].filter((part) => part);
	return {
		...{ key: `task ${id}`, kind: 'task', state: status },
		title: sayExecution({ task: id, execution }),
		facts: [
			['version', of],
			[
				'for now',
				status === 'undispatched'
					? sayWaiting(task).slice(id.length + 2 + `${execution}`.length)
					: null,
			],
			['host', host],
			['ended as', why.length === 0 ? null : why.join(', ')],
			['said', task.remarks === undefined ? null : sayRemarks(task.remarks)],
			['mark', mark === 'none' ? null : mark.replaceAll('_', ' ')],
			['restart', task.restart_pending ? 'pending: when its unit has ended' : null],
			['repair', task.repair_pending ? 'pending: by the system' : null],
			['asked for', task.restart_asked === undefined ? null : ASKED[task.restart_asked]],
			['aborted', task.aborted ? 'yes' : null],
			['started by', execution === 0 ? null : sayStarter(started_by)],
			[
				'before',
				history.length === 0
					? null
					: history
							.map(
								(past) =>
									`${past.execution}: ${past.details.status}${past.aborted ? ', aborted' : ''}${past.remarks === undefined ? '' : `, said ${sayRemarks(past.remarks)}`}`,
							)
							.join('; '),
			],
		],
	};
}

/** A unit by its members. */
export const nameOfUnit = (setup: Setup, unit: number): string =>
	(shapeOf(setup).units[unit]?.members ?? [])
		.map((member) => setup.tasks[member]?.id ?? '')
		.join(' + ');

const projectOfUnit = (setup: Setup, unit: number): string => {
	const { projects, projectOf } = versionsOf(setup);
	const member = shapeOf(setup).units[unit]?.members[0] ?? 0;
	return projects[projectOf[member] ?? 0]?.id ?? '';
};

function unitCards(setup: Setup, tables: MachineTables, { snapshot }: Point): readonly Plain[] {
	const slots = slotsOf(tables, snapshot);
	return snapshot.machines.units.map((id, unit): Plain => {
		const { list, repairs, asked, used, max } = tables.unit.context(id);
		const names = (places: readonly number[]): string =>
			places.map((place) => setup.tasks[place]?.id ?? '').join(', ');
		const held = slots.filter((slot) => slot.unit === unit).length;
		const pending = list.length > 0 || repairs.length > 0 || asked !== null;
		return {
			...{ key: `unit ${unit}`, kind: 'unit', title: `Unit of ${nameOfUnit(setup, unit)}` },
			state: pending ? 'restart pending' : 'no restart pending',
			facts: [
				['list', list.length === 0 ? 'nobody' : names(list)],
				['to repair', repairs.length === 0 ? null : names(repairs)],
				['asked for', asked === null ? null : ASKED[asked]],
				['budget', `${used} of ${max} used`],
				['slot', held === 0 ? 'holds none' : `holds ${held}`],
			],
		};
	});
}

const AWAY = { 'to-come': 'yet to come', gone: 'gone for good' } as const;

function hostCard(setup: Setup, host: HostObservation): Plain {
	const { id, agent, away, execution, doing, group, posted, background, assigned } = host;
	const command = (position: Parameters<typeof sayPosition>[2]): string =>
		sayPosition(setup, execution?.task ?? null, position, group?.group);
	const does = (): string => {
		switch (doing.kind) {
			case 'idle':
				return 'idle';
			case 'calling':
				return `calls ${doing.route}${doing.sent > 1 ? `, sent ${doing.sent} times` : ''}`;
			case 'running':
				return 'runs a command';
		}
	};
	return {
		...{ key: `host ${id}`, kind: 'host', title: id },
		state: away === undefined ? (agent === 'dead' ? 'no agent' : does()) : AWAY[away],
		facts: [
			['agent holds', execution === null ? null : sayExecution(execution)],
			['server says', assigned === null ? null : sayExecution(assigned)],
			['block', doing.kind === 'running' ? doing.position.block : null],
			['command', doing.kind === 'running' ? command(doing.position) : null],
			['asks for', doing.kind === 'calling' && doing.for !== undefined ? command(doing.for) : null],
			['in the background', background.length === 0 ? null : background.map(command).join(', ')],
			[
				'posted',
				posted === null
					? null
					: `${posted.status}${posted.retryable === true ? ', to be retried' : ''}`,
			],
			['group', group === null ? null : `${group.group} on ${group.variant}`],
		],
	};
}
