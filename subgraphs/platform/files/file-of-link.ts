import type { Managed, WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { Account } from "../entities/account.ts";
import { StoredFile } from "../entities/stored-file.ts";
import { idOf } from "#foundation/record/fields";
import type { FileLink } from "./link.ts";

/** The file of a link, locked, as long as it is the account's and the account may sign in. */
export async function fileOfLink(session: WriteSession, link: FileLink): Promise<Managed<StoredFile>> {
  const all = session.elevated("A link was given to whoever may read the file, and is good for minutes.");
  const file = await all.find(StoredFile, link.fileId);
  if (file === null || idOf(file.account) !== link.accountId || file.size !== link.size || file.archivedAt !== null) throw OsssError.notFound("StoredFile");
  const account = await all.find(Account, link.accountId);
  if (account === null || account.status !== "ACTIVE" || account.archivedAt !== null) throw OsssError.forbidden("The account of this link may not sign in any more.");
  return file;
}
