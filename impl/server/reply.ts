import type { Outcome } from '../../model/vocabulary/message.ts';
import { AnswerBody } from '../wire/answer.ts';
import { LightResponse } from '../wire/exchange.ts';

/** 200, with an outcome and the wire's own fields. */
export const accept = (outcome: Outcome, fields?: Omit<AnswerBody, 'outcome'>): LightResponse =>
	new LightResponse(200, { ...fields, outcome });

/** A 4xx (S14). `outcome` is null where nobody asked for anything the outcomes speak of. */
export const refuse = (status: number, outcome: Outcome | null, error: string): LightResponse =>
	new LightResponse(status, { status, error, outcome });

/** What a reply says, for a program. */
export function outcomeOf(reply: LightResponse): Outcome | null {
	const body = AnswerBody.safeParse(reply.body);
	return body.success ? body.data.outcome : null;
}
