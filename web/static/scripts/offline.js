// The page without a network goes on to what was asked for as soon as the server answers.

const EVERY_MS = 15_000;

async function answers() {
  const answer = await fetch("/healthz", { cache: "no-store" }).catch(() => null);
  return Boolean(answer?.ok);
}

async function tryOn() {
  if (await answers()) location.reload();
}

window.addEventListener("online", tryOn);
setInterval(tryOn, EVERY_MS);
