/** A filter form is sent as soon as a choice is made; text fields still wait for Enter. */
export function submitOnChange(form: HTMLFormElement): void {
  form.addEventListener("change", (event) => {
    const field = event.target;
    if (field instanceof HTMLSelectElement) form.requestSubmit();
  });
}
