/** Where in a list that is paged by cursors. Cursors hold values of rows, so they never stand in an address. */
export interface Page {
  readonly size: number;
  /** How many rows come before this page. */
  readonly offset: number;
  readonly after: string | null;
  readonly before: string | null;
}

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

export const firstPage = (size: number): Page => ({ size, offset: 0, after: null, before: null });

/** The page after one that showed `shown` rows, or null at the end. */
export function nextPage(page: Page, info: PageInfo, shown: number): Page | null {
  return info.hasNextPage && info.endCursor ? { size: page.size, offset: page.offset + shown, after: info.endCursor, before: null } : null;
}

/** The page before, or null at the start. Rows that came in since then shift it: never below the first. */
export function previousPage(page: Page, info: PageInfo): Page | null {
  if (!info.startCursor || (!info.hasPreviousPage && page.offset === 0)) return null;
  const offset = Math.max(0, page.offset - page.size);
  return offset === 0 ? firstPage(page.size) : { size: page.size, offset, after: null, before: info.startCursor };
}

/** The arguments of a connection for a page. */
export function pageArguments(page: Page): { first: number | null; after: string | null; last: number | null; before: string | null } {
  return page.before ? { first: null, after: null, last: page.size, before: page.before } : { first: page.size, after: page.after, last: null, before: null };
}
