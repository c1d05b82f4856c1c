import { Exact, larger, smaller } from "./exact.ts";

export interface Requirement {
  id: string;
  title: string;
  credits: string;
  sequence: number;
  /** Only this course counts. */
  courseId: string | null;
  /** Only courses of this subject count. With neither: any course, e.g. electives. */
  subjectId: string | null;
}

/** Credits of one course: earned, or to be earned if a course under way is passed. */
export interface CreditLine {
  courseId: string | null;
  subjectId: string | null;
  credits: Exact;
}

export interface RequirementProgress {
  requirement: Requirement;
  earned: Exact;
  inProgress: Exact;
  missing: Exact;
}

interface Pot extends CreditLine {
  left: Exact;
}

const narrowness = (r: Requirement): number => (r.courseId ? 0 : r.subjectId ? 1 : 2);
const accepts = (r: Requirement, line: CreditLine): boolean => (r.courseId ? line.courseId === r.courseId : r.subjectId ? line.subjectId === r.subjectId : true);

/**
 * Credits go to the narrowest requirement that takes them (a course, then its subject, then any), and what is more than it asks for goes
 * on to the next wider one: a fifth credit of English is an elective. Courses under way fill what is not earned yet.
 */
export function graduationProgress(requirements: readonly Requirement[], earned: readonly CreditLine[], underWay: readonly CreditLine[]): RequirementProgress[] {
  const pots = [earned, underWay].map((lines) => lines.map((line): Pot => ({ ...line, left: line.credits }))) as [Pot[], Pot[]];
  const inOrder = [...requirements].sort((a, b) => narrowness(a) - narrowness(b) || a.sequence - b.sequence);
  const progress = new Map<string, RequirementProgress>();
  for (const requirement of inOrder) {
    const asked = Exact.of(requirement.credits);
    const fromEarned = take(pots[0], requirement, asked);
    const fromUnderWay = take(pots[1], requirement, asked.minus(fromEarned));
    progress.set(requirement.id, { requirement, earned: fromEarned, inProgress: fromUnderWay, missing: larger(Exact.zero, asked.minus(fromEarned).minus(fromUnderWay)) });
  }
  return [...requirements].sort((a, b) => a.sequence - b.sequence).map((r) => progress.get(r.id)!);
}

function take(pots: Pot[], requirement: Requirement, wanted: Exact): Exact {
  let taken = Exact.zero;
  for (const pot of pots.filter((p) => accepts(requirement, p))) {
    const part = smaller(pot.left, wanted.minus(taken));
    pot.left = pot.left.minus(part);
    taken = taken.plus(part);
  }
  return taken;
}
