import { MEANINGS } from '../../wording/glossary.ts';

/** Labels of the state that are words of the glossary, by another name. */
const CALLED: Readonly<Record<string, string>> = {
	'slots in use': 'quota',
	policy: 'cap',
	'agent holds': 'agent',
	group: 'task group',
};

/** What a label means, if the glossary says it. */
export const meaningOf = (label: string): string | undefined => {
	const word = CALLED[label] ?? label.replace(/ \d+$/, '');
	const means = MEANINGS[word];
	return means === undefined ? undefined : `${word}: ${means}`;
};

/** Words that the page takes for known. */
const TAKEN = [
	...['task', 'execution', 'unit', 'host', 'agent', 'mark', 'restart', 'budget', 'quota', 'slot'],
	...['cap', 'monitor', 'heartbeat', 'block', 'fenced', 'guarantee', 'exercised', 'rest', 'token'],
];

/** What words mean, for those who do not point with a mouse, too. */
export const Words = () => (
	<details class="x-words">
		<summary>What the words mean</summary>
		<dl>
			{TAKEN.map((word) => (
				<div>
					<dt>{word}</dt>
					<dd>{MEANINGS[word] ?? ''}</dd>
				</div>
			))}
		</dl>
	</details>
);
