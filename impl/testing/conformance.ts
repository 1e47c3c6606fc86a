import { z } from 'zod';
import { openApiDocument } from '../http/openapi.ts';

const Content = z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()) }));
const Operation = z.object({
	operationId: z.string(),
	responses: z.record(z.string(), z.object({ content: Content })),
});
const Document = z.object({
	paths: z.record(z.string(), z.record(z.string(), Operation)),
	components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

interface Documented {
	readonly method: string;
	readonly path: RegExp;
	readonly name: string;
	/** By status: the media type, and the schema of JSON. */
	readonly responses: ReadonlyMap<number, { readonly type: string; readonly schema: z.ZodType }>;
}

const { paths, components } = Document.parse(openApiDocument());
const SEGMENT = /\\\{\w+\\\}/g;
const SPECIAL = /[.*+?^${}()|[\]\\]/g;

const documented: readonly Documented[] = Object.entries(paths).flatMap(([path, operations]) =>
	Object.entries(operations).map(([method, { operationId, responses }]) => ({
		method: method.toUpperCase(),
		path: new RegExp(`^${path.replace(SPECIAL, '\\$&').replace(SEGMENT, '[^/]+')}$`),
		name: operationId,
		responses: new Map(
			Object.entries(responses).map(([status, { content }]) => {
				const [[type, { schema }] = ['', { schema: {} }]] = Object.entries(content);
				return [Number(status), { type, schema: toZod(schema) }];
			}),
		),
	})),
);

/** Reads the schema as the document states it, not as the code that wrote the document does. */
function toZod(schema: object): z.ZodType {
	const all = JSON.stringify({ ...schema, $defs: components.schemas });
	return z.fromJSONSchema(JSON.parse(all.replaceAll('#/components/schemas/', '#/$defs/')));
}

/** The names of all documented operations. */
export const OPERATION_NAMES: readonly string[] = documented.map(({ name }) => name);

/** A response that was read and found to be as documented. */
export interface Conforming {
	/** The operation; null for a request that the document does not know, which must be answered 404. */
	readonly name: string | null;
	/** Read as JSON, or bytes. */
	readonly body: unknown;
}

/** Reads a response and checks it against the document. */
export async function conforming(
	method: string,
	pathname: string,
	response: Response,
): Promise<Conforming> {
	const { status } = response;
	const type = response.headers.get('Content-Type')?.split(';')[0];
	const body: unknown = await (type === 'application/json' && method !== 'HEAD'
		? response.json()
		: response.arrayBuffer().then((bytes) => new Uint8Array(bytes)));
	const operation = documented.find((each) => each.method === method && each.path.test(pathname));
	if (operation === undefined) {
		if (status === 404) return { name: null, body };
		throw new Error(`${method} ${pathname} is not documented, and answered ${status}`);
	}
	const { name, responses } = operation;
	const expected = responses.get(status);
	if (expected === undefined)
		throw new Error(`${name} answered ${status}, which is not documented`);
	if (type !== expected.type) throw new Error(`${name} answered ${type}`);
	if (type !== 'application/json') return { name, body };
	const parsed = expected.schema.safeParse(body);
	if (!parsed.success) throw new Error(`${name} ${status}: ${z.prettifyError(parsed.error)}`);
	return { name, body };
}
