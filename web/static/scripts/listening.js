// Hearing a recording: starts by itself when it is ready, and ticks the box at its end.

const HEARD = 0.98; // players stop a little before the last sample

function watch(player) {
  if (player.dataset.watched) return;
  player.dataset.watched = "yes";
  const box = document.getElementById("listened");
  const tick = () => {
    if (box && player.duration && player.currentTime / player.duration >= HEARD) box.checked = true;
  };
  const here = document.getElementById("here");
  const width = here?.ownerSVGElement.viewBox.baseVal.width;
  const point = () => {
    if (here && player.duration) {
      here.setAttribute("d", `M${(width * player.currentTime) / player.duration} -100v200`);
    }
  };
  player.addEventListener("timeupdate", tick);
  player.addEventListener("timeupdate", point);
  player.addEventListener("ended", tick);
  // Refused by browsers that want a tap on the player first: then it simply waits for one.
  if ("start" in player.dataset) player.play().catch(() => {});
}

function look() {
  const player = document.getElementById("player");
  if (player) watch(player);
}

look();
document.addEventListener("htmx:after:swap", look);
