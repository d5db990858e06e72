// What the microphone hears from one tap to the next: a file, whatever befalls it on the way.

import { keep } from "./kept_recording.js";
import { Loudness } from "./loudness.js";

const BIT_RATE = 64_000; // of speech, both ways above what is broadcast
const PART_MS = 5_000; // at most so much is lost with a browser that crashes

// Raises what getUserMedia does.
export const opened = () =>
  navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: false, channelCount: 1 } });

// `watch(loudness, broken)` resolves when the recording is to end; `broken` does when it ended by
// itself. The parts stay in memory too: `stored` says whether the shelf of the browser took all.
export async function recorded(stream, recording, type, watch) {
  const parts = [];
  let awake, loudness;
  let stored = Promise.resolve(true);
  try {
    const recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: BIT_RATE });
    recorder.addEventListener("dataavailable", ({ data }) => {
      if (!data.size) return;
      parts.push(data);
      stored = stored.then((all) => all && keep(data, recording).then(() => true, () => false));
    });
    const ended = new Promise((resolve) => recorder.addEventListener("stop", resolve));
    const stop = () => recorder.state !== "inactive" && recorder.stop();
    recorder.addEventListener("error", stop); // a microphone that is pulled out stops it too
    awake = await navigator.wakeLock?.request("screen").catch(() => null);
    loudness = new Loudness(stream);
    recorder.start(PART_MS);
    const whole = await watch(loudness, ended.then(() => false));
    stop();
    await ended;
    return { whole, stored: await stored, file: new File(parts, recording.name, { type }) };
  } finally {
    for (const track of stream.getTracks()) track.stop();
    loudness?.close();
    awake?.release();
  }
}
