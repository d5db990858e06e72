// The frame without a network. VERSION and SHELL are written before this by the server.
// No page and no recording of anybody is ever kept here: only what looks alike for all.

const NAME = `shell-${VERSION}`;
const OFFLINE = SHELL[0];

self.addEventListener("install", (event) => {
  const plain = SHELL.map((url) => new Request(url, { credentials: "omit", cache: "no-cache" }));
  event.waitUntil(caches.open(NAME).then((shell) => shell.addAll(plain)).then(() => self.skipWaiting()));
});

// Shells of before go; what scripts/kept_recording.js keeps beside them stays.
self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((all) => all.filter((name) => name.startsWith("shell-") && name !== NAME))
      .then((old) => Promise.all(old.map((name) => caches.delete(name))))
      .then(() => self.registration.navigationPreload?.enable())
      .then(() => self.clients.claim()),
  );
});

async function page(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch (error) {
    const shown = await (await caches.open(NAME)).match(OFFLINE);
    if (!shown) throw error;
    return shown;
  }
}

async function part(request) {
  return (await (await caches.open(NAME)).match(request)) ?? fetch(request);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return; // what is sent goes by itself, or fails as it did
  const { origin, pathname, search } = new URL(request.url);
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (origin === location.origin && SHELL.includes(pathname + search)) event.respondWith(part(request));
});

// A push says of what kind it is, and nothing more; what waits is on the page behind it.
const TOLD = {
  hello: ["Đã bật báo tin", "Máy này sẽ báo khi có bản tin chờ bạn duyệt."],
  waits: ["Có bản tin chờ duyệt", "Mở để nghe và duyệt."],
  urgent: ["Có tin khẩn cấp chờ duyệt", "Mở ngay để nghe và duyệt."],
};

self.addEventListener("push", (event) => {
  let kind = "waits";
  try {
    kind = event.data.json().kind;
  } catch {
    // a service may drop what it could not carry: that something waits is said all the same
  }
  const [title, body] = TOLD[kind] ?? TOLD.waits;
  const seen = { body, lang: "vi", tag: "duyet", renotify: true, requireInteraction: kind === "urgent" };
  event.waitUntil(self.registration.showNotification(title, seen));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(
    self.clients.matchAll({ type: "window" }).then(async (open) => {
      const [page] = open;
      if (!page) return self.clients.openWindow("/duyet/");
      await page.focus();
      return page.navigate("/duyet/").catch(() => self.clients.openWindow("/duyet/"));
    }),
  );
});
