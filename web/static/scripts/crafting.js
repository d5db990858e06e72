// The second voice is offered when the text has questions and answers, and only then.

const ANSWER = /^\s*(đáp|trả lời|câu trả lời)[^:\n]{0,20}:/im; // the lines that tts.turns knows

const text = document.getElementById("text");
const offered = [...document.querySelectorAll(".for-answers")];

function offer() {
  const answers = ANSWER.test(text.value) || document.getElementById("answer_voice").value;
  for (const part of offered) part.hidden = !answers;
}

if (text) {
  text.addEventListener("input", offer);
  offer();
}
