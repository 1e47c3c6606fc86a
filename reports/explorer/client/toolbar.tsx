import { useRef, useState } from 'hono/jsx';
import { DESIGNS } from '../../../model/catalogue/index.ts';
import { Design } from '../../../model/vocabulary/design.ts';
import { replayCommand } from '../../wording/commands.ts';
import { GOALS } from '../goals.ts';
import { copied } from './copied.ts';
import type { Desk } from './desk.ts';
import { download } from './download.ts';
import { Help } from './help.tsx';
import { nameOf, scenarioOf } from './scenario.ts';
import { meaningOf } from './words.tsx';

/** A target of an event as the select, or the text, that it is. */
const textOf = (target: EventTarget | null): string =>
	target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement ? target.value : '';

type Happened = { readonly target: EventTarget | null };

/** What is explored, under which design, and the ways about. */
export const Toolbar = ({ desk }: { desk: Desk }) => {
	const { here, exploration, beside, searching, trouble } = desk;
	const isBegin = here.before === null;
	const isEnd = exploration.branch.at(-1) === here;
	return (
		<div class="x-toolbar">
			<div class="x-row">
				<Setups desk={desk} />
				<label>
					Design{' '}
					<select
						data-design
						onChange={({ target }: Happened) => desk.chooseDesign(Design.parse(textOf(target)))}
					>
						{Design.options.map((design) => (
							<option value={design} selected={design === desk.design}>
								{DESIGNS[design].name}
							</option>
						))}
					</select>
				</label>
				<label>
					Beside it{' '}
					<select
						data-compare
						onChange={({ target }: Happened) => {
							const design = Design.safeParse(textOf(target));
							desk.compare(design.success ? design.data : null);
						}}
					>
						<option value="">none</option>
						{Design.options.map((design) => (
							<option value={design} selected={design === beside?.design}>
								{DESIGNS[design].name}
							</option>
						))}
					</select>
				</label>
			</div>
			<About desk={desk} />
			<div class="x-row">
				<button type="button" data-undo aria-disabled={`${isBegin}`} onClick={() => desk.undo()}>
					<span aria-hidden="true">←</span> Undo
				</button>
				<button type="button" data-redo aria-disabled={`${isEnd}`} onClick={() => desk.redo()}>
					Redo <span aria-hidden="true">→</span>
				</button>
				<button
					type="button"
					data-rest
					title={`Lets only what is fair happen, until nothing is left. ${meaningOf('rest') ?? ''}`}
					onClick={() => desk.comeToRest()}
				>
					Come to rest
				</button>
				<Seek desk={desk} />
				<Open desk={desk} />
				<Save desk={desk} />
				<Help />
			</div>
			{searching === null ? null : (
				<p class="x-searching">
					<span data-searching>{searching.words}</span>{' '}
					{searching.isOver ? null : (
						<button type="button" data-stop onClick={() => desk.stopSeeking()}>
							Stop
						</button>
					)}
					{searching.further === null ? null : (
						<button type="button" data-further onClick={searching.further}>
							Search further
						</button>
					)}
				</p>
			)}
			{trouble === null ? null : <p class="x-trouble">{trouble}</p>}
		</div>
	);
};

/** The setups to begin with. */
const Setups = ({ desk }: { desk: Desk }) => (
	<label>
		Begin with{' '}
		<select
			data-start
			onChange={({ target }: Happened) => desk.beginWith(Number(textOf(target)), desk.design)}
		>
			{desk.started === null ? (
				<option value="-1" selected>
					what was opened
				</option>
			) : null}
			{desk.starts.map(({ name, about }, place) => (
				<option value={`${place}`} title={about} selected={place === desk.started}>
					{name}
				</option>
			))}
		</select>
	</label>
);

/** What the setup that was begun with is for. */
const About = ({ desk }: { desk: Desk }) => {
	const about = desk.started === null ? undefined : desk.starts[desk.started]?.about;
	return about === undefined ? null : (
		<p class="x-none" data-about>
			{about}
		</p>
	);
};

const KINDS = {
	situations: 'something has happened',
	broken: 'a promise is broken',
	tested: 'a promise is put to the test',
} as const;

/** Where to be taken, breadth first. */
const Seek = ({ desk }: { desk: Desk }) => {
	const [key, choose] = useState('situations 0');
	const [kind = '', place = ''] = key.split(' ');
	const goal = Object.entries(GOALS).find(([name]) => name === kind)?.[1][Number(place)];
	return (
		<span class="x-seek">
			<label>
				Take me to a state where{' '}
				<select data-goal onChange={({ target }: Happened) => choose(textOf(target))}>
					{(['situations', 'broken', 'tested'] as const).map((name) => (
						<optgroup label={KINDS[name]}>
							{GOALS[name].map(({ words }, at) => (
								<option value={`${name} ${at}`} selected={key === `${name} ${at}`}>
									{words}
								</option>
							))}
						</optgroup>
					))}
				</select>
			</label>
			<button
				type="button"
				data-seek
				onClick={() => {
					if (goal !== undefined) void desk.seek(goal);
				}}
			>
				Go
			</button>
		</span>
	);
};

/** A token or a scenario, pasted. */
const Open = ({ desk }: { desk: Desk }) => {
	const dialog = useRef<HTMLDialogElement>(null);
	const text = useRef<HTMLTextAreaElement>(null);
	const [wrong, say] = useState('');
	const open = async (): Promise<void> => {
		const trouble = await desk.openPasted(text.current?.value ?? '');
		say(trouble ?? '');
		if (trouble === null) dialog.current?.close();
	};
	return (
		<span class="x-opens">
			<button type="button" data-open onClick={() => dialog.current?.showModal()}>
				Open…
			</button>
			<dialog ref={dialog} class="x-dialog" aria-label="Open a story">
				<h2>Open a story</h2>
				<label>
					A token, an address or command with one in it, or a scenario
					<textarea ref={text} data-paste rows={10} />
				</label>
				<p role="alert" class="x-trouble">
					{wrong}
				</p>
				<p class="x-row">
					<button type="button" data-open-pasted onClick={open}>
						Open
					</button>
					<button type="button" onClick={() => dialog.current?.close()}>
						Leave it
					</button>
				</p>
			</dialog>
		</span>
	);
};

/** The story until here, to be taken along. */
const Save = ({ desk }: { desk: Desk }) => {
	const dialog = useRef<HTMLDialogElement>(null);
	const name = useRef<HTMLInputElement>(null);
	const [token, sign] = useState('');
	const [said, say] = useState('');
	const usual = nameOf(desk.nameOfStory);
	const copy = async (what: string, text: string, otherwise: string): Promise<void> =>
		say(`The ${what} ${(await copied(text)) ? 'is copied' : `could not be copied: ${otherwise}`}.`);
	const link = `${location.href.split('#')[0]}#${token}`;
	return (
		<span class="x-opens">
			<button
				type="button"
				data-save
				onClick={async () => {
					say('');
					dialog.current?.showModal();
					sign(await desk.token());
				}}
			>
				Save…
			</button>
			<dialog ref={dialog} class="x-dialog" aria-label="Save the story">
				<h2>Save the story</h2>
				<p>
					<label>
						Name of the file <input ref={name} data-name placeholder={usual} />
					</label>
				</p>
				<p class="x-row">
					<button
						type="button"
						data-download
						onClick={() => {
							const wanted = name.current?.value ?? '';
							say(download(`${nameOf(wanted) || usual}.yml`, scenarioOf(desk.exploration)));
						}}
					>
						Save as scenario
					</button>
					<button
						type="button"
						onClick={() => copy('scenario', scenarioOf(desk.exploration), 'save it')}
					>
						Copy the scenario
					</button>
					<button type="button" onClick={() => copy('link', link, 'mark it below')}>
						Copy the link
					</button>
					<button type="button" onClick={() => copy('token', token, 'mark it below')}>
						Copy the token
					</button>
					<button type="button" onClick={() => dialog.current?.close()}>
						Close
					</button>
				</p>
				<p role="status">{said}</p>
				<Taken label="This link opens it here" text={link} />
				<Taken label="This command plays it again" text={replayCommand(token)} />
			</dialog>
		</span>
	);
};

const Taken = ({ label, text }: { label: string; text: string }) => (
	<div>
		<h3>{label}</h3>
		<p>
			<code class="x-token" tabindex={0} role="group" aria-label={label}>
				{text}
			</code>
		</p>
	</div>
);
