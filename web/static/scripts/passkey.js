// A form that takes a passkey: its button asks the device first, and sends what the device signed.
// A code that was typed instead goes as it is.

import { say } from "./words.js";

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

// As parseCreationOptionsFromJSON and parseRequestOptionsFromJSON, which older telephones lack.
const key = (told) => ({ ...told, id: bytes(told.id) });
const opened = (told) => ({
  ...told,
  challenge: bytes(told.challenge),
  ...(told.user && { user: { ...told.user, id: bytes(told.user.id) } }),
  ...(told.excludeCredentials && { excludeCredentials: told.excludeCredentials.map(key) }),
  ...(told.allowCredentials && { allowCredentials: told.allowCredentials.map(key) }),
});

function packed(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  const id = text(credential.rawId);
  return JSON.stringify({ id, rawId: id, type: credential.type, response });
}

async function asked(field) {
  const csrf = field.form.elements.csrf.value;
  const answer = await fetch(field.dataset.passkey, { method: "POST", body: new URLSearchParams({ csrf }) });
  if (!answer.ok) throw new Error(String(answer.status));
  const publicKey = opened(await answer.json());
  const container = navigator.credentials;
  return packed(await ("make" in field.dataset ? container.create({ publicKey }) : container.get({ publicKey })));
}

const WRONG = {
  NotAllowedError: say("Máy chưa xác nhận. Hãy bấm lần nữa rồi mở khóa máy khi được hỏi."),
  InvalidStateError: say("Máy này đã có khóa truy cập của bạn."),
  SecurityError: say("Trình duyệt không cho dùng khóa truy cập ở địa chỉ này."),
  NotSupportedError: say("Máy này không giữ được khóa truy cập. Hãy dùng mã sáu số trên điện thoại."),
};
const OTHER = say("Chưa hỏi được máy chủ. Hãy xem lại mạng, hoặc tải lại trang rồi thử lần nữa.");

function instead(form, said) {
  form.querySelector("[data-passkey-told]").textContent = said;
  const codes = form.querySelector("details");
  if (codes) codes.open = true;
}

function listen(field) {
  const form = field.form;
  let asking = false;
  form.addEventListener("submit", async (event) => {
    if (field.value || form.elements.proof?.value) return;
    event.preventDefault();
    event.stopPropagation(); // the page would take it for sent
    if (asking) return;
    asking = true;
    const button = event.submitter;
    form.querySelector("[data-passkey-told]").textContent = say("Đang hỏi máy của bạn…");
    try {
      field.value = await asked(field);
      form.requestSubmit(button);
    } catch (error) {
      instead(form, WRONG[error.name] ?? OTHER);
    } finally {
      asking = false;
    }
  });
  // Back in history must not send what was signed once
  window.addEventListener("pageshow", () => (field.value = ""));
  const folded = form.closest("[data-passkey-only]");
  if (folded) folded.hidden = false;
}

const fields = document.querySelectorAll("[data-passkey]");
for (const field of fields) {
  if (window.PublicKeyCredential) listen(field);
  else if (field.form) instead(field.form, WRONG.NotSupportedError);
}
