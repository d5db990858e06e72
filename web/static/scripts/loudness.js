// How loud the microphone hears: a number from 0 to 1, read as often as a screen is drawn.

const FLOOR_DB = -60;

export class Loudness {
  constructor(stream) {
    this.context = new AudioContext();
    this.hearing = this.context.createAnalyser();
    this.samples = new Float32Array(this.hearing.fftSize);
    this.context.createMediaStreamSource(stream).connect(this.hearing);
  }

  now() {
    this.hearing.getFloatTimeDomainData(this.samples);
    const power = this.samples.reduce((sum, each) => sum + each * each, 0) / this.samples.length;
    const db = 10 * Math.log10(power + 1e-12);
    return Math.max(0, Math.min(1, 1 - db / FLOOR_DB));
  }

  close() {
    this.context.close();
  }
}
