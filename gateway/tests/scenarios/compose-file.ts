import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { repository } from "#foundation/testing/import-rules";

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const service = z.object({
  image: z.string(),
  build: z.object({ context: z.string(), dockerfile: z.string().optional(), dockerfile_inline: z.string().optional() }).optional(),
  user: text.optional(),
  read_only: z.boolean().optional(),
  privileged: z.boolean().optional(),
  cap_drop: z.array(z.string()).optional(),
  cap_add: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  restart: z.string().optional(),
  command: z.union([z.string(), z.array(z.string())]).optional(),
  environment: z.record(z.string(), text).optional(),
  healthcheck: z.object({ test: z.array(z.string()) }).loose().optional(),
  ports: z.array(z.string()).optional(),
  volumes: z.array(z.string()).optional(),
  networks: z.union([z.array(z.string()), z.record(z.string(), z.unknown())]).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
  profiles: z.array(z.string()).optional(),
}).loose();

/** One service of docker-compose.yml. */
export type ComposeService = z.infer<typeof service>;

/** docker-compose.yml as it is written: `${...}` not yet replaced. */
export const composeFile = z.object({ services: z.record(z.string(), service), networks: z.record(z.string(), z.object({ internal: z.boolean().optional() }).nullable()), volumes: z.record(z.string(), z.unknown()) })
  .loose()
  .parse(parse(readFileSync(join(repository, "docker-compose.yml"), "utf8"), { merge: true }));

/** The names of `${...}` in a text, with what stands behind them. */
export function variablesIn(value: string): { name: string; rest: string }[] {
  return [...value.matchAll(/(?<!\$)\$\{([A-Z_]+)([^}]*)\}/g)].map(([, name, rest]) => ({ name: name!, rest: rest! }));
}

/** A service's environment as Compose would give it, with these values of `.env`. */
export function environmentOf(name: string, given: Readonly<Record<string, string>>): Record<string, string> {
  const replaced = (value: string) => value.replace(/(?<!\$)\$\{([A-Z_]+)(?::([-?])([^}]*))?\}/g, (_, variable: string, kind: string | undefined, rest: string | undefined) => {
    const own = given[variable];
    if (own !== undefined && own !== "") return own;
    if (kind === "-") return rest ?? "";
    throw new Error(`${variable}: ${rest ?? "not set"}`);
  });
  return Object.fromEntries(Object.entries(composeFile.services[name]?.environment ?? {}).map(([key, value]) => [key, replaced(value)]));
}
