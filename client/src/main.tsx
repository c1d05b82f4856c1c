import { render } from "solid-js/web";
import { App } from "./app/app.tsx";
import { followTheme } from "./app/theme.ts";
import "./styles.css";

followTheme();
const root = document.getElementById("root");
if (root) render(() => <App />, root);
