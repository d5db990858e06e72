// What every page does: show errors first, and never send a form twice.

const summary = document.getElementById("error-summary");
if (summary) summary.focus();

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
