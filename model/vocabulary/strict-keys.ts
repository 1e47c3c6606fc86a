import { z } from 'zod';

/** An object without unknown keys, whose error says which keys there are. */
export const strictKeys = <const Shape extends z.core.$ZodShape>(
	shape: Shape,
): z.ZodObject<Shape, z.core.$strict> =>
	z.strictObject(shape, {
		error: (issue) =>
			issue.code === 'unrecognized_keys'
				? `unknown key ${issue.keys.map((key) => `"${key}"`).join(', ')}, expected one of: ${Object.keys(shape).join(', ')}`
				: undefined,
	});
