import { sql } from "kysely";
import { district } from "#foundation/access/relations";
import { outcome } from "#foundation/crud/operation";
import { runWrite, type WriteSession } from "#foundation/crud/write";
import { OsssError, type FieldProblem } from "#foundation/errors/errors";
import { loadById } from "#foundation/loading/loaders";
import { BelongsTo, Choice, Text, Whole } from "#foundation/record/fields";
import { recordOf } from "#foundation/record/metadata";
import { View } from "#foundation/record/view";
import { bringers } from "../../access.ts";
import { FilePurpose, StoredFile } from "../../entities/stored-file.ts";
import { mediaTypeNamed, mediaTypes, nameProblem } from "../../files/media-types.ts";

export class RequestUploadInput {
  @Text({ description: "The file's name, without a folder.", maxLength: 200 }) name!: string;
  @Text({ description: "Its media type: `application/zip` or `text/csv`.", maxLength: 100 }) mediaType!: string;
  @Whole({ description: "Its exact length. The platform's administrator says how much is taken; 200 MB unless changed.", unit: "bytes", min: 1 }) size!: number;
  @Choice(FilePurpose, { description: "What it is for: `IMPORT`." }) purpose!: FilePurpose;
}

/** How long content is waited for. A link is good for minutes; another can be asked for until then. */
const waitsMs = 24 * 60 * 60 * 1000;
/** Files that one account may have here at once. */
const most = 50;

@View("A file that is waited for.")
export class RequestedUpload {
  @BelongsTo(() => StoredFile, { description: "The file: its `uploadUrl` takes the content. Null after a dry run.", optional: true }) file!: object | null;
}

async function announce(session: WriteSession, { name, mediaType, size, purpose }: RequestUploadInput, maxBytes: number): Promise<StoredFile> {
  if (!(await session.holds(district, null, bringers))) throw OsssError.forbidden("Files are brought by the registrar of the district: they name the students of every school.");
  const problems: FieldProblem[] = [];
  const type = mediaTypeNamed(mediaType);
  if (type === undefined) problems.push({ path: "input.mediaType", message: `Choose one of ${mediaTypes.map((each) => each.type).join(", ")}.` });
  const named = type && nameProblem(name, type);
  if (named) problems.push({ path: "input.name", message: named });
  if (size > maxBytes) problems.push({ path: "input.size", message: `A file may have ${maxBytes} bytes at most. Pack it, or split it.` });
  if (purpose !== "IMPORT") problems.push({ path: "input.purpose", message: "Only files to be imported are brought. Exports are made by the platform." });
  if (problems.length > 0) throw OsssError.invalid(problems);
  const { accountId } = session.caller.identity;
  await session.serialize(`files of ${accountId}`);
  const [{ open }] = (await session.ask(sql<{ open: number }>`SELECT count(*)::int AS open FROM platform.stored_file WHERE account_id = ${accountId}::uuid AND status IN ('WAITING', 'STORED') AND archived_at IS NULL`)) as [{ open: number }];
  if (open >= most) throw OsssError.limit(`You have ${open} files here already. Wait until some are removed, or bring several in one zip.`);
  return session.create(StoredFile, {
    account: accountId, name, mediaType, size, purpose, status: "WAITING", sha256: null, storedAt: null, fetchedAt: null, refusal: null, place: null,
    expiresAt: new Date(session.caller.now.getTime() + waitsMs),
  });
}

export const requestUpload = outcome<RequestUploadInput>({
  name: "requestUpload",
  description: "Announces a file that you bring. Send its content by PUT to the file's `uploadUrl`, once, with the announced length; then give its id to whatever reads it. It is removed after some days.",
  roles: bringers,
  input: RequestUploadInput,
  returns: RequestedUpload,
  async run(call, input, write) {
    const { ids } = await runWrite(call, { ...write, as: "caller" }, async (session) => [await announce(session, input, call.services.config.files.maxBytes)]);
    return { file: ids[0] === undefined ? null : await loadById(call, recordOf(StoredFile), ids[0]) };
  },
});
