// What was recorded stays in the browser, part by part, until the server has it: neither a page
// that is sent back, nor a lost connection, nor a browser that was closed loses what was said.
// It is for the person who spoke: whoever else signs in at this browser is not offered it.
// Signing out leaves it for their return, a week at most.

const SHELVES = "recording";
const SENT = "recording-sent";
const STALE_MS = 7 * 24 * 3600 * 1000; // a notice is of no use by then, and nothing lies for ever

// Each recording has a shelf of its own, named after who speaks and when that began.
export const shelfFor = (person) => `${SHELVES}/${person}/${Date.now()}`;
const began = (shelf) => Number(shelf.split("/")[2] ?? 0);

export async function keep(part, { shelf, name, form }) {
  const opened = await caches.open(shelf);
  const number = (await opened.keys()).length;
  const headers = { "File-Name": encodeURIComponent(name), Form: form, "Content-Type": part.type };
  await opened.put(`/${number}`, new Response(part, { headers }));
}

// The person's newest recording, or null. One that was broken off is its parts up to then.
export async function kept(person) {
  const shelves = (await caches.keys()).filter((shelf) => shelf.startsWith(`${SHELVES}/${person}/`));
  for (const shelf of shelves.sort((one, other) => began(other) - began(one))) {
    const parts = await (await caches.open(shelf)).matchAll();
    if (parts.length) return gathered(shelf, parts);
  }
  return null;
}

async function gathered(shelf, parts) {
  const { headers } = parts[0];
  const name = decodeURIComponent(headers.get("File-Name"));
  const whole = await Promise.all(parts.map((part) => part.blob()));
  const file = new File(whole, name, { type: headers.get("Content-Type") });
  return { shelf, name, form: headers.get("Form"), file };
}

export const forget = ({ shelf }) => caches.delete(shelf).catch(() => false);

// Whoever comes clears away what nobody came back for.
export async function tidy() {
  const shelves = (await caches.keys()).filter((shelf) => shelf.split("/")[0] === SHELVES);
  const stale = shelves.filter((shelf) => Date.now() - began(shelf) > STALE_MS);
  await Promise.all(stale.map((shelf) => caches.delete(shelf)));
}

// Which recording this window has just sent; the page that answers asks for it, and only once.
export const sending = ({ shelf }) => sessionStorage.setItem(SENT, shelf);

export function sent() {
  const shelf = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  return shelf;
}
