import { GROUP_STAYS_MS } from '../group-room.ts';

/** A wait as a place has it: an id, or `{ name, status }` where it is for another end than success. */
const NAME = `coalesce(wait ->> 'name', wait #>> '{}')`;
const STATUS = `coalesce(wait ->> 'status', 'success')`;

/** The rows that a row waits for, each with its `wait`; looked up one by one, however many tasks there are. */
const waitsOf = (dependent: string, awaited: string): string =>
	`jsonb_array_elements(${dependent}.place -> 'depends_on') wait
		CROSS JOIN LATERAL (SELECT * FROM tasks WHERE id = ${NAME} OFFSET 0) ${awaited}`;

/** That a row is of another unit than who waits for it, and that this unit is about to restart. */
const restarts = (dependent: string, awaited: string): string => `(
	NOT ${dependent}.place -> 'unit' ? ${awaited}.id
	AND EXISTS (
		SELECT FROM tasks member
		WHERE (member.id = ${awaited}.id
			OR member.id IN (SELECT jsonb_array_elements_text(${awaited}.place -> 'unit')))
		AND (member.restart_pending OR member.repair_pending OR member.restart_asked IS NOT NULL)
	)
)`;

/**
 * That the row `awaited`, undispatched and activated, is blocked: it waits for a success or a failure that cannot come,
 * or by way of others that are blocked themselves.
 */
const IS_BLOCKED = `EXISTS (
	WITH RECURSIVE chain(id, place) AS (
		SELECT awaited.id, awaited.place
		UNION
		SELECT further.id, further.place
		FROM chain CROSS JOIN ${waitsOf('chain', 'further')}
		WHERE ${STATUS} <> '*'
		AND further.status = 'undispatched'
		AND NOT ${restarts('chain', 'further')}
	)
	SELECT FROM chain CROSS JOIN ${waitsOf('chain', 'lost')}
	WHERE NOT ${restarts('chain', 'lost')}
	AND (
		(lost.status = 'undispatched' AND NOT lost.activated)
		OR (lost.status IN ('success', 'failed') AND ${STATUS} NOT IN ('*', lost.status))
	)
)`;

/**
 * What `readyFor` says of a task, in SQL (docs/decisions/0012): that the row `task` is ready for the host `$1`
 * at the moment `$2`, as one condition. A task that stands alone is, if it is undispatched and activated; the
 * rest is not looked at.
 *
 * A place never changes, and names ids in lists: `place -> 'unit'` and so on. Of a task in another unit the
 * list of that unit counts as well (S16).
 */
export const IS_READY = `task.status = 'undispatched' AND task.activated AND NOT task.awaits_restart AND (task.place IS NULL OR (
	NOT EXISTS (
		SELECT FROM ${waitsOf('task', 'awaited')}
		WHERE ${restarts('task', 'awaited')} OR NOT CASE ${STATUS}
			WHEN '*' THEN awaited.status IN ('success', 'failed')
				OR (awaited.status = 'undispatched' AND awaited.activated AND ${IS_BLOCKED})
			ELSE awaited.status = ${STATUS}
		END
	)
	AND (task.place ->> 'group' IS NULL OR (
		(
			SELECT count(*) FROM tasks member
			WHERE member.id IN (SELECT jsonb_array_elements_text(task.place -> 'group' -> 'members'))
			AND member.status IN ('dispatched', 'started')
		) < (task.place -> 'group' ->> 'hosts')::integer
		AND ((task.place -> 'group' ->> 'hosts')::integer > 1 OR NOT EXISTS (
			SELECT FROM tasks member
			WHERE member.id IN (SELECT jsonb_array_elements_text(task.place -> 'group' -> 'members'))
			AND member.status IN ('success', 'failed')
			AND member.host <> $1
			AND $2::bigint - member.ended_at_ms < ${GROUP_STAYS_MS}
			AND NOT EXISTS (SELECT FROM hosts WHERE hosts.id = member.host AND hosts.gone)
		))
	))
))`;

/** The first row that is ready and that nobody holds, of no group whose first member is in `$3`; it is held then. */
export const FIRST_READY = `WHERE ${IS_READY}
	AND (task.place IS NULL OR NOT coalesce(task.place -> 'group' -> 'members' ->> 0, '') = ANY($3::text[]))
	ORDER BY position LIMIT 1 FOR NO KEY UPDATE OF task SKIP LOCKED`;

/** The row `$3`, if it is ready still. */
export const STILL_READY = `WHERE ${IS_READY} AND task.id = $3`;

/** One row, true unless another transaction is about to dispatch from the group of this name. */
export const TRY_GROUP = `SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS locked`;
