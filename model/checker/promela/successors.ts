import { CELL, MISSING, PAIR } from '../memo.ts';
import { CUT } from '../networks.ts';
import { BROKEN, PROGRAM } from '../observing.ts';
import { BUDGET, FIRST, MEMORY, NETWORK } from '../place.ts';
import { MOST } from '../product.ts';
import { OUTCOME, RULE } from '../tables.ts';
import { LEAF } from '../trees.ts';
import { declaration } from './arrays.ts';

const constants = {
	BUDGET,
	NETWORK,
	MEMORY,
	FIRST,
	MISSING,
	CUT,
	BROKEN,
	PROGRAM,
	LEAF,
	MOST,
	RULE,
	OUTCOME,
	CELL,
	PAIR,
};

const LOOK_UP = String.raw`
static void incomplete(const char *what)
{	fprintf(stderr, "the tables are not complete: %s\n", what);
	exit(3);
}
static inline unsigned mix(unsigned a, unsigned b, unsigned c, unsigned d)
{	unsigned hash = a * 0x9e3779b1u ^ b * 0x85ebca6bu;
	hash = (hash ^ hash >> 15) * 0x2c1b3c6du ^ c * 0xc2b2ae35u;
	hash = (hash ^ hash >> 13) * 0x297a2d39u ^ d * 0x27d4eb2fu;
	return hash ^ hash >> 16;
}
static inline unsigned mix_pair(unsigned a, unsigned b)
{	unsigned hash = a * 0x9e3779b1u ^ b * 0x85ebca6bu;
	return hash ^ hash >> 15;
}
static inline int find2(const int *cells, unsigned mask, int a, int b)
{	for (unsigned place = mix_pair(a, b) & mask; ; place = (place + 1) & mask) {
		const int *cell = cells + place * PAIR;
		if (cell[2] == MISSING || (cell[0] == a && cell[1] == b)) return cell[2];
	}
}
static inline int row_of(const int *rule, int number, const int *places)
{	int a = rule[0] > 0 ? places[rule[1]] : 0;
	int b = rule[0] > 1 ? places[rule[2]] : 0;
	int c = rule[0] > 2 ? places[rule[3]] : 0;
	for (unsigned place = mix(number, a, b, c) & rows_mask; ; place = (place + 1) & rows_mask) {
		const int *cell = rows + place * CELL;
		if (cell[4] == MISSING) incomplete("rows");
		if (cell[0] == number && cell[1] == a && cell[2] == b && cell[3] == c) return cell[4];
	}
}
static inline int changed_network(int network, int change)
{	int next = find2(changes, changes_mask, network, change);
	if (next == MISSING) incomplete("changes");
	return next;
}
`;

const JUDGE = `
static int before[PLACES], after[PLACES];
static int consult(int program)
{	int memory = programs[program];
	for (int place = 0; place < programs[program + 1]; place++) {
		int node = programs[program + 2 + place];
		for (int ask = asks[node]; ask != LEAF; ask = asks[node]) {
			node = find2(branches, branches_mask, node, (ask & 1 ? after : before)[ask >> 1]);
			if (node == MISSING) incomplete("branches");
		}
		int leaf = leaves[node];
		if (leaf == MISSING) incomplete("leaves");
		if (leaf == BROKEN) return BROKEN;
		if (leaf < 0) continue;
		memory = find2(updates, updates_mask, memory, leaf);
		if (memory == MISSING) incomplete("updates");
	}
	return memory;
}
static inline int judge(int key)
{	int memory = find2(verdicts, verdicts_mask, key, before[MEMORY]);
	if (memory == MISSING) incomplete("verdicts");
	return memory <= PROGRAM ? consult(PROGRAM - memory) : memory;
}
static inline void settle(int changed)
{	for (; changed != 0; changed &= changed - 1) {
		int place = FIRST + __builtin_ctz(changed);
		int kept = find2(settled, settled_mask, place, after[place]);
		if (kept != MISSING) after[place] = kept;
	}
}
static int follow(int list)
{	for (int place = 1; place <= lists[list]; place++) {
		int number = lists[list + place];
		const int *rule = rules + number * RULE;
		const int *outcome = outcomes + row_of(rule, number, after) + 1;
		if (outcome[2] >= 0) {
			int next = changed_network(after[NETWORK], outcome[2]);
			if (next == CUT) return 0;
			after[NETWORK] = next;
		}
		for (int read = 0; read < rule[0]; read++) after[rule[1 + read]] = outcome[4 + read];
	}
	return 1;
}
`;

const EXPAND = String.raw`
typedef struct { int word[WORDS]; } Packed;
typedef struct { Packed state; int broken; } Successor;
/* By depth of the search: where the successors of the state there begin, and the state if they were found. */
typedef struct { long begins; int known; Packed state; } Level;
static Level *levels;
static Successor *found;
static long depths, room, ends;

static inline Successor *add(void)
{	if (ends == room) {
		room = room == 0 ? 1024 : room * 2;
		found = realloc(found, room * sizeof *found);
		if (found == NULL) { fprintf(stderr, "out of memory\n"); exit(4); }
	}
	return found + ends++;
}
static inline void put(const Packed *from, int broken)
{	Successor *to = add();
	to->state = *from;
	to->broken = broken;
	if (broken) return;
	for (int place = 0; place < PLACES; place++) {
		if (after[place] == before[place]) continue;
		int *word = to->state.word + word_of[place];
		*word = (int) (((unsigned) *word & ~((unsigned) mask_of[place] << shift_of[place]))
			| (unsigned) after[place] << shift_of[place]);
	}
}
static inline void happen(const Packed *from, int number)
{	const int *rule = rules + number * RULE;
	int row = row_of(rule, number, before);
	const int *outcome = outcomes + row + 1;
	for (int left = outcomes[row]; left > 0; left--, outcome += OUTCOME) {
		int shift = outcome[1], network = before[NETWORK], changed = 0, key = outcome[0];
		if (shift >= 0 && (before[BUDGET] >> shift & MOST) == 0) continue;
		if (outcome[2] >= 0) {
			network = changed_network(network, outcome[2]);
			if (network == CUT) continue;
		}
		memcpy(after, before, sizeof after);
		if (shift >= 0) after[BUDGET] -= 1 << shift;
		after[NETWORK] = network;
		for (int read = 0; read < rule[0]; read++) {
			int place = rule[1 + read];
			if (outcome[4 + read] == before[place]) continue;
			after[place] = outcome[4 + read];
			changed |= 1 << (place - FIRST);
		}
		if (outcome[3] >= 0) {
			if (!follow(outcome[3])) continue;
			changed = 0;
			for (int place = FIRST; place < PLACES; place++)
				if (before[place] != after[place]) changed |= 1 << (place - FIRST);
			key = find2(chains, chains_mask, key, changed);
			if (key == MISSING) incomplete("chains");
		}
		int memory = judge(key);
		if (memory != BROKEN) after[MEMORY] = memory;
		if (SETTLES && changed != 0) settle(changed);
		put(from, memory == BROKEN);
	}
}
static void expand(const Packed *from, long depth)
{	if (depth + 1 >= depths) {
		long more = depths == 0 ? 1024 : depths * 2;
		levels = realloc(levels, more * sizeof *levels);
		if (levels == NULL) { fprintf(stderr, "out of memory\n"); exit(4); }
		memset(levels + depths, 0, (more - depths) * sizeof *levels);
		depths = more;
	}
	ends = levels[depth].begins;
	for (int place = 0; place < PLACES; place++)
		before[place] = (unsigned) from->word[word_of[place]] >> shift_of[place] & mask_of[place];
	int delivered = of_network[before[NETWORK]];
	if (delivered == MISSING) incomplete("networks");
	for (int place = 1; place <= lists[ALWAYS]; place++) happen(from, lists[ALWAYS + place]);
	for (int place = 1; place <= lists[delivered]; place++) happen(from, lists[delivered + place]);
	levels[depth].known = 1;
	levels[depth].state = *from;
	levels[depth + 1].begins = ends;
	levels[depth + 1].known = 0;
}
/* SPIN asks twice whether a step is possible, and comes back to a state after what lies behind it. */
static inline int possible(int option, const Packed *from, long depth)
{	if (depth >= depths || !levels[depth].known
	|| memcmp(&levels[depth].state, from, sizeof *from) != 0) expand(from, depth);
	return option < levels[depth + 1].begins - levels[depth].begins;
}
static inline const Successor *chosen(int option, long depth)
{	return found + levels[depth].begins + option;
}
`;

/** The successors of a state by the same look-ups as the expander's, in C. Expects the tables before it. */
export function declareSuccessors(): string {
	const numbers = Object.entries(constants).map(([name, value]) => `${name} = ${value}`);
	return [`enum { ${numbers.join(', ')} };\n${LOOK_UP}`, JUDGE, EXPAND].map(declaration).join('');
}
