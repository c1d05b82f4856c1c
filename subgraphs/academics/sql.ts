import type { RepeatableSql } from "#foundation/federation/manifest";
import { clashes } from "./sql/clashes.ts";
import { inUse } from "./sql/in-use.ts";
import { meetings } from "./sql/meetings.ts";
import { spans } from "./sql/spans.ts";

export const repeatableSql: readonly RepeatableSql[] = [...spans, ...meetings, ...clashes, ...inUse];
