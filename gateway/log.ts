export type { Log } from "#foundation/serving/log";
