import { job, schedule } from "#foundation/jobs/job";
import { ImportSchedule } from "../entities/import-schedule.ts";
import { localDay } from "../import/import-roster.ts";
import { installedDistricts } from "../districts.ts";
import { scheduledJob } from "./scheduled-import.ts";

export const schedulesJob = job({
  name: "runImportSchedules",
  description: "Starts the day's imports whose time has come.",
  payload: {},
  single: { by: "district", others: "drop" },
  async run(host) {
    const district = (await installedDistricts(host.orchestration.database)).find(({ id }) => id === host.districtId);
    if (district === undefined) return;
    const now = host.clock();
    const today = localDay(now, district.timeZone);
    const time = new Intl.DateTimeFormat("en-GB", { timeZone: district.timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(now);
    await host.across((across) => across.in("rostering", async (session) => {
      for (const due of (await session.list(ImportSchedule, { active: true, archivedAt: null })).filter((each) => isDue(each, today, time))) {
        session.update(await session.elevated("its time has come").get(ImportSchedule, due.id), { lastRunOn: today });
        await session.queue(scheduledJob, { schedule: due.id, day: today });
      }
    }));
  },
});

export const everyFewMinutes = schedule({ job: schedulesJob, cron: "*/5 * * * *" });

/** Whether a schedule's import of the day is still to start. Days and times are the district's own. */
export function isDue({ time, weekdaysOnly, lastRunOn }: Pick<ImportSchedule, "time" | "weekdaysOnly" | "lastRunOn">, today: string, now: string): boolean {
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay();
  return (lastRunOn ?? "") < today && time.slice(0, 5) <= now && !(weekdaysOnly && (weekday === 0 || weekday === 6));
}
