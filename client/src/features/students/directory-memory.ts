import { type Accessor, createContext, createSignal, type Setter, useContext } from "solid-js";
import { firstPage, type Page } from "./paging.ts";

export const pageSize = 50;

/**
 * What the list of students shows while the reader is on a student's page. Kept in memory alone: a search is a name, and a cursor
 * holds one, so neither belongs in an address or in the browser's history.
 */
export interface DirectoryMemory {
  readonly search: Accessor<string>;
  readonly setSearch: Setter<string>;
  readonly page: Accessor<Page>;
  readonly setPage: Setter<Page>;
  /** The student whose page was opened last: the focus returns there. */
  readonly opened: Accessor<string | null>;
  readonly setOpened: Setter<string | null>;
  /** The filters that the page belongs to. */
  filters: string;
}

export function createDirectoryMemory(): DirectoryMemory {
  const [search, setSearch] = createSignal("");
  const [page, setPage] = createSignal<Page>(firstPage(pageSize));
  const [opened, setOpened] = createSignal<string | null>(null);
  return { search, setSearch, page, setPage, opened, setOpened, filters: "" };
}

export const DirectoryMemoryContext = createContext<DirectoryMemory>();

export function useDirectoryMemory(): DirectoryMemory {
  const memory = useContext(DirectoryMemoryContext);
  if (!memory) throw new Error("useDirectoryMemory() is called outside of <DirectoryMemoryContext.Provider>: wrap the screen in it.");
  return memory;
}
