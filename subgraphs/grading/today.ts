import { sql } from "kysely";
import type { Asking } from "./asking.ts";

/** The district's local date at the moment of the call, `YYYY-MM-DD`. */
export async function today(asking: Asking): Promise<string> {
  return (await asking.ask(sql<{ today: string }>`SELECT access.today()::text AS today`))[0]!.today;
}
