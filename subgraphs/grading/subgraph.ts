import { subgraph } from "#foundation/federation/manifest";
import { AssignmentCategory } from "./entities/assignment-category.ts";
import { Assignment } from "./entities/assignment.ts";
import { CommentBankEntry } from "./entities/comment-bank-entry.ts";
import { CourseHistory } from "./entities/course-history.ts";
import { GpaPolicyPoint } from "./entities/gpa-policy-point.ts";
import { GpaPolicyWeight } from "./entities/gpa-policy-weight.ts";
import { GpaPolicy } from "./entities/gpa-policy.ts";
import { GradingScaleMark } from "./entities/grading-scale-mark.ts";
import { GradingScale } from "./entities/grading-scale.ts";
import { GradingWindow } from "./entities/grading-window.ts";
import { GraduationPlan } from "./entities/graduation-plan.ts";
import { GraduationRequirement } from "./entities/graduation-requirement.ts";
import { HonorRollLevel } from "./entities/honor-roll-level.ts";
import { HonorRollPolicy } from "./entities/honor-roll-policy.ts";
import { IssuedDocument } from "./entities/issued-document.ts";
import { MarkChange } from "./entities/mark-change.ts";
import { MarkComment } from "./entities/mark-comment.ts";
import { Mark } from "./entities/mark.ts";
import { RankPolicy } from "./entities/rank-policy.ts";
import { ScaleUse } from "./entities/scale-use.ts";
import { ScoreNote } from "./entities/score-note.ts";
import { Score } from "./entities/score.ts";
import { StandardMark } from "./entities/standard-mark.ts";
import { Standard } from "./entities/standard.ts";
import { StudentGraduationPlan } from "./entities/student-graduation-plan.ts";
import { TermFormulaPart } from "./entities/term-formula-part.ts";
import { TermFormula } from "./entities/term-formula.ts";
import { WorkHabitMark } from "./entities/work-habit-mark.ts";
import { WorkHabit } from "./entities/work-habit.ts";
import { issuedDocumentHtml } from "./fields/issued-document-html.ts";
import { schoolHonorRoll } from "./fields/school-honor-roll.ts";
import { sectionGradebook } from "./fields/section-gradebook.ts";
import { studentGpa } from "./fields/student-gpa.ts";
import { studentGraduationProgress } from "./fields/student-graduation-progress.ts";
import { studentRank } from "./fields/student-rank.ts";
import { studentSectionAverages } from "./fields/student-section-averages.ts";
import { School, Section, Student } from "./foreign.ts";
import { expireIncompletesNightly, nightly } from "./jobs/expire-incompletes-nightly.ts";
import { lookups } from "./lookups.ts";
import { changeMark } from "./operations/change-mark.ts";
import { completeCourses } from "./operations/complete-courses.ts";
import { correctCourseHistory } from "./operations/correct-course-history.ts";
import { enterScores } from "./operations/enter-scores.ts";
import { expireIncompletes } from "./operations/expire-incompletes.ts";
import { issueReportCards } from "./operations/issue-report-cards.ts";
import { issueTranscript } from "./operations/issue-transcript.ts";
import { postMarks } from "./operations/post-marks.ts";
import { postStandardMarks } from "./operations/post-standard-marks.ts";
import { recordIncomplete } from "./operations/record-incomplete.ts";
import { recordTransferCredit } from "./operations/record-transfer-credit.ts";
import { reissueDocument } from "./operations/reissue-document.ts";
import { resolveIncomplete } from "./operations/resolve-incomplete.ts";
import { relations } from "./relations.ts";
import { repeatableSql } from "./sql.ts";

export const grading = subgraph({
  name: "grading",
  description: "Assignments and scores, marks, the permanent record with its averages and ranks, and the documents that rest on them.",
  records: [
    GradingScale, GradingScaleMark, ScaleUse, AssignmentCategory, Assignment, Score, ScoreNote,
    GradingWindow, TermFormula, TermFormulaPart, Mark, MarkChange, CommentBankEntry, MarkComment,
    Standard, StandardMark, WorkHabit, WorkHabitMark, CourseHistory,
    GpaPolicy, GpaPolicyPoint, GpaPolicyWeight, HonorRollPolicy, HonorRollLevel, RankPolicy,
    GraduationPlan, GraduationRequirement, StudentGraduationPlan, IssuedDocument,
  ],
  operations: [
    enterScores, postMarks, changeMark, recordIncomplete, resolveIncomplete, expireIncompletes, postStandardMarks,
    completeCourses, recordTransferCredit, correctCourseHistory, issueReportCards, issueTranscript, reissueDocument,
  ],
  fields: [sectionGradebook, studentSectionAverages, studentGpa, studentRank, studentGraduationProgress, schoolHonorRoll, issuedDocumentHtml],
  lookups,
  jobs: [expireIncompletesNightly],
  schedules: [nightly],
  connections: [
    { on: Section, name: "assignmentCategories", of: AssignmentCategory, via: "sectionId", description: "The kinds of work in the section, with their weights." },
    { on: Section, name: "assignments", of: Assignment, via: "sectionId", description: "The work that the section is asked to do." },
    { on: Section, name: "marks", of: Mark, via: "sectionId", description: "The marks posted in the section." },
    { on: School, name: "gradingWindows", of: GradingWindow, via: "schoolId", description: "When the school's teachers post marks." },
    { on: School, name: "issuedDocuments", of: IssuedDocument, via: "schoolId", description: "The report cards and transcripts that the school issued." },
    { on: Student, name: "scores", of: Score, via: "studentId", description: "What the student got for assignments." },
    { on: Student, name: "marks", of: Mark, via: "studentId", description: "The student's posted marks." },
    { on: Student, name: "markChanges", of: MarkChange, via: "studentId", description: "Changes of the student's posted marks, with reasons." },
    { on: Student, name: "markComments", of: MarkComment, via: "studentId", description: "Comments on the student's report cards." },
    { on: Student, name: "standardMarks", of: StandardMark, via: "studentId", description: "How far the student meets standards." },
    { on: Student, name: "workHabitMarks", of: WorkHabitMark, via: "studentId", description: "How the student works." },
    { on: Student, name: "courseHistories", of: CourseHistory, via: "studentId", description: "The courses that the student has finished, here and elsewhere." },
    { on: Student, name: "graduationPlans", of: StudentGraduationPlan, via: "studentId", description: "The graduation plans that the student follows or followed." },
    { on: Student, name: "issuedDocuments", of: IssuedDocument, via: "studentId", description: "The student's report cards and transcripts, every edition." },
  ],
  relations,
  repeatableSql,
  migrations: new URL("./migrations/", import.meta.url),
});

export default grading;
