import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';

const id = (node: AnyStateNode): string => node.path.join('_');

/** Mermaid reads ":" and ";" as its own. */
const plain = (label: string): string => label.replaceAll(':', ' -').replaceAll(';', ',');

function label(event: string, { guard }: AnyTransitionDefinition): string {
	return typeof guard === 'string' ? `${event} [${plain(guard)}]` : event;
}

function* lines(node: AnyStateNode, indent: string): Generator<string> {
	const children = Object.values(node.states);
	const initial = node.initial?.target[0];
	if (initial !== undefined) yield `${indent}[*] --> ${id(initial)}`;
	for (const child of children) {
		if (Object.keys(child.states).length === 0)
			yield `${indent}state "${child.key}" as ${id(child)}`;
		else {
			yield `${indent}state "${child.key}" as ${id(child)} {`;
			yield* lines(child, `${indent}\t`);
			yield `${indent}}`;
		}
	}
}

/** Transitions between the same two states share an arrow, one label a line. */
function arrows(root: AnyStateNode): string[] {
	const labels = new Map<string, Set<string>>();
	const notes = new Map<string, Set<string>>();
	const visit = (node: AnyStateNode): void => {
		for (const [event, definitions] of node.transitions)
			for (const definition of definitions) {
				const target = definition.target?.[0];
				const from = id(node);
				if (target === undefined || from === '') {
					const place = from === '' ? 'any state' : node.path.join('.');
					const said = `${label(event, definition)}${target === undefined ? '' : ` → ${target.path.join('.')}`}`;
					notes.set(place, (notes.get(place) ?? new Set()).add(said));
				} else {
					const arrow = `\t${from} --> ${id(target)}`;
					labels.set(arrow, (labels.get(arrow) ?? new Set()).add(label(event, definition)));
				}
			}
		for (const child of Object.values(node.states)) visit(child);
	};
	visit(root);
	return [
		...[...labels].map(([arrow, said]) => `${arrow} : ${[...said].join('<br/>')}`),
		'```',
		...(notes.size === 0 ? [] : ['', 'Without an arrow:', '']),
		...[...notes].map(
			([place, said]) => `- in ${place}: ${[...said].map((text) => `\`${text}\``).join(', ')}`,
		),
	];
}

/** A machine as a Mermaid state diagram in a Markdown page; transitions that stay where they are follow as a list. */
export function diagram(name: string, machine: AnyStateMachine): string {
	return `${[
		`# ${name}`,
		'',
		`Drawn from \`model/machines/${name}.ts\` by \`npm run diagrams\`.`,
		'',
		'```mermaid',
		'stateDiagram-v2',
		...lines(machine.root, '\t'),
		...arrows(machine.root),
	].join('\n')}\n`;
}
