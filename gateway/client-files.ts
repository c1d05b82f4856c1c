export function serveClient(_: unknown) { return async () => false; }
