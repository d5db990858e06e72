// What every page does: show errors first, show what was opened, never send a form twice, and
// say it when an answer does not come.

import { say } from "./words.js";

const summary = document.getElementById("error-summary");
if (summary) summary.focus();

// What opens below the edge of a phone, such as "Dừng ngay", comes into view.
document.addEventListener("click", (event) => {
  const opened = event.target.closest("main summary")?.parentElement;
  if (opened) requestAnimationFrame(() => opened.open && opened.scrollIntoView({ block: "nearest" }));
});

// Ctrl+K goes to the search box, as elsewhere; on a phone to its page.
document.addEventListener("keydown", (event) => {
  if (event.key !== "k" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  const box = document.getElementById("q") ?? document.getElementById("seek");
  if (box?.offsetParent) box.focus();
  else document.querySelector(".seek-door")?.click();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
});
// Back in history shows the page as it was left: let its forms be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// What a person asked for and did not get says so where it would stand, or before the form that
// asked, which keeps what was typed. What asks by itself every few seconds only asks again.
function unanswered({ detail: { ctx } }) {
  const asked = ctx?.sourceElement;
  if (!ctx?.target || asked.getAttribute("hx-trigger")?.startsWith("every") || isShown(ctx)) return;
  const page = new DOMParser().parseFromString(ctx.text ?? "", "text/html");
  const told = [...page.querySelectorAll("main h1, main p:not(.brand)")].map((one) => one.textContent);
  const note = document.createElement("p");
  note.className = "notice tone-bad mt-3 unanswered";
  note.role = "alert";
  note.textContent = told.length
    ? told.join(". ")
    : say("Máy chủ không trả lời. Nội dung đã gõ vẫn còn ở đây: hãy xem lại mạng rồi bấm lần nữa.");
  if (!ctx.target.contains(asked)) return ctx.target.replaceChildren(note);
  for (const earlier of ctx.target.querySelectorAll(".unanswered")) earlier.remove();
  // a part that is asked for again every few seconds would take the note away
  (asked.closest('[hx-trigger^="every"]') ?? asked.closest("form") ?? asked).before(note);
  note.scrollIntoView({ block: "nearest" });
}
document.addEventListener("htmx:response:error", unanswered);
document.addEventListener("htmx:error", unanswered);

// A form that is sent back with its errors is put in place; whoever sent it reads them first.
const isShown = ({ sourceElement, response }) =>
  sourceElement.hasAttribute(`hx-status:${response?.status}`);
document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (isShown(ctx)) document.getElementById("error-summary")?.focus();
});
