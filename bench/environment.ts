/** What this process was given, handed on to one that it starts, with what is set for that one. */
// oxlint-disable-next-line node/no-process-env -- the benchmarks' only look at it: nothing of it is read here.
export const withSettings = (settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({ ...process.env, ...settings });
