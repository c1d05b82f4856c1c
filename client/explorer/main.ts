import "./style.css";
import { lendNonce } from "./lend-nonce.ts";

// Before the editor is loaded: it makes style elements as it goes.
lendNonce();
const { start } = await import("./start.ts");
await start();
