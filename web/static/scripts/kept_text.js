// What is being written stays in the browser until the server has it. Without a network nothing is
// sent; with one again it is sent as a draft, by a tap. Nothing is ever sent for approval by itself.

import { all, drop, finishLeaving, put } from "./text_shelf.js";
import { say } from "./words.js";

const SENT = "text-sent";
const STALE_MS = 7 * 24 * 3600 * 1000; // as scripts/kept_recording.js
const PAUSE_MS = 400;
const NOT_WRITTEN = new Set(["csrf", "version", "new_id"]);

const part = (name) => document.getElementById(name);
const panel = part("kept-text");
const form = panel.closest("form");
const { person } = panel.dataset;
const action = form.getAttribute("action");
const version = form.elements.version.value;
const key = `${person} ${action}`;

const plain = (text) => text.normalize("NFC").replace(/\s+/g, " ").trim();
const written = () =>
  [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NOT_WRITTEN.has(name));
const textOf = (fields) => plain(fields.find(([name]) => name === "text")?.[1] ?? "");
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const asServed = written();
let wait = 0;

async function keep() {
  clearTimeout(wait);
  const fields = written();
  if (same(fields, asServed) || !textOf(fields)) return drop(key);
  return put({ key, person, action, version, fields, at: Date.now() });
}

function keepSoon() {
  clearTimeout(wait);
  wait = setTimeout(() => keep().catch(() => null), PAUSE_MS);
}

function show(said, ...shown) {
  part("kept-said").textContent = said;
  for (const name of ["kept-sides", "kept-choice", "kept-send"]) part(name).hidden = !shown.includes(name);
  panel.hidden = false;
}

function fill(fields) {
  const given = grouped(fields);
  for (const input of form.elements) {
    if (!input.name || NOT_WRITTEN.has(input.name) || input.type === "file" || input.type === "submit") continue;
    const values = given.get(input.name) ?? [];
    if (input.type === "radio" || input.type === "checkbox") {
      input.checked = values.some(([, value]) => value === input.value);
    } else if (values.length) input.value = values.shift()[1];
  }
  form.elements.text.dispatchEvent(new Event("change", { bubbles: true }));
}

function grouped(fields) {
  const found = new Map();
  for (const each of fields) found.set(each[0], [...(found.get(each[0]) ?? []), each]);
  return found;
}

const clock = new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit" });

function choose(use, leave) {
  part("kept-use").textContent = use;
  part("kept-drop").textContent = leave;
}

function offer(kept) {
  document.querySelector("main .page-head").after(panel); // its form may be folded away
  const begins = textOf(kept.fields);
  const when = clock.format(kept.at);
  const changed = kept.version !== version && begins !== textOf(asServed);
  if (changed) {
    part("kept-mine").textContent = kept.fields.find(([name]) => name === "text")[1];
    part("kept-theirs").textContent = form.elements.text.value;
    choose(say("Dùng bản trong máy này"), say("Giữ bản trên máy chủ"));
    show(say("Bài viết dở lúc {1} trong máy này khác bản mới hơn trên máy chủ. Chọn một bản.", when), "kept-sides", "kept-choice");
  } else {
    const words = begins.length > 60 ? `${begins.slice(0, 60)}…` : begins;
    choose(say("Dùng bài này"), say("Bỏ bài này"));
    show(say("Máy này còn bài viết dở lúc {1} chưa gửi: “{2}”", when, words), "kept-choice");
  }
  part("kept-use").onclick = () => {
    fill(kept.fields);
    panel.hidden = true;
    keep();
    form.closest("details")?.setAttribute("open", "");
    form.elements.text.focus();
  };
  part("kept-drop").onclick = () => {
    drop(key);
    panel.hidden = true;
  };
}

// The server has it: what this window sent is what the page that answers shows.
const taken = (kept, sent) =>
  kept.key === sent && textOf(kept.fields) === textOf(asServed) && (kept.key !== key || kept.version !== version);

async function resume() {
  await finishLeaving();
  const sent = sessionStorage.getItem(SENT);
  for (const kept of await all()) {
    if (Date.now() - kept.at > STALE_MS || taken(kept, sent)) await drop(kept.key);
  }
  if ("answers" in panel.dataset) return; // it shows what was typed
  sessionStorage.removeItem(SENT);
  const kept = (await all()).find((each) => each.key === key);
  if (!kept) return;
  if (same(kept.fields, asServed) || same(kept.fields, written())) return void (await drop(key));
  offer(kept);
}

const draftButton = form.querySelector('[name="then"][value="keep"]');

function withoutNetwork(button) {
  button?.closest(".actions")?.before(panel); // beside what was just pressed
  show(say("Không có mạng nên chưa gửi. Chữ bạn viết và bản ghi âm được giữ trong máy này."));
  panel.scrollIntoView({ block: "nearest" });
}

function withNetwork() {
  if (panel.dataset.held === undefined) return;
  delete panel.dataset.held;
  if (draftButton) show(say("Có mạng lại. Gửi bài lên máy chủ làm bản nháp?"), "kept-send");
  else show(say("Có mạng lại. Hãy bấm nút gửi lần nữa."));
}

function sending() {
  sessionStorage.setItem(SENT, key);
  const newId = form.elements.new_id?.value;
  if (newId) history.replaceState({ newId, text: textOf(written()) }, "");
}

// Back shows what was sent: sent again it changes that, even where the page came anew.
window.addEventListener("pageshow", () => {
  const sent = history.state;
  if (sent?.newId && sent.text === plain(form.elements.text.value)) form.elements.new_id.value = sent.newId;
});

form.addEventListener("submit", (event) => {
  if (event.submitter?.hasAttribute("formaction")) return;
  if (navigator.onLine) return sending();
  event.preventDefault();
  event.stopPropagation(); // the page would take it for sent
  panel.dataset.held = "";
  keep().catch(() => null);
  withoutNetwork(event.submitter);
});
form.addEventListener("input", keepSoon);
form.addEventListener("change", keepSoon);
document.addEventListener("visibilitychange", () => document.hidden && wait && keep().catch(() => null));
window.addEventListener("online", withNetwork);
part("kept-send").onclick = () => form.requestSubmit(draftButton);
resume().catch(() => null); // a private window keeps nothing
