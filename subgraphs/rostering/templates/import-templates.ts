import { runAcrossDomains, type Orchestration } from "#foundation/crud/across-domains";
import type { RecordChange } from "#foundation/events/change-recorder";
import { localDay, takeTurn, type ImportOptions, type ImportResult } from "../import/import-roster.ts";
import { Notes } from "../import/notes.ts";
import { noDecisions } from "../imports/decisions.ts";
import { compareText } from "../oneroster/deviation.ts";
import { templateNames, type AnyCells, type TemplateName } from "./columns.ts";
import { KeptRows } from "./kept-rows.ts";
import { KnownStudents } from "./known-students.ts";
import type { TemplateRow } from "./read-template.ts";
import type { TemplateBundle } from "./read-templates.ts";
import { FileWork, type Setting } from "./work.ts";
import { writeAttendance } from "./write-attendance.ts";
import { writeCalendarDays } from "./write-calendar-days.ts";
import { writeContacts } from "./write-contacts.ts";
import { writeCourseHistory } from "./write-course-history.ts";
import { writeEnrollments } from "./write-enrollments.ts";

export interface TemplateOptions extends Omit<ImportOptions, "bundle"> {
  bundle: TemplateBundle;
}

export interface TemplateResult extends Pick<ImportResult, "counts" | "changed" | "deviations" | "notes" | "noteTotal"> {
  /** How many rows of each file were left out; the notes say why. */
  leftOut: Partial<Record<TemplateName, number>>;
}

/**
 * Writes what filled-in templates say, in one transaction. A second import of the same files changes nothing; a later one changes what the
 * files have changed since. A row that the district's records or a school's rules do not allow is left out whole, with a sentence; what the
 * office has changed by hand stays.
 * @throws OsssError CONFLICT while another import into the district runs.
 */
export async function importTemplates(orchestration: Orchestration, options: TemplateOptions): Promise<TemplateResult> {
  const { bundle, district, source, ledger } = options;
  const settings = { operation: "import templates", districtId: district.id, identity: options.identity, reason: `Templates from ${source}`, dryRun: options.dryRun, large: true, ids: options.ids, onChanges: (changes: readonly RecordChange[]) => ledger?.take(changes) };
  let notes = new Notes();
  let leftOut: Partial<Record<TemplateName, number>> = {};
  const { counts } = await runAcrossDomains(orchestration, settings, async (across) => {
    ledger?.clear();
    [notes, leftOut] = [new Notes(), {}];
    await across.in("rostering", (session) => takeTurn(session.db, district.code));
    const importId = (await options.begin?.(across)) ?? null;
    const names = templateNames.filter((name) => bundle.files[name] !== undefined);
    const kept = new KeptRows(source, ledger, importId);
    await across.in("rostering", (session) => kept.load(session, names));
    const students = new KnownStudents();
    await students.load(across, everyRow(bundle));
    const setting: Setting = {
      across, source, importId, ledger, notes, kept, students, today: localDay(orchestration.clock(), district.timeZone), decisions: options.decisions ?? noDecisions,
      progress: options.progress ?? (() => undefined),
    };
    for (const name of names) leftOut[name] = await write(name, bundle, setting);
    await options.finish?.(across);
  });
  const { ExternalIdentifier: _memory, ...changes } = counts;
  const changed = Object.values(changes).reduce((sum, actions) => sum + Object.values(actions).reduce((a, b) => a + b, 0), 0);
  return { counts: changes, changed, leftOut: Object.fromEntries(Object.entries(leftOut).filter(([, count]) => count > 0)), deviations: bundle.deviations, notes: [...notes.list].sort((a, b) => compareText(a.file, b.file) || (a.row ?? 0) - (b.row ?? 0)), noteTotal: notes.total };
}

function* everyRow({ files }: TemplateBundle): Generator<TemplateRow<AnyCells>> {
  for (const name of templateNames) for (const row of files[name] ?? []) yield row as TemplateRow<AnyCells>;
}

/** Writes one file; returns how many of its rows were left out. */
async function write(name: TemplateName, { files }: TemplateBundle, setting: Setting): Promise<number> {
  const writers: { readonly [N in TemplateName]: () => Promise<FileWork<N>> } = {
    "calendar-days": () => through(new FileWork("calendar-days", files["calendar-days"] ?? [], setting), writeCalendarDays),
    "school-enrollments": () => through(new FileWork("school-enrollments", files["school-enrollments"] ?? [], setting), writeEnrollments),
    contacts: () => through(new FileWork("contacts", files.contacts ?? [], setting), writeContacts),
    "course-history": () => through(new FileWork("course-history", files["course-history"] ?? [], setting), writeCourseHistory),
    "daily-attendance": () => through(new FileWork("daily-attendance", files["daily-attendance"] ?? [], setting), writeAttendance),
  };
  return (await writers[name]()).leftOut;
}

async function through<W>(work: W, writer: (work: W) => Promise<void>): Promise<W> {
  await writer(work);
  return work;
}
