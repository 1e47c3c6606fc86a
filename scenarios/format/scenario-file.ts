import { z } from 'zod';
import { DESIGNS } from '../../model/catalogue/index.ts';
import { guarantees } from '../../model/guarantees/index.ts';
import { Design } from '../../model/vocabulary/design.ts';
import { Name, Project } from '../../model/vocabulary/project.ts';
import {
	DisplayTask,
	MAX_HOSTS,
	MAX_OTHER_VERSIONS,
	MAX_TASKS,
	OtherVersion,
	Policy,
	Requester,
	TaskInstance,
} from '../../model/vocabulary/setup.ts';
import { STORY_LENGTH } from '../../model/vocabulary/stories/token-text.ts';
import { strictKeys } from '../../model/vocabulary/strict-keys.ts';
import { Given } from '../words/given.ts';
import { ExpectationLine } from './expectations.ts';
import { StoryLine } from './lines.ts';

/** The version of the format, in the key `mulligan`. */
export const FORMAT_VERSION = 1;

/** The guarantees and claims that a scenario may show, by their stable ids. */
export const GUARANTEE_IDS = [
	...guarantees.map(({ id }) => id),
	...Design.options.map((design) => DESIGNS[design].verdict.claim.id),
];

/** A scenario as a person writes it: a setup with defaults, a story line by line, what is expected. */
export const ScenarioFile = strictKeys({
	mulligan: z.literal(FORMAT_VERSION).meta({ description: 'Version of this format.' }),
	name: z.string().min(1).max(200).meta({ description: 'The story in a few words.' }),
	shows: z.array(z.enum(GUARANTEE_IDS)).min(1).optional().meta({
		description:
			'The guarantees that it puts to the test, each of which it must. Left out, it claims none; replay --fix writes them.',
	}),
	breaks: z
		.array(z.enum(GUARANTEE_IDS))
		.min(1)
		.optional()
		.meta({ description: 'The guarantees that are broken in it, all others hold. Default: none.' }),
	about: z.string().min(1).max(4000).meta({ description: 'What happens and why, plainly.' }),
	project: Project.partial({ id: true })
		.optional()
		.meta({ description: 'The project, written here; or else project_file.' }),
	project_file: z
		.string()
		.min(1)
		.max(1000)
		.optional()
		.meta({ description: 'An Evergreen project file, named from the folder of this file.' }),
	tasks: z
		.array(
			z.union([
				Name,
				strictKeys({
					...TaskInstance.shape,
					id: Name.optional(),
					variant: Name.optional(),
				}),
			]),
		)
		.min(1)
		.max(MAX_TASKS)
		.optional()
		.meta({
			description:
				'The tasks of the version, in the order in which they are dispatched. Default: the only task of the project, on the variant linux.',
		}),
	display_tasks: z
		.array(DisplayTask)
		.min(1)
		.max(MAX_TASKS)
		.optional()
		.meta({ description: 'Tasks that show several of them as one, and restart them as one.' }),
	other_versions: z
		.array(z.union([Name, OtherVersion]))
		.min(1)
		.max(MAX_OTHER_VERSIONS)
		.optional()
		.meta({
			description:
				'Versions beside the first, of the same project or of one of their own with slots and a policy of its own.',
		}),
	hosts: z.array(Name).min(1).max(MAX_HOSTS).optional().meta({ description: 'Default: [h1].' }),
	late_hosts: z
		.array(Name)
		.min(1)
		.max(MAX_HOSTS)
		.optional()
		.meta({ description: 'Those of the hosts that are yet to come when the story begins.' }),
	requester: Requester.optional().meta({ description: 'Default: gitter_request.' }),
	design: Design.optional().meta({
		description: 'How a mark can reach the app server. Default: flag, the one that was chosen.',
	}),
	policy: Policy.optional().meta({ description: 'What the operators allow.' }),
	given: z.record(Name, Given).optional().meta({
		description:
			'How tasks stand before the story, by their ids; the events that lead there come first.',
	}),
	events: z.array(StoryLine).max(STORY_LENGTH).meta({ description: 'The story, line by line.' }),
	expect: ExpectationLine.optional().meta({ description: 'What is seen after the last event.' }),
	finally: ExpectationLine.optional().meta({
		description:
			'What is seen after all has come to rest: messages arrived, commands succeeded, time passed.',
	}),
});
export type ScenarioFile = z.infer<typeof ScenarioFile>;
