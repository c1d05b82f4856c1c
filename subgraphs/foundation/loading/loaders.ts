import type { RecordMeta } from "../record/metadata.ts";
import type { Call } from "../crud/call.ts";
import { aggregateRows, countRows, matchingRows, readByIds, readPagesByParent, type Aggregate, type Page, type PageArgs, type Row } from "../crud/read.ts";
import { shapeOfChildren, shapeOfIds } from "../crud/shape.ts";
import type { WhereInput } from "../crud/where.ts";

/** The row with this id, or null when the caller may not see it; all ids asked for at once are one statement. */
export async function loadById(call: Call, meta: RecordMeta, id: string): Promise<Row | null> {
  const loader = call.loader<Row | null>(`id ${meta.name}`, async (ids) => {
    const rows = await call.read((db) => readByIds(db, meta, ids), shapeOfIds(meta, call.identity.roles, ids.length));
    call.noteRead(meta, rows.values());
    return ids.map((key) => rows.get(key) ?? null);
  });
  return loader.load(id);
}

/** The page of related rows of one parent; parents with the same arguments share a statement. */
export async function loadPage(call: Call, meta: RecordMeta, via: string, parent: string, args: PageArgs): Promise<Page> {
  const loader = call.loader<Page>(`page ${meta.name} ${via} ${JSON.stringify(args)}`, async (parents) => {
    const pages = await call.read((db) => readPagesByParent(db, meta, via, parents, args), shapeOfChildren(meta, call.identity.roles, via, parents.length, args.where));
    return parents.map((key) => pages.get(key)!);
  });
  return loader.load(parent);
}

export async function loadCount(call: Call, meta: RecordMeta, via: string, parent: string, where: WhereInput | null | undefined): Promise<number> {
  const loader = call.loader<number>(`count ${meta.name} ${via} ${JSON.stringify(where ?? null)}`, async (parents) => {
    const counts = await call.read((db) => countRows(db, meta, where, { column: via, parents }), shapeOfChildren(meta, call.identity.roles, via, parents.length, where));
    return parents.map((key) => counts.get(key) ?? 0);
  });
  return loader.load(parent);
}

/** The figures over the related rows of one parent; parents with the same filter share a statement. */
export async function loadAggregate(call: Call, meta: RecordMeta, via: string, parent: string, where: WhereInput | null | undefined): Promise<Aggregate> {
  const loader = call.loader<Aggregate>(`aggregate ${meta.name} ${via} ${JSON.stringify(where ?? null)}`, async (parents) => {
    const figures = await call.read((db) => aggregateRows(db, meta, where, { column: via, parents }), shapeOfChildren(meta, call.identity.roles, via, parents.length, where));
    return parents.map((key) => figures.get(key)!);
  });
  return loader.load(parent);
}

/** The related rows of one parent that match, by id; parents with the same filter share a statement. */
export async function loadMatching(call: Call, meta: RecordMeta, via: string, parent: string, where: WhereInput | null | undefined): Promise<{ id: string }[]> {
  const loader = call.loader<{ id: string }[]>(`matching ${meta.name} ${via} ${JSON.stringify(where ?? null)}`, async (parents) => {
    const rows = await call.read((db) => matchingRows(db, meta, where, { column: via, parents }), shapeOfChildren(meta, call.identity.roles, via, parents.length, where));
    return parents.map((key) => rows.filter((row) => row.parent === key));
  });
  return loader.load(parent);
}
