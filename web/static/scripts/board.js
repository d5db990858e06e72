// A broadcast is taken to another hour of its line, by a pointer or by Shift and the arrow keys.
// Nothing moves here: letting go opens the page that asks, and shows what would be heard where.

import { say } from "./words.js";

const STEP_MIN = 5;
const FAR_PX = 6; // what is less is a click
const LONG_PRESS_MS = 400; // a finger that moves at once wants to scroll
const DAY_MIN = 24 * 60;

const table = document.getElementById("schedule");
const label = document.getElementById("board-time");
const told = document.getElementById("board-told");
const first = Number(table?.dataset.first);

let held = null; // {block, day, minute, x, y, pulled}
let timer = 0;

const clock = (minute) =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

const minuteOf = (block) => {
  const [hour, minute] = block.querySelector("strong").textContent.split(":").map(Number);
  return hour * 60 + minute;
};

const dayOf = (element) => element.closest("tr").dataset.day;

const said = (day) => day.split("-").reverse().join("/");

const take = (block) => ({ block, day: dayOf(block), minute: minuteOf(block), pulled: false });

function open() {
  const query = new URLSearchParams({ day: held.day, time: clock(held.minute) });
  location.assign(`${held.block.pathname}/chuyen-gio?${query}`);
}

function drop() {
  clearTimeout(timer);
  held?.block.classList.remove("held");
  table.classList.remove("holding");
  label.hidden = true;
  held = null;
}

function show(x, y) {
  label.hidden = false;
  label.textContent = say("{1} ngày {2}", clock(held.minute), said(held.day));
  label.style.left = `${Math.min(x + 14, innerWidth - label.offsetWidth - 8)}px`;
  label.style.top = `${Math.max(8, y - 44)}px`;
}

// A line of the day is a place, and a broadcast keeps its places; a line of the week is a day.
const mayLieIn = (line) => line === held.block.closest("tr") || "week" in table.dataset;

function pull(x, y) {
  const cell = document.elementFromPoint(x, y)?.closest("#schedule tbody td");
  if (!cell || !mayLieIn(cell.parentElement)) return;
  const box = cell.getBoundingClientRect();
  const within = Math.round(((x - box.left) / box.width) * (60 / STEP_MIN)) * STEP_MIN;
  const minute = (first + cell.cellIndex - 1) * 60 + Math.max(0, Math.min(within, 60));
  held.minute = Math.min(minute, DAY_MIN - STEP_MIN);
  held.day = dayOf(cell);
  show(x, y);
}

function begin() {
  held.pulled = true;
  held.block.classList.add("held");
  table.classList.add("holding");
  show(held.x, held.y);
}

table?.addEventListener("pointerdown", (event) => {
  const block = event.target.closest("[data-moves]");
  if (!block || event.button !== 0) return;
  held = { ...take(block), x: event.clientX, y: event.clientY, finger: event.pointerType !== "mouse" };
  if (held.finger) timer = setTimeout(begin, LONG_PRESS_MS);
});

addEventListener("pointermove", (event) => {
  if (!held) return;
  const far = Math.hypot(event.clientX - held.x, event.clientY - held.y) > FAR_PX;
  if (!held.pulled && far) {
    if (held.finger) return drop(); // it scrolls
    begin();
  }
  if (held.pulled) pull(event.clientX, event.clientY);
});

addEventListener("pointerup", () => {
  if (held?.pulled) open();
  else drop();
});
addEventListener("pointercancel", drop);
table?.addEventListener("touchmove", (event) => held?.pulled && event.preventDefault(), {
  passive: false,
});
table?.addEventListener("dragstart", (event) => event.preventDefault());
table?.addEventListener("contextmenu", (event) => held?.finger && event.preventDefault());
// The click that ends a pull follows no link.
table?.addEventListener("click", (event) => held?.pulled && event.preventDefault(), true);

const onDay = (day, days) => {
  const lines = [...table.querySelectorAll("tbody tr")].map((line) => line.dataset.day);
  return lines[lines.indexOf(day) + days] ?? day;
};

const STEPS = {
  ArrowLeft: () => (held.minute = Math.max(0, held.minute - STEP_MIN)),
  ArrowRight: () => (held.minute = Math.min(DAY_MIN - STEP_MIN, held.minute + STEP_MIN)),
  ArrowUp: () => "week" in table.dataset && (held.day = onDay(held.day, -1)),
  ArrowDown: () => "week" in table.dataset && (held.day = onDay(held.day, 1)),
};

table?.addEventListener("keydown", (event) => {
  const block = event.target.closest("[data-moves]");
  if (!block) return;
  if (event.shiftKey && event.key in STEPS) {
    event.preventDefault();
    if (held?.block !== block) held = { ...take(block), pulled: true };
    STEPS[event.key]();
    block.classList.add("held");
    const box = block.getBoundingClientRect();
    show(box.left, box.top);
    told.textContent = say("Giờ mới {1} ngày {2}. Enter để xem trước, Esc để thôi.", clock(held.minute), said(held.day));
  } else if (held && event.key === "Enter") {
    event.preventDefault();
    open();
  } else if (held && event.key === "Escape") {
    drop();
    told.textContent = say("Đã thôi.");
  }
});
table?.addEventListener("focusout", drop);
