import { z } from 'zod';
import { strictKeys } from '../../model/vocabulary/strict-keys.ts';

/** What may be written for a value beside the value itself: `not`, `any_of`, `at_least`, `at_most`. */

/** The value, any but that one, or one of several. */
type Claimed<Value> = Value | { not: Value } | { any_of: Value[] };
/** Of a number, bounds too; both are included. */
type Counted<Value> =
	| Claimed<Value>
	| { at_least?: number | undefined; at_most?: number | undefined };

export const claim = <Value>(value: z.ZodType<Value>): z.ZodType<Claimed<Value>> =>
	z.union([
		value,
		strictKeys({ not: value.meta({ description: 'Anything but this.' }) }),
		strictKeys({ any_of: z.array(value).min(1).meta({ description: 'One of these.' }) }),
	]);

const bounds = strictKeys({
	at_least: z.int().min(0).optional().meta({ description: 'This or more.' }),
	at_most: z.int().min(0).optional().meta({ description: 'This or less.' }),
}).refine((written) => Object.keys(written).length > 0, 'write at_least, at_most, or both');

const count = <Value>(value: z.ZodType<Value>): z.ZodType<Counted<Value>> =>
	z.union([claim(value), bounds]);

const isNumber = (schema: z.core.$ZodType): boolean =>
	schema instanceof z.ZodNullable ? isNumber(schema.unwrap()) : schema instanceof z.ZodNumber;

type Shape = Readonly<Record<string, z.ZodType>>;
type Claims<Of extends Shape> = {
	[Key in keyof Of]: z.ZodOptional<z.ZodType<Counted<z.output<Of[Key]>>>>;
};

/** The same keys, each of which may be left out, and claimed as above. */
export const claims = <const Of extends Shape>(shape: Of): Claims<Of> =>
	Object.fromEntries(
		Object.entries(shape).map(([key, schema]) => [
			key,
			(isNumber(schema) ? count(schema) : claim(schema)).optional(),
		]),
	) as Claims<Of>;

/** A claim that a value alone does not meet: whether one does, and how the claim is told. */
export class Choice {
	readonly isMet: (actual: unknown) => boolean;
	readonly said: string;

	constructor(isMet: (actual: unknown) => boolean, said: string) {
		this.isMet = isMet;
		this.said = said;
	}
}

type Keys = Readonly<Record<string, unknown>>;

const has = (written: unknown, ...keys: readonly string[]): written is Keys =>
	typeof written === 'object' &&
	written !== null &&
	Object.keys(written).length > 0 &&
	Object.keys(written).every((key) => keys.includes(key));

/**
 * What is meant by a claim: a value of the long form, or a choice among some.
 * @param long the long form of a value, of which the author may have written a short one.
 * @param meets whether a value is as a long form says.
 */
export function meant(
	written: unknown,
	long: (value: unknown) => unknown,
	meets: (expected: unknown, actual: unknown) => boolean,
	show: (value: unknown) => string,
): unknown {
	if (has(written, 'not')) {
		const no = written['not'];
		return new Choice((actual) => !meets(long(no), actual), `not ${show(no)}`);
	}
	if (has(written, 'any_of')) {
		const some = Array.isArray(written['any_of']) ? written['any_of'] : [];
		return new Choice(
			(actual) => some.some((one) => meets(long(one), actual)),
			some.map(show).join(' or '),
		);
	}
	if (has(written, 'at_least', 'at_most')) {
		const { at_least: least = 0, at_most: most = Number.POSITIVE_INFINITY } = written;
		const said = Object.entries(written).map(([key, value]) => `${key.replace('_', ' ')} ${value}`);
		return new Choice(
			(actual) => typeof actual === 'number' && actual >= Number(least) && actual <= Number(most),
			said.join(', '),
		);
	}
	return long(written);
}
