// Lets Node run the project's TypeScript: node --import ./typescript.mjs gateway/main.ts
// It works in the importing thread and on the project's own files alone. A start imports some 2,000 modules of packages, and asking
// a loader thread for each of them, as @oxc-node/core/register does, takes longer than all the rest of a warm start.
import { enableCompileCache, registerHooks, setSourceMapsSupport } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createResolve, load } from "@oxc-node/core";

const root = dirname(fileURLToPath(import.meta.url));
const ours = (url) => url.startsWith("file:") && url.endsWith(".ts") && !url.includes("/node_modules/");

// Compiled code is kept beside the packages that it comes from; where this user may not write there, it is compiled each time.
enableCompileCache(join(root, "node_modules", ".cache", "osss"));
setSourceMapsSupport(true, { nodeModules: false, generatedCode: false });

const resolver = { getCurrentDirectory: () => root };
registerHooks({
  resolve(specifier, context, next) {
    const byUs = context.parentURL === undefined || (ours(context.parentURL) && /^[.#]/.test(specifier));
    return byUs && context.importAttributes !== undefined ? createResolve(resolver, specifier, context, next) : next(specifier, context);
  },
  load: (url, context, next) => (ours(url) ? load(url, context, next) : next(url, context)),
});
