// A text to paste elsewhere: one press instead of selecting it. Without a script it is selected by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  const text = document.getElementById(button.dataset.copy);
  const said = document.querySelector("[data-copied]");
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.value);
    button.querySelector("span").textContent = said.textContent = button.dataset.done;
  });
}
