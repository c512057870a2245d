import "../ui/fonts.css";
import "../ui/tokens.css";
import "../ui/pieces.css";
import { mount } from "svelte";
import { firstLanguage, setLanguage } from "../text/text.svelte";
import App from "./App.svelte";
import { startRouter } from "./router.svelte";
import { begin } from "./session.svelte";

startRouter();
void begin();
await setLanguage(firstLanguage());
const place = document.getElementById("app");
if (place) mount(App, { target: place });
