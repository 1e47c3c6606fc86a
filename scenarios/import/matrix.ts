import { NAME_LENGTH, PROJECT_SIZE } from '../../model/vocabulary/project.ts';
import { Selection } from './selector.ts';
import { warningAt } from './warning.ts';
import type {
	Findings,
	Reference,
	WrittenAxis,
	WrittenAxisValue,
	WrittenCells,
	WrittenDependency,
	WrittenEntry,
	WrittenMatrix,
	WrittenProject,
	WrittenVariant,
} from './written.ts';

/** A cell of a matrix: a value on each of its axes. */
type Cell = ReadonlyMap<WrittenAxis, WrittenAxisValue>;

/** Cells as they are meant: on each named axis one of these values. */
type Cells = ReadonlyMap<WrittenAxis, readonly WrittenAxisValue[]>;

/**
 * The variants that matrix definitions stand for, one a cell, named as the server names them:
 * `matrix__axis~value_axis~value`, the axes in the order of their definition. A matrix that cannot be
 * resolved is told, and stands for none.
 */
export function matrixVariants(project: WrittenProject, findings: Findings): WrittenVariant[] {
	let room = PROJECT_SIZE;
	return project.matrices.flatMap((matrix) => {
		const spec = resolve(matrix.spec, project.axes);
		const but = matrix.exclude.map((cells) => resolve(cells, project.axes));
		const rules = matrix.rules.map((rule) => ({
			...rule,
			when: rule.when.map((cells) => resolve(cells, project.axes)),
		}));
		const wrong = [spec, ...but, ...rules.flatMap(({ when }) => when)].find(isText);
		const size = isText(spec) ? 0 : sizeOf(spec);
		if (wrong !== undefined || isText(spec) || size === 0 || size > room) {
			const why = wrong ?? (size === 0 ? 'it has no cells' : `more than ${PROJECT_SIZE} variants`);
			findings.warnings.push(
				warningAt(
					'unresolved-matrix',
					matrix.place,
					`the matrix "${matrix.name}" is not resolved: ${why}`,
					'give each of its axes values that are defined under axes',
				),
			);
			return [];
		}
		room -= size;
		const excluded = but.filter(isCells);
		return cellsOf(spec)
			.filter((cell) => !excluded.some((cells) => contains(cells, cell)))
			.map((cell) => {
				const those = rules.filter(({ when }) =>
					when.filter(isCells).some((cells) => contains(cells, cell)),
				);
				return variantOf(matrix, cell, {
					add: those.flatMap(({ add }) => add),
					remove: those.flatMap(({ remove }) => remove),
				});
			});
	});
}

const isText = (cells: Cells | string): cells is string => typeof cells === 'string';
const isCells = (cells: Cells | string): cells is Cells => typeof cells !== 'string';

/** The values that are meant on each axis, in the order of the axes; or, in words, what is not there. */
function resolve(written: WrittenCells, axes: readonly WrittenAxis[]): Cells | string {
	const unknown = [...written.keys()].find((id) => !axes.some((axis) => axis.name === id));
	if (unknown !== undefined) return `there is no axis "${unknown}"`;
	const cells = new Map<WrittenAxis, WrittenAxisValue[]>();
	for (const axis of axes) {
		const selectors = written.get(axis.name);
		if (selectors === undefined) continue;
		const selection = new Selection(axis.values);
		const chosen = new Set<WrittenAxisValue>();
		for (const { name } of selectors) {
			const found = selection.of(name);
			if (found === null) return `the axis "${axis.name}" has no value "${name}"`;
			for (const value of found) chosen.add(value);
		}
		cells.set(axis, [...chosen]);
	}
	return cells;
}

const sizeOf = (cells: Cells): number =>
	cells.size === 0 ? 0 : [...cells.values()].reduce((size, { length }) => size * length, 1);

const cellsOf = (cells: Cells): Cell[] =>
	[...cells].reduce<Cell[]>(
		(found, [axis, values]) =>
			found.flatMap((cell) => values.map((value) => new Map([...cell, [axis, value]]))),
		[new Map()],
	);

/** A cell is meant only where every axis of it is named. */
const contains = (cells: Cells, cell: Cell): boolean =>
	[...cell].every(([axis, value]) => cells.get(axis)?.includes(value) ?? false);

function variantOf(
	{ name, place, item, tags, tasks, display_tasks, depends_on }: WrittenMatrix,
	cell: Cell,
	{ add, remove }: { add: readonly WrittenEntry[]; remove: readonly Reference[] },
): WrittenVariant {
	const values = [...cell].map(([axis, value]) => `${axis.name}~${value.name}`);
	const known = new Map<string, string>([
		...[...cell].map(([axis, value]) => [axis.name, value.name] as const),
		...[...cell.values()].flatMap(({ variables }) => [...variables]),
	]);
	const expand = <Written extends Reference>(written: Written): Written => ({
		...written,
		name: written.name.replaceAll(
			/\$\{([^}|]+)(?:\|([^}]*))?\}/g,
			(text, key: string, otherwise?: string) => known.get(key) ?? otherwise ?? text,
		),
	});
	const waits = (dependencies: readonly WrittenDependency[]): WrittenDependency[] =>
		dependencies.map((dependency) => ({
			...expand(dependency),
			variants: dependency.variants?.map(expand) ?? null,
		}));
	return {
		name: `${name}__${values.join('_')}`.slice(0, NAME_LENGTH),
		place,
		item,
		tags,
		tasks: [...tasks, ...add].map((task) => ({
			...expand(task),
			depends_on: waits(task.depends_on),
		})),
		display_tasks: display_tasks.map((task) => ({
			...expand(task),
			execution_tasks: task.execution_tasks.map(expand),
		})),
		depends_on: waits(depends_on),
		without: remove.map(expand),
	};
}
