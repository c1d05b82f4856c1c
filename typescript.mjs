// Lets Node run the project's TypeScript: node --import ./typescript.mjs gateway/main.ts
// It works in the importing thread and on the project's own files alone. A start imports some 2,000 modules of packages, and asking
// a loader thread for each of them takes longer than all the rest of a warm start.
import { existsSync } from "node:fs";
import { enableCompileCache, registerHooks, setSourceMapsSupport } from "node:module";
import { dirname, join, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { transform } from "@oxc-node/core";

const root = dirname(fileURLToPath(import.meta.url));
const ours = (url) => url.startsWith("file:") && url.endsWith(".ts") && !url.includes("/node_modules/");

// Compiled code is kept beside the packages that it comes from; where this user may not write there, it is compiled each time.
enableCompileCache(join(root, "node_modules", ".cache", "osss"));
setSourceMapsSupport(true, { nodeModules: false, generatedCode: false });

registerHooks({
  resolve(specifier, context, next) {
    // The compiler writes ./x.js where the source says ./x.ts.
    if (specifier.startsWith(".") && specifier.endsWith(".js") && context.parentURL !== undefined && ours(context.parentURL)) {
      const source = new URL(`${specifier.slice(0, -3)}.ts`, context.parentURL);
      if (existsSync(source)) return next(source.href, context);
    }
    return next(specifier, context);
  },
  load(url, context, next) {
    if (!ours(url)) return next(url, context);
    const { source } = next(url, { ...context, format: "module" });
    const output = transform(fileURLToPath(url), source);
    const map = Buffer.from(output.sourceMap() ?? "").toString("base64");
    return { format: "module", shortCircuit: true, source: `${output.source()}\n//# sourceMappingURL=data:application/json;base64,${map}` };
  },
});
