// Arrow keys walk over the broadcasts of the table, as Tab does one by one; a button prints it.

const table = document.getElementById("schedule");

const columnOf = (link) => link.closest("td").cellIndex;

function towards(link, key) {
  const cell = link.closest("td");
  const inCell = [...cell.querySelectorAll("a")];
  const here = inCell.indexOf(link);
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const all = [...link.closest("tr").querySelectorAll("td a")];
    return all[all.indexOf(link) + (key === "ArrowRight" ? 1 : -1)];
  }
  const step = key === "ArrowDown" ? 1 : -1;
  if (inCell[here + step]) return inCell[here + step];
  for (let row = link.closest("tr"); row; ) {
    row = step > 0 ? row.nextElementSibling : row.previousElementSibling;
    const links = [...(row?.querySelectorAll("td a") ?? [])];
    if (links.length === 0) continue;
    const far = (other) => Math.abs(columnOf(other) - columnOf(link));
    if (step < 0) links.reverse(); // the last of a cell is the nearest from below
    return links.reduce((best, other) => (far(other) < far(best) ? other : best));
  }
  return undefined;
}

table?.addEventListener("keydown", (event) => {
  const link = event.target.closest("td a");
  if (!link || !event.key.startsWith("Arrow") || event.ctrlKey || event.altKey || event.shiftKey) return;
  event.preventDefault();
  towards(link, event.key)?.focus();
});

const printer = document.getElementById("print");
if (printer) {
  printer.hidden = false;
  printer.addEventListener("click", () => window.print());
}
