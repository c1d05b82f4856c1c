/**
 * Moves the focus among the links of a list with the arrow keys, Home and End. `onStart` is told when the reader goes up from
 * the first one. Answers whether the key was used.
 */
export function moveAmong(links: readonly HTMLElement[], event: KeyboardEvent, onStart?: () => void): boolean {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false;
  const at = links.indexOf(document.activeElement as HTMLElement);
  const target = targetOf(event.key, at, links.length);
  if (target === null) return false;
  event.preventDefault();
  if (target < 0) onStart?.();
  else links[target]?.focus();
  return true;
}

/** The place to go to: -1 is before the first, null is nowhere. */
export function targetOf(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case "ArrowDown":
      return Math.min(at + 1, count - 1);
    case "ArrowUp":
      return Math.max(at - 1, -1);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}
