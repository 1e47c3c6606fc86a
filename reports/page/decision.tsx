import { printable } from '../../model/vocabulary/printable.ts';
import type { Options } from '../review/document.ts';
import { Mark, Said } from './parts.tsx';

/** The options of the decision record, the one that was chosen first to be seen. */
export const OptionsPart = ({ of }: Options) => (
	<ol class="options">
		{of.map(({ name, what, why, fate, claimed: { verdict, sentence, because, command } }) => (
			<li class={fate}>
				<h3>
					{name}{' '}
					<span class="fate">
						<span aria-hidden="true">{fate === 'chosen' ? '●' : '○'}</span> {fate}
					</span>
				</h3>
				<p>{what}</p>
				<p>{why}</p>
				<p class="claim">
					<Mark verdict={verdict} word={sentence} />{' '}
					{because === null ? null : <Said>{because}</Said>}
					{command === null ? null : (
						<>
							run <code>{printable(command)}</code>
						</>
					)}
				</p>
			</li>
		))}
	</ol>
);
