// Signing out takes what was being written off this machine; the next page makes sure of it.

import { finishLeaving, leave } from "./text_shelf.js";

for (const form of document.querySelectorAll("form[data-leaves]")) form.addEventListener("submit", leave);
finishLeaving().catch(() => null);
