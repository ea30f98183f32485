/**
 * Links claims and passages on a document page: pointing at one lights up the other; choosing a claim scrolls to its
 * passage without loading the page again. Arrow keys move through the claims.
 */
export function linkEvidence(desk: HTMLElement): void {
  const claims = [...desk.querySelectorAll<HTMLElement>("[data-claim]")];
  const marks = [...desk.querySelectorAll<HTMLElement>("mark[data-claims]")];

  const light = (ids: ReadonlySet<string>): void => {
    for (const claim of claims) claim.classList.toggle("lit", ids.has(claim.dataset["claim"] ?? ""));
    for (const mark of marks) mark.classList.toggle("lit", idsOf(mark).some((id) => ids.has(id)));
  };

  const choose = (id: string): void => {
    for (const claim of claims) claim.classList.toggle("focus", claim.dataset["claim"] === id);
    for (const mark of marks) mark.classList.toggle("focus", idsOf(mark).includes(id));
    marks.find((mark) => idsOf(mark).includes(id))?.scrollIntoView({ block: "center", behavior: "smooth" });
    history.replaceState(null, "", `?claim=${encodeURIComponent(id)}#e-${id}`);
  };

  for (const claim of claims) {
    const id = claim.dataset["claim"] ?? "";
    claim.addEventListener("pointerenter", () => light(new Set([id])));
    claim.addEventListener("pointerleave", () => light(new Set()));
    claim.querySelector("a.says")?.addEventListener("click", (event) => {
      event.preventDefault();
      choose(id);
    });
  }
  for (const mark of marks) {
    mark.addEventListener("pointerenter", () => light(new Set(idsOf(mark))));
    mark.addEventListener("pointerleave", () => light(new Set()));
    mark.addEventListener("click", () => {
      const first = claims.find((claim) => idsOf(mark).includes(claim.dataset["claim"] ?? ""));
      first?.scrollIntoView({ block: "nearest", behavior: "smooth" });
    });
  }
  desk.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const links = claims.map((claim) => claim.querySelector<HTMLElement>("a.says"));
    const at = links.findIndex((link) => link === document.activeElement);
    if (at < 0) return;
    const next = links[at + (event.key === "ArrowDown" ? 1 : -1)];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });
}

function idsOf(mark: HTMLElement): string[] {
  return (mark.dataset["claims"] ?? "").split(" ").filter((id) => id !== "");
}
