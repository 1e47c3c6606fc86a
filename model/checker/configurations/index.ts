import { agents, handover } from './agents.ts';
import { attackers, mergeQueue } from './attackers.ts';
import { background } from './background.ts';
import { blocks, switches } from './blocks.ts';
import { cutOff } from './cut-off.ts';
import { crashes, faults, late } from './faults.ts';
import { displayFinished, finished } from './finished.ts';
import { groupLeft, groupMoves, groupRepairs, hosts, hostsForged } from './hosts.ts';
import { functions, limits } from './limits.ts';
import {
	overlapAbort,
	overlapBeat,
	overlapCap,
	overlapMarks,
	overlapMembers,
	overlapMonitor,
	overlapNext,
	overlapQuota,
	overlapSettled,
	overlapUsers,
	overlapVersion,
} from './overlap.ts';
import { policy } from './policy.ts';
import { quota, quotaHours } from './quota.ts';
import {
	awaiting,
	behind,
	displayCrash,
	displayUsers,
	exits,
	groupCrash,
	joining,
	limitsLate,
	mergeVersion,
	remarks,
	unanswered,
} from './reached.ts';
import { projects, versionFails, versionGroups, versions } from './several.ts';
import type { Sized } from './sized.ts';
import {
	dependents,
	display,
	displayAbort,
	group,
	groupAbort,
	groupSetUp,
	stale,
	together,
	waits,
} from './units.ts';
import { users } from './users.ts';

/** All configurations that the checker knows, small ones first. */
export const configurations: readonly Sized[] = [
	blocks,
	switches,
	background,
	functions,
	limits,
	mergeQueue,
	users,
	faults,
	crashes,
	late,
	attackers,
	quota,
	quotaHours,
	handover,
	agents,
	display,
	displayAbort,
	group,
	groupAbort,
	groupSetUp,
	together,
	stale,
	dependents,
	waits,
	joining,
	displayCrash,
	displayUsers,
	groupCrash,
	behind,
	awaiting,
	mergeVersion,
	unanswered,
	limitsLate,
	remarks,
	exits,
	finished,
	displayFinished,
	overlapMarks,
	overlapAbort,
	overlapMonitor,
	overlapBeat,
	overlapUsers,
	overlapNext,
	overlapMembers,
	overlapQuota,
	overlapSettled,
	overlapVersion,
	overlapCap,
	policy,
	projects,
	versions,
	versionGroups,
	versionFails,
	hosts,
	groupMoves,
	hostsForged,
	groupRepairs,
	cutOff,
	groupLeft,
];
