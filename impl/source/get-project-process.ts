// The entry file of `git.get_project` where the project lies in a folder: a process of its own, as any command, so that
// a time limit, an abort and Ctrl-C end it.
import { getProject, type Order } from './get-project.ts';

// The agent wrote it.
const { kind, what } = getProject(JSON.parse(process.argv[2] ?? '') as Order);
console.log(what);
process.exitCode = kind === 'got' ? 0 : 1;
