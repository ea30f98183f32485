/** Under a choice of the codebook stands what the chosen word means. */
export function explainChoices(form: HTMLFormElement): void {
  form.addEventListener("change", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLSelectElement)) return;
    const words = field.selectedOptions[0]?.dataset["help"] ?? "";
    const set = field.closest("fieldset");
    if (!set || (words === "" && !set.querySelector(".help"))) return;
    let help = set.querySelector<HTMLElement>(".help");
    if (!help) {
      help = document.createElement("p");
      help.className = "help";
      set.append(help);
    }
    help.textContent = words;
  });
}
