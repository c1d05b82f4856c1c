// Asks every case of a checkout of federation-gateway-audit of this gateway: npm run audit:federation -- <folder>
import "reflect-metadata";
import { auditGraph, auditModes } from "./audit-graph.ts";
import { knownFailures } from "./known-failures.ts";
import { readSuite } from "./suite.ts";

const words = process.argv.slice(2);
const folder = words.find((word) => !word.startsWith("--"));
const say = (line: string) => process.stdout.write(`${line}\n`);

if (folder === undefined) {
  say("npm run audit:federation -- <folder> [--explain]: name a checkout of github.com/graphql-hive/federation-gateway-audit. --explain prints what was got and expected.");
  process.exit(2);
}
const graphs = await readSuite(folder);
for (const mode of auditModes) {
  const outcomes = [];
  for (const graph of graphs) outcomes.push(...(await auditGraph(graph, mode)));
  const failed = outcomes.filter(({ passed }) => !passed);
  say(`${mode}: ${outcomes.length - failed.length} of ${outcomes.length} cases of ${graphs.length} graphs passed.`);
  for (const { name, got, expected } of failed) {
    say(`  ${name}: ${knownFailures[name] ?? "UNEXPECTED"}`);
    if (words.includes("--explain")) say(`    expected ${JSON.stringify(expected)}\n    got      ${JSON.stringify(got)}`);
  }
  if (outcomes.length === 0 || failed.some(({ name }) => !(name in knownFailures))) process.exitCode = 1;
}
