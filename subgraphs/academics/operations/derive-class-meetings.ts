import { mutation } from "#foundation/crud/operation";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { Day, ForeignRef } from "#foundation/record/fields";
import { districtOffice, scheduleOffice } from "../access.ts";
import { MeetingDerivation } from "../entities/meeting-derivation.ts";
import { School } from "../foreign.ts";
import { deriveMeetings } from "../schedule/derive-meetings.ts";
import { requireScheduleOffice } from "../schedule/require-office.ts";

export class DeriveClassMeetingsInput {
  @ForeignRef(() => School, { description: "The school." }) schoolId!: string;
  @Day({ description: "The first day to look at; days that are past may be among them." }) fromDate!: string;
  @Day({ description: "The first day no longer to look at; at most 400 days later." }) toDate!: string;
}

const mostDays = 400;

export async function deriveByHand(session: WriteSession, input: DeriveClassMeetingsInput): Promise<MeetingDerivation> {
  await requireScheduleOffice(session, input.schoolId);
  const days = (Date.parse(input.toDate) - Date.parse(input.fromDate)) / 86_400_000;
  if (days <= 0 || days > mostDays) throw OsssError.invalid([{ path: "input.toDate", message: `Choose a day after fromDate, at most ${mostDays} days later.` }]);
  return session.create(MeetingDerivation, { ...input, ...(await deriveMeetings(session, input)) });
}

export const deriveClassMeetings = mutation<DeriveClassMeetingsInput>({
  name: "deriveClassMeetings",
  description: "Derives the class meetings of a school anew over some days, held hours included. Changes of the calendar, of terms and of patterns need no call: meetings follow them by themselves.",
  roles: [...new Set([...scheduleOffice, ...districtOffice])],
  as: "district",
  reason: "optional",
  input: DeriveClassMeetingsInput,
  record: MeetingDerivation,
  run: deriveByHand,
});
