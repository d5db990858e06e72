// How long until a start: the server's words hold without this, and are renewed here each 10 s.

import { say } from "./words.js";

const EVERY_MS = 10_000;
const MINUTE_MS = 60_000;

function left(until) {
  const minutes = Math.floor(Math.max(0, until - Date.now()) / MINUTE_MS);
  if (minutes < 1) return say("chưa đầy 1 phút");
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (!hours) return say("{1} phút", minutes);
  return rest ? say("{1} giờ {2} phút", hours, rest) : say("{1} giờ", hours);
}

function renew() {
  for (const one of document.querySelectorAll("[data-until]")) {
    const words = left(Date.parse(one.dataset.until));
    if (one.textContent !== words) one.textContent = words;
  }
}

renew();
setInterval(renew, EVERY_MS);
