// Copies what is beside a button. Without script there is no button, and the text can be selected.
const status = document.getElementById("status");
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = button.previousElementSibling;
    let copied = true;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      const range = document.createRange();
      range.selectNodeContents(text);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      copied = document.execCommand("copy");
    }
    button.classList.toggle("done", copied);
    status.textContent = copied ? "Copied " + button.dataset.copy : "Selected; press Ctrl+C to copy";
    setTimeout(() => button.classList.remove("done"), 1500);
  });
}
