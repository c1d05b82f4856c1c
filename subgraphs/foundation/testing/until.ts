/** Waits until something is so, looking every few milliseconds: for what tells nobody when it comes. The test's own limit ends it. */
export async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await what())) await new Promise((resolve) => setTimeout(resolve, 5));
}
