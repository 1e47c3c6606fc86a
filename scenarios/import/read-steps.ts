import {
	BLOCK_LENGTH,
	type Command,
	type FunctionCall,
	isFunctionCall,
	type Step,
} from '../../model/vocabulary/project.ts';
import { problemAt } from '../yaml/problem.ts';
import type { YamlValue } from '../yaml/value.ts';
import {
	entry,
	itemsOf,
	type Mapping,
	readName,
	readReferences,
	readTruth,
	readType,
} from './read-scalars.ts';
import type { Findings, WrittenFunction, WrittenStep } from './written.ts';

/** Commands whose `params.background` makes them return at once. */
const SHELLS = new Set(['shell.exec', 'subprocess.exec']);

/** A block: one step as a bare mapping, or a list. */
export function readSteps(value: YamlValue | undefined, findings: Findings): WrittenStep[] {
	const items = itemsOf(value);
	if (value !== undefined && items.length > BLOCK_LENGTH) {
		findings.errors.push(
			problemAt(
				value.place,
				`this block has ${items.length} entries, more than the ${BLOCK_LENGTH} allowed`,
				'put several of them into one script',
			),
		);
		return [];
	}
	return items.flatMap((item) => readStep(item, findings));
}

export function readFunction(name: string, value: YamlValue, findings: Findings): WrittenFunction {
	const commands = readSteps(value, findings).flatMap(({ step, place, item }) => {
		if (!isFunctionCall(step)) return [{ step, place, item }];
		findings.errors.push(
			problemAt(
				place,
				`the function "${name}" calls the function "${step.func}"; functions cannot call functions`,
				'repeat the commands here',
			),
		);
		return [];
	});
	return { name, place: value.place, bare: value.mapping() !== undefined, commands };
}

function readStep(item: YamlValue, findings: Findings): WrittenStep[] {
	const mapping = item.mapping();
	const step = mapping === undefined ? undefined : readCommandOrCall(mapping, findings);
	if (step !== undefined) return [{ step, place: item.place, item }];
	if (mapping === undefined && !item.isNothing) return [];
	findings.errors.push(
		problemAt(
			item.place,
			'a command or a call of a function is expected here',
			'write a mapping with either `command` or `func`',
		),
	);
	return [];
}

function readCommandOrCall(mapping: Mapping, findings: Findings): Step | undefined {
	const command = readName(mapping.get('command'), findings);
	const func = readName(mapping.get('func'), findings);
	if ((command === undefined) === (func === undefined)) return undefined;
	const type = readType(entry(mapping, 'type'), findings);
	const variants = readReferences(entry(mapping, 'variants'), findings).map(({ name }) => name);
	const flag = readTruth(entry(mapping, 'retry_on_failure'), findings);
	const shared = {
		...(type === undefined ? {} : { type }),
		// An empty list means all of them (`RunOnVariant` in model/project.go).
		...(variants.length === 0 ? {} : { variants }),
		...(flag === undefined ? {} : { retry_on_failure: flag }),
	};
	const params = entry(mapping, 'params')?.mapping();
	if (command !== undefined) return readCommand(command, mapping, params, shared, findings);
	if (func === undefined) return undefined;
	return { func, ...shared };
}

function readCommand(
	command: string,
	mapping: Mapping,
	params: Mapping | undefined,
	shared: Omit<FunctionCall, 'func'>,
	findings: Findings,
): Command {
	const display_name = readName(entry(mapping, 'display_name'), findings);
	const background = SHELLS.has(command)
		? readTruth(params === undefined ? undefined : entry(params, 'background'), findings)
		: undefined;
	return {
		command,
		...(display_name === undefined ? {} : { display_name }),
		...shared,
		...(background === undefined ? {} : { background }),
	};
}
