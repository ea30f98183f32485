/** A filter form is sent as soon as a choice is made; text fields still wait for Enter. */
export function submitOnChange(form: HTMLElement): void {
  form.addEventListener("change", (event) => {
    const field = event.target;
    if (field instanceof HTMLSelectElement) field.form?.requestSubmit();
  });
}
