// The service worker comes after the page is there; a bare address or plain HTTP has none.

if ("serviceWorker" in navigator) {
  window.addEventListener("load", () => {
    navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }).catch(() => null);
  });
}
