// What scripts say, in the language of the page: Vietnamese as written here, or what the page
// brings along for it (web/english/scripts.po).

const other = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

export function say(text, ...values) {
  return (other[text] ?? text).replace(/\{(\d+)\}/g, (_, number) => values[number - 1]);
}
