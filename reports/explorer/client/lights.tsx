import { useState } from 'hono/jsx';
import { goalsOf } from '../goals.ts';
import type { Light, Lit } from '../lights.ts';
import type { Desk } from './desk.ts';

const WORDS: Readonly<Record<Light, readonly [glyph: string, words: string]>> = {
	untouched: ['·', 'untouched'],
	tested: ['✓', 'put to the test'],
	owed: ['◷', 'still to come'],
	broken: ['✕', 'broken'],
};
const ORDER: readonly Light[] = ['broken', 'owed', 'tested', 'untouched'];

/** A light for every promise; those that are broken, or still to be kept, say what, and the one that is asked for, all about it. */
export const Lights = ({ desk }: { desk: Desk }) => {
	const lights = desk.exploration.lightsAt(desk.here);
	const [picked, pick] = useState<string | null>(null);
	const about = lights.find(({ id }) => id === picked);
	const count = (light: Light): number => lights.filter((one) => one.light === light).length;
	const told = lights.filter(({ light }) => light === 'broken' || light === 'owed');
	return (
		<section class="x-promises" aria-label="The promises">
			<h2>
				The promises{' '}
				<small>
					{ORDER.filter((light) => count(light) > 0)
						.map((light) => `${count(light)} ${WORDS[light][1]}`)
						.join(', ')}
					; press one to see what it is
				</small>
			</h2>
			<ul class="x-lights">
				{lights.map(({ id, name, statement, light }) => (
					<li key={id} class={light} data-light={light} data-guarantee={id}>
						<button
							type="button"
							aria-pressed={`${id === picked}`}
							title={`${name}: ${WORDS[light][1]}. ${statement}`}
							onClick={() => pick(id === picked ? null : id)}
						>
							<span aria-hidden="true">{WORDS[light][0]}</span> {id}
							<span class="x-hidden">{` ${name}: ${WORDS[light][1]}`}</span>
						</button>
					</li>
				))}
			</ul>
			{about === undefined ? null : <About promise={about} desk={desk} />}
			{told.length === 0 ? null : (
				<ul class="x-told">
					{told.map(({ id, name, light, sentence }) => (
						<li key={id} class={light}>
							{light === 'owed' ? (
								<>
									<strong>{`Still to come: ${name} (${id})`}</strong>
									{'. Broken only if nothing more happened: '}
								</>
							) : (
								<>
									<strong>{`${name} (${id}) is broken`}</strong>:{' '}
								</>
							)}
							<bdi class="said">{sentence ?? ''}</bdi>
						</li>
					))}
				</ul>
			)}
		</section>
	);
};

/** What is promised, and the ways to where it is at stake. */
const About = ({ promise: { id, name, statement, light }, desk }: { promise: Lit; desk: Desk }) => (
	<div class="x-about">
		<p>
			<strong>{`${name} (${id})`}</strong>
			{`, ${WORDS[light][1]}: ${statement}`}
		</p>
		<p class="x-row">
			{goalsOf(id).map((goal) => (
				<button type="button" onClick={() => void desk.seek(goal)}>
					{`Take me to where ${goal.words}`}
				</button>
			))}
		</p>
	</div>
);
