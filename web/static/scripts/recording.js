// Recording with the microphone of the phone: one tap begins, one ends, and the bulletin is sent.

import { forget, kept, sending, sent, shelfFor, tidy } from "./kept_recording.js";
import { opened, recorded } from "./microphone.js";
import { say } from "./words.js";

const FORMATS = { "audio/webm;codecs=opus": "webm", "audio/mp4": "m4a" }; // Safari has the second
const LONGEST_S = 30 * 60; // 14 MB
const QUIET = 0.25; // 15 dB over the floor: a room without a voice
const QUIET_S = 3;

const part = (name) => document.getElementById(name);
const button = part("record");
const panel = part("recorder");
const input = part("file");
const form = input?.form;
const person = panel?.dataset.person;
const action = form?.getAttribute("action");
let chosen = null; // the recording that stands in the form

const clock = (s) => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, "0")}`;

function tell(text) {
  panel.hidden = false;
  part("recorder-said").textContent = text;
}

function nameOf(type) {
  const at = new Date();
  const two = (number) => String(number).padStart(2, "0");
  const day = `${two(at.getDate())}-${two(at.getMonth() + 1)}-${at.getFullYear()}`;
  return `Ghi âm ${day} ${two(at.getHours())}.${two(at.getMinutes())}.${two(at.getSeconds())}.${FORMATS[type]}`;
}

function chooseAudio() {
  form.querySelector('[name="kind"][value="audio"]').checked = true;
}

function choose(recording) {
  const files = new DataTransfer();
  files.items.add(recording.file);
  input.files = files.files;
  chosen = recording;
  chooseAudio();
}

// What a form says that was sent back: a file is to be chosen again. Here it need not be.
function clearWrong() {
  part("file-wrong")?.remove();
  document.querySelector('#error-summary a[href="#file"]')?.closest("li").remove();
  input.closest(".field").classList.remove("field-wrong");
}

function use(recording) {
  choose(recording);
  clearWrong();
  tell(say("Bản “{1}” đã sẵn trong bài. Xem lại các ô khác rồi bấm Nghe thử.", recording.name));
}

// Resolves with whether the person gives it up; until then it stays.
function offer(recording, text, drop = say("Bỏ bản này")) {
  tell(text);
  part("recorder-drop").textContent = drop;
  part("recorder-kept").hidden = false;
  return new Promise((resolve) => {
    const answered = (dropped) => {
      part("recorder-kept").hidden = true;
      if (!dropped) use(recording);
      resolve(dropped);
    };
    part("recorder-use").onclick = () => answered(false);
    part("recorder-drop").onclick = () => answered(true);
  });
}

async function drop(recording) {
  if (chosen?.shelf === recording.shelf) {
    input.value = "";
    chosen = null;
  }
  await forget(recording);
}

async function offerOrDrop(recording, text) {
  if (!(await offer(recording, text))) return;
  await drop(recording);
  panel.hidden = true;
}

async function microphone() {
  tell(say("Đang mở micrô…"));
  try {
    return await opened();
  } catch (error) {
    tell(
      error.name === "NotAllowedError"
        ? say("Trình duyệt chưa cho dùng micrô. Bấm vào biểu tượng ổ khóa cạnh địa chỉ trang, cho phép micrô, rồi bấm Ghi âm lần nữa.")
        : say("Không mở được micrô. Hãy kiểm tra micrô có bị ứng dụng khác dùng không, hoặc chọn tệp âm thanh."),
    );
    return null;
  }
}

// What is seen while it records; resolves with whether the person ended it, or it broke off.
async function shown(loudness, broken) {
  part("recorder-live").hidden = false;
  const stop = part("recorder-stop");
  stop.focus();
  const began = performance.now();
  let heard = began;
  const show = () => {
    const now = performance.now();
    const level = loudness.now();
    if (level > QUIET) heard = now;
    part("recorder-time").textContent = clock((now - began) / 1000);
    part("recorder-level").value = level;
    const quiet = now - heard > QUIET_S * 1000;
    tell(quiet ? say("Chưa nghe thấy tiếng. Hãy nói gần máy hơn.") : say("Đang ghi. Nói xong thì bấm Dừng."));
    if (now - began > LONGEST_S * 1000) stop.click();
  };
  const drawn = setInterval(show, 100);
  const stopped = new Promise((resolve) => (stop.onclick = () => resolve(true)));
  const whole = await Promise.race([stopped, broken]);
  clearInterval(drawn);
  return whole;
}

// One recording; an earlier one that was not sent goes only when the person says so.
async function takeOne() {
  const before = chosen ?? (await kept(person).catch(() => null));
  const loss = say("Ghi bản mới thì bản “{1}” chưa gửi sẽ mất.", before?.name);
  if (before && !(await offer(before, loss, say("Bỏ bản này, ghi bản mới")))) return;
  const stream = await microphone();
  if (!stream) return;
  if (before) await drop(before);
  chooseAudio();
  const type = Object.keys(FORMATS).find((each) => MediaRecorder.isTypeSupported(each));
  const recording = { shelf: shelfFor(person), name: nameOf(type), form: action };
  const { whole, stored, file } = await recorded(stream, recording, type, shown);
  if (!stored) await drop(recording); // a part of it must not pass for all of it
  await handle({ ...recording, file }, whole, stored);
}

async function handle(recording, whole, stored) {
  const { name, file } = recording;
  if (!stored) {
    part("recorder-save").href = URL.createObjectURL(file);
    part("recorder-save").download = name;
  }
  part("recorder-save").hidden = stored;
  if (!file.size) {
    tell(say("Không ghi được tiếng nào. Hãy bấm Ghi âm lần nữa, hoặc chọn tệp âm thanh."));
  } else if (!whole) {
    offerOrDrop(recording, say("Ghi âm bị ngắt giữa chừng. Phần đã ghi vẫn còn: bản “{1}”.", name));
  } else if (!stored) {
    choose(recording);
    tell(say("Trình duyệt không giữ được bản vừa ghi: nó chỉ còn trong trang này. Hãy lưu tệp vào máy, xem lại các ô khác rồi bấm Nghe thử."));
  } else {
    tell(say("Đã ghi xong, đang gửi…"));
    choose(recording);
    form.requestSubmit(form.querySelector('[name="then"][value="listen"]'));
  }
}

async function record() {
  button.disabled = true; // a second tap would open a second recorder
  try {
    await takeOne();
  } catch {
    tell(say("Không ghi được: trình duyệt báo lỗi. Hãy bấm Ghi âm lần nữa, hoặc chọn tệp âm thanh."));
  } finally {
    part("recorder-live").hidden = true;
    button.disabled = false;
  }
}

// A recording that the server has not taken: taken up again by itself on the very page that
// answers its sending, offered anywhere else.
async function resume() {
  const answered = sent();
  await tidy();
  const before = await kept(person);
  if (!before) return;
  if (before.name === input.dataset.original) return void forget(before);
  const here = before.form === action;
  if (here && "answers" in panel.dataset && before.shelf === answered) return use(before);
  const where = here ? "" : say(" ghi ở một bài khác");
  offerOrDrop(before, say("Còn bản “{1}”{2} chưa gửi được.", before.name, where));
}

// Browsers offer a microphone to pages over HTTPS only.
if (button && navigator.mediaDevices && window.MediaRecorder && window.caches) {
  button.hidden = false;
  button.addEventListener("click", record);
  input.addEventListener("change", () => (chosen = null));
  form.addEventListener("submit", () => chosen && sending(chosen));
  resume().catch(() => null); // a private window keeps nothing
}
