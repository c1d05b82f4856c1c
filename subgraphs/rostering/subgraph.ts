import { subgraph } from "#foundation/federation/manifest";
import { EnrollmentCode } from "./entities/enrollment-code.ts";
import { ExportCount } from "./entities/export-count.ts";
import { Export } from "./entities/export.ts";
import { ExternalIdentifier } from "./entities/external-identifier.ts";
import { ImportAlert } from "./entities/import-alert.ts";
import { ImportCandidate } from "./entities/import-candidate.ts";
import { ImportCount } from "./entities/import-count.ts";
import { ImportProblem } from "./entities/import-problem.ts";
import { ImportRow } from "./entities/import-row.ts";
import { ImportSchedule } from "./entities/import-schedule.ts";
import { Import } from "./entities/import.ts";
import { NextYearPlacement } from "./entities/next-year-placement.ts";
import { RolloverRow } from "./entities/rollover-row.ts";
import { Rollover } from "./entities/rollover.ts";
import { SourceDecision } from "./entities/source-decision.ts";
import { SourceRecord } from "./entities/source-record.ts";
import { StudentMergeMove } from "./entities/student-merge-move.ts";
import { StudentMerge } from "./entities/student-merge.ts";
import { writeExportFile } from "./export/write-export-file.ts";
import { mergedIntoOfStudent } from "./fields/student-merged-into.ts";
import { commitJob } from "./jobs/commit-import.ts";
import { everyNight, expirePreviews } from "./jobs/expire-previews.ts";
import { previewJob } from "./jobs/preview-import.ts";
import { everyFewMinutes, schedulesJob } from "./jobs/run-import-schedules.ts";
import { scheduledJob } from "./jobs/scheduled-import.ts";
import { undoJob } from "./jobs/undo-import.ts";
import { lookups } from "./lookups.ts";
import { cancelEnrollment } from "./operations/cancel-enrollment.ts";
import { changeGradeLevel } from "./operations/change-grade-level.ts";
import { correctEnrollment } from "./operations/correct-enrollment.ts";
import { enrollStudent } from "./operations/enroll-student.ts";
import { findDuplicates } from "./operations/find-duplicates.ts";
import { cancelImport } from "./operations/imports/cancel-import.ts";
import { commitImport } from "./operations/imports/commit-import.ts";
import { decideImport } from "./operations/imports/decide-import.ts";
import { scheduleImport } from "./operations/imports/schedule-import.ts";
import { settleImportAlert } from "./operations/imports/settle-import-alert.ts";
import { startImport } from "./operations/imports/start-import.ts";
import { undoImport } from "./operations/imports/undo-import.ts";
import { markNoShow } from "./operations/mark-no-show.ts";
import { mergeStudents } from "./operations/merge-students.ts";
import { planNextYear } from "./operations/plan-next-year.ts";
import { planSchoolByGrades } from "./operations/plan-school-by-grades.ts";
import { previewRollover } from "./operations/preview-rollover.ts";
import { reenterStudent } from "./operations/reenter-student.ts";
import { runRollover } from "./operations/run-rollover.ts";
import { startExport } from "./operations/start-export.ts";
import { transferStudent } from "./operations/transfer-student.ts";
import { undoRollover } from "./operations/undo-rollover.ts";
import { unmergeStudents } from "./operations/unmerge-students.ts";
import { withdrawStudent } from "./operations/withdraw-student.ts";
import { relations } from "./relations.ts";
import { repeatableSql } from "./sql.ts";

export const rostering = subgraph({
  name: "rostering",
  description: "What several domains do together: enrolling, moving and withdrawing students, the change of the school year, merging duplicates, imports from other systems.",
  records: [EnrollmentCode, NextYearPlacement, Rollover, RolloverRow, StudentMerge, StudentMergeMove, ExternalIdentifier, ImportSchedule, Import, ImportRow, ImportCount, ImportProblem, ImportCandidate, ImportAlert, SourceDecision, SourceRecord, Export, ExportCount],
  operations: [
    findDuplicates, enrollStudent, transferStudent, withdrawStudent, reenterStudent, markNoShow, changeGradeLevel, correctEnrollment, cancelEnrollment,
    mergeStudents, unmergeStudents, planNextYear, planSchoolByGrades, previewRollover, runRollover, undoRollover, startImport, decideImport, commitImport, cancelImport, undoImport, scheduleImport, settleImportAlert, startExport,
  ],
  orchestrates: ["platform", "schools", "people", "students", "academics", "staff", "attendance", "grading", "rostering"],
  jobs: [previewJob, commitJob, undoJob, schedulesJob, scheduledJob, expirePreviews, writeExportFile],
  schedules: [everyFewMinutes, everyNight],
  fields: [mergedIntoOfStudent],
  relations,
  lookups,
  repeatableSql,
  loginFunctions: ["access.installed_districts()"],
  migrations: new URL("./migrations/", import.meta.url),
});

export default rostering;
