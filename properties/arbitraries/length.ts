/** Most events of a random story, in a generated project and in a given one. Units have more tasks to run. */
export const GENERATED_LENGTH = 80;
export const PROJECT_LENGTH = 120;
