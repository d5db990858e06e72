// What was recorded stays in the browser, part by part, until the server has it: neither a page
// that is sent back, nor a lost connection, nor a browser that was closed loses what was said.

const SHELF = "recording";

export async function keep(part, name) {
  const shelf = await caches.open(SHELF);
  const number = (await shelf.keys()).length;
  const headers = { "File-Name": encodeURIComponent(name), "Content-Type": part.type };
  await shelf.put(`/${number}`, new Response(part, { headers }));
}

// The file, or null. A recording that was broken off is its parts up to then.
export async function kept() {
  const parts = await (await caches.open(SHELF)).matchAll();
  if (!parts.length) return null;
  const { headers } = parts[0];
  const name = decodeURIComponent(headers.get("File-Name"));
  const whole = await Promise.all(parts.map((part) => part.blob()));
  return new File(whole, name, { type: headers.get("Content-Type") });
}

export const forget = () => caches.delete(SHELF);
