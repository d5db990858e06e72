// A long list of boxes to tick is narrowed by typing, marks or not; what is ticked stays in sight.

const plain = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase().trim();

for (const field of document.querySelectorAll("[data-narrows]")) {
  const rows = document.querySelectorAll(`#${field.dataset.narrows} .choice`);
  const narrow = () => {
    const wanted = plain(field.value);
    for (const row of rows) {
      row.hidden = !plain(row.textContent).includes(wanted) && !row.querySelector(":checked");
    }
  };
  field.addEventListener("input", narrow);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // it narrows, and sends nothing
  });
  field.closest("[hidden]")?.removeAttribute("hidden");
}

// What was typed into a password field may be read again before it is sent.
for (const box of document.querySelectorAll("[data-shows]")) {
  const field = document.getElementById(box.dataset.shows);
  box.addEventListener("change", () => (field.type = box.checked ? "text" : "password"));
  box.closest("[hidden]")?.removeAttribute("hidden");
}
