const nameKey = "osss:tab";

/**
 * Takes this tab's name for as long as its page lives. Answers false when a living tab has the name already: then this one is a
 * copy of it, storage included, and gets a name of its own.
 */
export async function holdTab(): Promise<boolean> {
  const name = sessionStorage.getItem(nameKey);
  if (name !== null && (await hold(name))) return true;
  const own = crypto.randomUUID();
  sessionStorage.setItem(nameKey, own);
  await hold(own);
  return name === null;
}

/** Whether the lock was free. It is given back when the page goes; a page that is just leaving gets a moment for it. */
function hold(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    navigator.locks
      .request(`${nameKey}:${name}`, { signal: AbortSignal.timeout(400) }, () => {
        resolve(true);
        return new Promise<never>(() => {});
      })
      .catch(() => resolve(false));
  });
}
