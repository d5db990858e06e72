// What every page does: show errors first, show what was opened, and never send a form twice.

const summary = document.getElementById("error-summary");
if (summary) summary.focus();

// What opens below the edge of a phone, such as "Dừng ngay", comes into view.
document.addEventListener("click", (event) => {
  const opened = event.target.closest("main summary")?.parentElement;
  if (opened) requestAnimationFrame(() => opened.open && opened.scrollIntoView({ block: "nearest" }));
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
