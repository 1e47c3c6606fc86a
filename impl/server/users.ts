import { hash } from 'node:crypto';
import type { Role, UserRecord } from '../store/store.ts';
import { HEADER, LightResponse, type WireRequest } from '../wire/exchange.ts';
import { header } from './auth.ts';
import type { Context, UserCheck } from './context.ts';
import { refuse } from './reply.ts';

/** Headers that name a user and prove it (lifecycle 6.5). */
export const USER_HEADER = { user: 'Api-User', key: HEADER.serviceKey } as const;

/** What is kept of a key. Keys are 256 random bits, so that a plain hash is enough. */
export const hashKey = (key: string): string => hash('sha256', key, 'hex');

/** What the key of nobody is compared with, so that the answer takes as long. */
const NOBODY = hashKey('');

/** The user who makes a request, or the reply that refuses it: 401 for who it is, 403 for the role. */
async function accessUser(
	context: Context,
	request: WireRequest,
	role: Role,
): Promise<UserRecord | LightResponse> {
	const id = header(request, USER_HEADER.user);
	const key = request.headers.get(USER_HEADER.key) ?? '';
	if (id === '' || key === '') return refuse(401, 'refused_credentials', 'no user or no key');
	const user = await context.store.transaction((tx) => tx.user(id));
	const known = context.sameSecret(hashKey(key), user?.key_hash ?? NOBODY);
	if (user === undefined || !known) return refuse(401, 'refused_credentials', 'unknown user');
	return user.roles.includes(role)
		? user
		: refuse(403, 'refused_credentials', `the user has not the role "${role}"`);
}

/** Lets in whom `accessUser` knows. */
export const checkUser: UserCheck = async (context, request, role) => {
	const user = await accessUser(context, request, role);
	return user instanceof LightResponse ? user : null;
};

/** A user with a new key, which is given out here and never again. */
export function newUser(
	context: Pick<Context, 'randomness'>,
	id: string,
	roles: readonly Role[],
): { readonly user: UserRecord; readonly key: string } {
	const key = context.randomness.secret();
	return { user: { id, roles, key_hash: hashKey(key) }, key };
}
