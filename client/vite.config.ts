import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import solid from "vite-plugin-solid";

export default defineConfig({
  root: fileURLToPath(new URL("./", import.meta.url)),
  plugins: [solid(), tailwindcss()],
  build: {
    outDir: fileURLToPath(new URL("../dist/client/", import.meta.url)),
    emptyOutDir: true,
    target: ["chrome123", "edge123", "firefox121", "safari17.5"],
    // Everything by its own address: the content security policy allows no data: scripts, styles or fonts.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // The client, and beside it GraphiQL for those who write programs: they share the sign-in and nothing else.
    rolldownOptions: { input: { index: fileURLToPath(new URL("./index.html", import.meta.url)), explorer: fileURLToPath(new URL("./explorer/index.html", import.meta.url)) } },
  },
  server: {
    port: 4001,
    proxy: Object.fromEntries(["/graphql", "/realms", "/files"].map((path) => [path, "http://localhost:4000"])),
  },
});
