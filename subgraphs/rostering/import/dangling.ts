import { OsssError } from "#foundation/errors/errors";
import type { FileName } from "../oneroster/columns.ts";
import type { OpenReference, RosterBundle } from "../oneroster/roster.ts";

const most = 1_000;

/**
 * A package of changes may refer to records that an earlier one brought, and to no others.
 * @throws OsssError VALIDATION_FAILED with file, line and column of each reference that nothing answers.
 */
export function requireAnswered({ openReferences }: Pick<RosterBundle, "openReferences">, knows: (file: FileName, sourcedId: string) => boolean): void {
  const dangling = openReferences.filter(({ target, sourcedId }) => !knows(target, sourcedId));
  if (dangling.length === 0) return;
  const problem = ({ file, row, column, target, sourcedId }: OpenReference) => ({
    path: `${file}.csv line ${row}, ${column}`,
    message: `The row refers to "${sourcedId}", which is neither in the package's ${target}.csv nor in an earlier package of this source. Export both together, or import the earlier package first.`,
  });
  throw OsssError.invalid(dangling.slice(0, most).map(problem));
}
