// Recording with the microphone of the phone: one tap begins, one ends, and the bulletin is sent.

import { forget, keep, kept } from "./kept_recording.js";
import { Loudness } from "./loudness.js";

const FORMATS = { "audio/webm;codecs=opus": "webm", "audio/mp4": "m4a" }; // Safari has the second
const BIT_RATE = 64_000; // of speech, both ways above what is broadcast
const LONGEST_S = 30 * 60; // 14 MB
const PART_MS = 5_000; // at most so much is lost with a browser that crashes
const QUIET = 0.25; // 15 dB over the floor: a room without a voice
const QUIET_S = 3;

const part = (name) => document.getElementById(name);
const button = part("record");
const panel = part("recorder");
const input = part("file");
const form = input?.form;

const clock = (s) => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, "0")}`;

function tell(text) {
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

function choose(file) {
  const chosen = new DataTransfer();
  chosen.items.add(file);
  input.files = chosen.files;
  chooseAudio();
}

// What a form says that was sent back: a file is to be chosen again. Here it need not be.
function clearWrong() {
  part("file-wrong")?.remove();
  document.querySelector('#error-summary a[href="#file"]')?.closest("li").remove();
  input.closest(".field").classList.remove("field-wrong");
}

async function microphone() {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: false, channelCount: 1 } });
  } catch (error) {
    tell(
      error.name === "NotAllowedError"
        ? "Trình duyệt chưa cho dùng micrô. Bấm vào biểu tượng ổ khóa cạnh địa chỉ trang, cho phép micrô, rồi bấm Ghi âm lần nữa."
        : "Không mở được micrô. Hãy kiểm tra micrô có bị ứng dụng khác dùng không, hoặc chọn tệp âm thanh.",
    );
    return null;
  }
}

// What is seen while it records; resolves when it is to end.
function until(stop, loudness) {
  const began = performance.now();
  let heard = began;
  return new Promise((resolve) => {
    const show = () => {
      const now = performance.now();
      const level = loudness.now();
      if (level > QUIET) heard = now;
      part("recorder-time").textContent = clock((now - began) / 1000);
      part("recorder-level").value = level;
      const quiet = now - heard > QUIET_S * 1000;
      tell(quiet ? "Chưa nghe thấy tiếng. Hãy nói gần máy hơn." : "Đang ghi. Nói xong thì bấm Dừng.");
      if (now - began > LONGEST_S * 1000) stop.click();
    };
    const drawn = setInterval(show, 100);
    stop.addEventListener("click", () => (clearInterval(drawn), resolve()), { once: true });
  });
}

async function record() {
  panel.hidden = false;
  tell("Đang mở micrô…");
  const stream = await microphone();
  if (!stream) return;
  await forget();
  chooseAudio();
  button.disabled = true;
  const mimeType = Object.keys(FORMATS).find((type) => MediaRecorder.isTypeSupported(type));
  const name = nameOf(mimeType);
  const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BIT_RATE });
  let stored = Promise.resolve();
  recorder.addEventListener("dataavailable", ({ data }) => {
    if (data.size) stored = stored.then(() => keep(data, name));
  });
  const ended = new Promise((resolve) => recorder.addEventListener("stop", resolve));
  const awake = await navigator.wakeLock?.request("screen").catch(() => null);
  const loudness = new Loudness(stream);
  recorder.start(PART_MS);
  part("recorder-live").hidden = false;
  part("recorder-stop").focus();
  await until(part("recorder-stop"), loudness);
  recorder.stop();
  await ended;
  await stored;
  for (const track of stream.getTracks()) track.stop();
  loudness.close();
  awake?.release();
  part("recorder-live").hidden = true;
  button.disabled = false;
  tell("Đã ghi xong, đang gửi…");
  choose(await kept());
  form.requestSubmit(form.querySelector('[name="then"][value="listen"]'));
}

// A recording that the server has not taken: taken up again by itself when the page came back with
// errors, offered otherwise.
async function resume() {
  const before = await kept();
  if (!before) return;
  if (before.name === input.dataset.original) return void forget();
  panel.hidden = false;
  tell(`Còn bản “${before.name}” chưa gửi được.`);
  const use = () => {
    choose(before);
    part("recorder-kept").hidden = true;
    clearWrong();
    tell(`Bản “${before.name}” đã sẵn trong bài. Sửa chỗ còn sai rồi bấm Nghe thử.`);
  };
  if (part("error-summary")) return use();
  part("recorder-kept").hidden = false;
  part("recorder-use").addEventListener("click", use);
  part("recorder-drop").addEventListener("click", async () => {
    await forget();
    panel.hidden = true;
  });
}

// Browsers offer a microphone to pages over HTTPS only.
if (button && navigator.mediaDevices && window.MediaRecorder && window.caches) {
  button.hidden = false;
  button.addEventListener("click", record);
  resume();
}
