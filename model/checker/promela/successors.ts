import { MISSING, PAIR } from '../engine/memory/memo.ts';
import { BUDGET, CORE, NETWORK, STORED } from '../engine/memory/place.ts';
import { MASK_AT } from '../engine/product/budgets.ts';
import { CUT } from '../engine/tables/networks.ts';
import {
	BREAKS,
	STEP_CHANGE,
	STEP_CORE,
	STEP_COST,
	STEP_SAYS,
	STEP_SIZE,
} from '../engine/tables/step.ts';
import { declaration } from './arrays.ts';

const constants = {
	...{ BUDGET, NETWORK, CORE, STORED, MISSING, CUT, MASK_AT, PAIR },
	...{ STEP_COST, STEP_CHANGE, STEP_CORE, STEP_SAYS, STEP_SIZE, BREAKS },
};

const LOOK_UP = String.raw`
static void incomplete(const char *what)
{	fprintf(stderr, "the tables are not complete: %s\n", what);
	exit(3);
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
static inline void put(Packed *to, int place, int value)
{	int *word = to->word + word_of[place];
	*word = (int) (((unsigned) *word & ~((unsigned) mask_of[place] << shift_of[place]))
		| (unsigned) value << shift_of[place]);
}
static int before[STORED];
static inline void take(const Packed *from, int row)
{	const int *step = steps + row + 1;
	for (int left = steps[row]; left > 0; left--, step += STEP_SIZE) {
		int cost = step[STEP_COST], network = before[NETWORK];
		if (cost >= 0 && (before[BUDGET] >> (cost & 31) & cost >> MASK_AT) == 0) continue;
		if (step[STEP_CHANGE] >= 0) {
			network = find2(changes, changes_mask, network, step[STEP_CHANGE]);
			if (network == MISSING) incomplete("changes");
			if (network == CUT) continue;
		}
		Successor *to = add();
		to->state = *from;
		to->broken = step[STEP_SAYS] == BREAKS;
		if (to->broken) continue;
		if (step[STEP_CORE] != before[CORE]) put(&to->state, CORE, step[STEP_CORE]);
		if (network != before[NETWORK]) put(&to->state, NETWORK, network);
		if (cost >= 0) put(&to->state, BUDGET, before[BUDGET] - (1 << (cost & 31)));
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
	for (int place = 0; place < STORED; place++)
		before[place] = (unsigned) from->word[word_of[place]] >> shift_of[place] & mask_of[place];
	int core = before[CORE], messages = of_network[before[NETWORK]];
	if (always[core] == MISSING) incomplete("cores");
	if (messages == MISSING) incomplete("networks");
	take(from, always[core]);
	for (int place = 1; place <= lists[messages]; place++) {
		int row = find2(of_list, of_list_mask, lists[messages + place], core);
		if (row == MISSING) incomplete("lists");
		take(from, row);
	}
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
	return [`enum { ${numbers.join(', ')} };\n${LOOK_UP}`, EXPAND].map(declaration).join('');
}
