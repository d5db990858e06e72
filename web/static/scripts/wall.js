// The wall hears of changes as they happen while it is seen; where no stream is free it asks every
// ten seconds, and tries for a stream again. It greys out when it hears nothing.

import { say } from "./words.js";

const ASK_MS = 10_000;
const STALE_MS = 30_000;
const STREAM_AGAIN_MS = 60_000;
const STANDS = ["silent", "troubled", "playing", "ready"];

const wall = document.getElementById("wall");
const note = document.getElementById("freshness");
let heard = Date.now();
let tag = null;

const tiles = new Map([...wall.querySelectorAll("[data-station]")].map((tile) => [tile.dataset.station, tile]));
const words = Object.fromEntries(
  STANDS.map((stand) => {
    const [icon, ...text] = wall.dataset[stand].split(" ");
    return [stand, { icon, text: text.join(" ") }];
  }),
);
const tones = Object.fromEntries(
  [...document.querySelectorAll("#wall-counts label")].map((label) => [
    label.querySelector("input").name,
    [...label.classList].find((name) => name.startsWith("tone-")),
  ]),
);

function take(stands) {
  heard = Date.now();
  for (const [id, stand] of Object.entries(stands)) {
    const tile = tiles.get(id);
    if (!tile || tile.dataset.stand === stand) continue;
    tile.classList.replace(tones[tile.dataset.stand], tones[stand]);
    tile.dataset.stand = stand;
    const use = tile.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${words[stand].icon}`));
    tile.querySelector(".visually-hidden").textContent = `: ${words[stand].text}`;
  }
  for (const stand of STANDS) {
    const count = wall.querySelectorAll(`[data-stand="${stand}"]`).length;
    document.querySelector(`[data-count="${stand}"]`).textContent = count;
  }
  show();
}

function show() {
  const stale = Date.now() - heard > STALE_MS;
  const at = new Date(heard).toLocaleTimeString("vi-VN", { hour12: false });
  wall.classList.toggle("stale", stale);
  note.classList.toggle("is-stale", stale);
  note.textContent = stale
    ? say("Mất liên lạc với máy chủ. Số liệu lúc {1}, đang thử lại.", at)
    : say("Cập nhật lúc {1}", at);
}

async function ask() {
  const headers = { "HX-Request": "true", ...(tag ? { "If-None-Match": tag } : {}) };
  const answer = await fetch(wall.dataset.now, { headers });
  if (answer.status === 401) location.reload(); // signed out: the door asks who comes
  if (answer.status !== 200 && answer.status !== 304) return;
  tag = answer.headers.get("ETag") ?? tag;
  take(answer.status === 200 ? await answer.json() : {});
}

let source = null;
let asking = null;
let again = null;

function stop() {
  source?.close(); // a stream holds a thread of the server
  clearInterval(asking);
  clearTimeout(again);
}

function listen() {
  stop();
  source = new EventSource(wall.dataset.stream);
  source.addEventListener("stands", (event) => take(JSON.parse(event.data)));
  source.addEventListener("ended", () => location.reload());
  source.addEventListener("error", () => {
    if (source.readyState !== EventSource.CLOSED) return; // it comes back by itself
    stop();
    const quietly = () => ask().catch(() => {}); // show() says since when nothing is heard
    quietly();
    asking = setInterval(quietly, ASK_MS);
    again = setTimeout(listen, STREAM_AGAIN_MS);
  });
}

document.addEventListener("visibilitychange", () => (document.hidden ? stop() : listen()));
window.addEventListener("pagehide", stop);
window.addEventListener("pageshow", (event) => event.persisted && listen());
setInterval(show, 5_000);
if (!document.hidden) listen();
