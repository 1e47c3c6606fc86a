import { FIELD, OURS } from '../wording/glossary.ts';
import { Heads, Scrolls, Section } from './parts.tsx';

/** What the words of the page mean: those of docs/glossary.md. */
export const WordsSection = () => (
	<Section id="words" title="Words">
		<Words title="Of the field" words={FIELD} />
		<Words title="Ours" words={OURS} />
	</Section>
);

const Words = ({ title, words }: { title: string; words: Readonly<Record<string, string>> }) => (
	<details>
		<summary>{title}</summary>
		<Scrolls label={`Words: ${title}`}>
			<table>
				<Heads of={['word', 'what it means here']} />
				<tbody>
					{Object.entries(words).map(([word, means]) => (
						<tr>
							<th scope="row">
								<dfn>{word}</dfn>
							</th>
							<td class="wide">
								{means
									.split('`')
									.map((part, place) => (place % 2 === 1 ? <code>{part}</code> : part))}
							</td>
						</tr>
					))}
				</tbody>
			</table>
		</Scrolls>
	</details>
);
