// Completes package-lock.json with the packages for other platforms that the registry did not offer when the file was written.
// npm leaves such optional packages out of the lock, and "npm ci" then refuses the file on every machine. Their version stands
// in the package that asks for them, and their platform in their name.
//   node deploy/complete-lock.mjs [--check] [package-lock.json of another folder]
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const file = process.argv.slice(2).find((word) => !word.startsWith("--")) ?? fileURLToPath(new URL("../package-lock.json", import.meta.url));
const lock = JSON.parse(readFileSync(file, "utf8"));

const systems = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const processors = ["arm64", "arm", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64"];

/** os, cpu and libc of a package from its name, such as core-linux-x64-musl; null when the name does not tell. */
function platformOf(name) {
  const words = name.split("/").at(-1).split("-");
  const os = words.find((word) => systems.includes(word)) ?? (words.includes("windows") ? "win32" : undefined);
  const cpu = words.find((word) => processors.includes(word));
  if (cpu === "wasm32") return { cpu: ["wasm32"] };
  if (os === undefined || cpu === undefined) return null;
  const libc = os !== "linux" ? undefined : words.some((word) => word.startsWith("musl")) ? ["musl"] : words.some((word) => word.startsWith("gnu")) ? ["glibc"] : undefined;
  return { os: [os], cpu: [cpu], ...(libc === undefined ? {} : { libc }) };
}

/** Where a package that stands in `folder` finds `name`, as Node does; undefined when the lock has it nowhere. */
function found(folder, name) {
  for (let here = folder; ; here = here.slice(0, Math.max(0, here.lastIndexOf("/node_modules/")))) {
    const candidate = `${here}${here === "" ? "" : "/"}node_modules/${name}`;
    if (lock.packages[candidate] !== undefined) return candidate;
    if (here === "" || !here.includes("/node_modules/")) {
      const top = `node_modules/${name}`;
      return lock.packages[top] === undefined ? undefined : top;
    }
  }
}

const added = [];
const unclear = [];
for (const [folder, entry] of Object.entries({ ...lock.packages })) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (found(folder, name) !== undefined) continue;
    const platform = platformOf(name);
    if (platform === null || !/^\d+\.\d+\.\d+/.test(version)) {
      unclear.push(`${name}@${version}`);
      continue;
    }
    lock.packages[`node_modules/${name}`] = { version, ...platform, ...(entry.dev ? { dev: true } : {}), optional: true };
    added.push(`${name}@${version}`);
  }
}

if (unclear.length > 0) console.error(`Not in the lock file, and their platform is not clear from their name: ${unclear.join(", ")}`);
if (process.argv.includes("--check")) {
  if (added.length > 0) console.error(`${file} lacks ${added.length} packages for other platforms, so npm ci refuses it. Run: node deploy/complete-lock.mjs ${process.argv.slice(2).filter((word) => word !== "--check").join(" ")}`);
  process.exitCode = added.length + unclear.length > 0 ? 1 : 0;
} else if (added.length > 0) {
  const sorted = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`);
  console.log(`Added ${added.length} packages: ${added.join(", ")}`);
}
