import { Outcome } from '../../model/vocabulary/message.ts';
import type { AnswerBody } from '../wire/answer.ts';
import { LightResponse } from '../wire/exchange.ts';

/** 200, with an outcome and the wire's own fields. */
export const accept = (outcome: Outcome, fields?: Omit<AnswerBody, 'outcome'>): LightResponse =>
	new LightResponse(200, { ...fields, outcome });

/** A 4xx (S14). `outcome` is null where nobody asked for anything the outcomes speak of. */
export const refuse = (status: number, outcome: Outcome | null, error: string): LightResponse =>
	new LightResponse(status, { status, error, outcome });

/** What a reply says, for a program. */
export function outcomeOf(reply: LightResponse): Outcome | null {
	const { body } = reply;
	const said = typeof body === 'object' && body !== null && 'outcome' in body ? body.outcome : null;
	const outcome = Outcome.safeParse(said);
	return outcome.success ? outcome.data : null;
}
