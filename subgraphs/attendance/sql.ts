import type { RepeatableSql } from "#foundation/federation/manifest";
import { counting } from "./counting/count-sql.ts";
import { dailyFacts, manyDailyFacts } from "./counting/facts-sql.ts";
import { requests } from "./counting/requests-sql.ts";

export const repeatableSql: readonly RepeatableSql[] = [dailyFacts, manyDailyFacts, ...requests, ...counting];
