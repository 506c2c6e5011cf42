// Search as you type: completes the last word from words that stand in the documents. Without it the form works the same.
const box = document.getElementById("ask");
const list = document.getElementById("words");
let asked = 0;

box.addEventListener("input", async () => {
  const turn = ++asked;
  const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(box.value)}`);
  const { words } = await answer.json();
  if (turn === asked) {
    list.replaceChildren(...words.map((word) => new Option(word, word)));
  }
});
