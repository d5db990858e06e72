// One tap lets this browser be told: it asks its person, then its maker's service, then our server.

import { say } from "./words.js";

const form = document.getElementById("push");
const said = document.getElementById("push-said");
const key = form.dataset.key;
const bytes = Uint8Array.from(atob(key.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));

async function subscribed() {
  if ((await Notification.requestPermission()) !== "granted") {
    throw new Error(say("Máy chưa cho hiện thông báo. Bấm vào biểu tượng cạnh địa chỉ trang, cho phép Thông báo, rồi thử lại."));
  }
  const worker = await navigator.serviceWorker.ready;
  const before = await worker.pushManager.getSubscription();
  const old = before?.options.applicationServerKey;
  if (before && btoa(String.fromCharCode(...new Uint8Array(old))) !== btoa(String.fromCharCode(...bytes))) {
    await before.unsubscribe(); // of another key: nothing would come
  }
  return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes });
}

if ("serviceWorker" in navigator && "PushManager" in window && "Notification" in window) {
  form.hidden = false;
  said.textContent = "";
  form.addEventListener("submit", async (event) => {
    const field = form.elements.subscription;
    if (field.value) return;
    event.preventDefault();
    event.stopPropagation(); // the page would take it for sent
    said.textContent = say("Đang hỏi máy của bạn…");
    try {
      field.value = JSON.stringify(await subscribed());
      form.requestSubmit();
    } catch (error) {
      const ours = error.constructor === Error;
      said.textContent = ours ? error.message : say("Trình duyệt không bật được báo tin. Hãy xem lại mạng rồi thử lần nữa.");
    }
  });
}
