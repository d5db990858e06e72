// Hearing a recording: starts by itself when it is ready, and ticks the box at its end.

const HEARD = 0.98; // players stop a little before the last sample

// The server keeps that whoever decides has heard it: sent as the hidden form beside the player.
function tellOnce(player) {
  const form = document.getElementById(player.dataset.tell ?? "");
  if (!form) return;
  delete player.dataset.tell;
  fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) }).catch(() => {});
}

function watch(player) {
  if (player.dataset.watched) return;
  player.dataset.watched = "yes";
  const box = document.getElementById("listened");
  const tick = () => {
    if (!player.duration || player.currentTime / player.duration < HEARD) return;
    if (box) box.checked = true;
    tellOnce(player);
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
