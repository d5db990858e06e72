// A living page says when it last heard from the server, and greys out when it hears no more.

import { say } from "./words.js";

const STALE_MS = 10_000; // five questions without an answer
const CHECK_MS = 1_000;

const note = document.getElementById("freshness");
let heard = Date.now();

function told(at) {
  return new Date(at).toLocaleTimeString("vi-VN", { hour12: false });
}

function show() {
  const stale = Date.now() - heard > STALE_MS;
  document.getElementById("now")?.classList.toggle("stale", stale);
  note.classList.toggle("is-stale", stale);
  note.textContent = stale
    ? say("Mất liên lạc với máy chủ. Số liệu lúc {1}, đang thử lại.", told(heard))
    : say("Cập nhật lúc {1}", told(heard));
}

// htmx says "after swap" for a refused answer too, although it leaves the page alone then.
document.addEventListener("htmx:after:swap", (event) => {
  if (!event.detail.ctx.response?.raw.ok) return;
  heard = Date.now();
  show();
});

// A page whose airing is over asks no more, and what it shows stays true.
setInterval(() => {
  if (document.querySelector("#now[hx-get]")) show();
}, CHECK_MS);
