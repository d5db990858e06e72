// The bar that says what sounds now: asks while the page is seen, tells how fresh it is, greys out
// when it is not, and never takes away what a person is about to press.

import { say } from "./words.js";

const ASK_MS = 10_000;
const STALE_MS = 35_000; // three questions without an answer

const place = document.getElementById("sounding");
let heard = Date.now();
let shown = null;
let ended = false;

function tell() {
  const stale = Date.now() - heard > STALE_MS;
  place.querySelector(".sounding")?.classList.toggle("is-stale", stale);
  const fresh = place.querySelector("[data-fresh]");
  if (!fresh) return;
  const at = new Date(heard).toLocaleTimeString("vi-VN", { hour12: false });
  fresh.textContent = stale ? say("Mất liên lạc từ {1}", at) : say("Cập nhật {1}", at);
}

// SC 2.4.11: where the bar comes up over what has the focus, the page moves out of its way.
function uncover() {
  const bar = place.querySelector(".sounding")?.getBoundingClientRect();
  const focused = document.activeElement;
  if (!bar || place.contains(focused) || focused === document.body) return;
  if (focused.getBoundingClientRect().bottom > bar.top) focused.scrollIntoView({ block: "nearest" });
}

function show(text) {
  if (text === shown) return;
  const was = { open: place.querySelector("details")?.open, focused: document.activeElement };
  if (was.open || place.contains(was.focused)) return; // somebody is about to press; soon again
  shown = text;
  place.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
  uncover();
}

async function ask() {
  if (document.hidden || ended) return;
  try {
    const answer = await fetch(place.dataset.ask, { headers: { "HX-Request": "true" } });
    if (answer.status === 401) ended = true; // the page itself says so when it is used
    if (!answer.ok) return;
    show(await answer.text());
    heard = Date.now();
  } catch {
    // tell() says since when there is no answer
  } finally {
    tell();
  }
}

if (place) {
  tell();
  setInterval(ask, ASK_MS);
  document.addEventListener("visibilitychange", ask);
  document.addEventListener("click", (event) => {
    const open = place.querySelector("details[open]");
    if (open && !open.contains(event.target)) open.open = false;
  });
  document.addEventListener("keydown", (event) => {
    const open = place.querySelector("details[open]");
    if (event.key !== "Escape" || !open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
}
