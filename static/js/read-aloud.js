// Reads a part of the page aloud with the browser's own voices, each passage in its own language.
const synth = window.speechSynthesis;
const base = (code) => code.toLowerCase().split(/[-_]/)[0];
const voiceOf = (code) => synth.getVoices().find((voice) => base(voice.lang) === base(code));
const LEFT_OUT = "form, nav, .no-print, .visually-hidden, [data-not-aloud]";

/** What can be read, in order: what is not seen, and what is there to press, is left out. */
function passages(part) {
  return [...part.querySelectorAll("h1, h2, h3, p, li, dt, dd")]
    .filter((node) => node.offsetParent && !node.closest(LEFT_OUT) && !node.querySelector("p, li, dt, dd"))
    .map((node) => ({ text: node.textContent.trim(), voice: voiceOf(node.closest("[lang]").lang) }))
    .filter(({ text, voice }) => text && voice);
}

function wire(button) {
  const part = document.querySelector(button.dataset.readAloud);
  const words = button.querySelector("span");
  const { start = words.textContent, stop } = button.dataset;
  const ended = () => (words.textContent = start);
  button.addEventListener("click", () => {
    const goesOn = words.textContent === stop;
    synth.cancel();
    ended();
    if (goesOn) return;
    words.textContent = stop;
    for (const { text, voice } of passages(part)) {
      const speech = new SpeechSynthesisUtterance(text);
      speech.voice = voice;
      speech.lang = voice.lang;
      speech.onend = () => synth.pending || ended();
      synth.speak(speech);
    }
  });
  const show = () => (button.hidden = !passages(part).length);
  show();
  synth.addEventListener?.("voiceschanged", show);
}

if (synth) {
  document.querySelectorAll("[data-read-aloud]").forEach(wire);
  addEventListener("pagehide", () => synth.cancel());
}
