/** Addresses of lists. Invariant: they use the filters of the list of incidents, and narrow the page's own filter. */

import { daysOf, type Place, type Span } from "./data";

/** The page's filter with a stretch of time. */
export function narrowed(query: string, span: Span | null): URLSearchParams {
  const asked = new URLSearchParams(query);
  asked.delete("page");
  if (span !== null) {
    const { since, until } = daysOf(span);
    // The page's own days stay where they are narrower.
    if (since > (asked.get("since") ?? "")) asked.set("since", since);
    const before = asked.get("until");
    if (before === null || before === "" || until < before) asked.set("until", until);
  }
  return asked;
}

/** The filter that keeps exactly the incidents known to be at a place. */
export function atPlace(query: string, place: Place, span: Span | null): URLSearchParams {
  const asked = narrowed(query, span);
  asked.set("known", place.level);
  if (place.country !== null) asked.set("country", place.country);
  if (place.level === "adm1" && place.admin1 !== null) asked.set("admin1", place.admin1);
  if (place.level !== "adm1" && place.latitude !== null) asked.set("at", `${place.latitude},${place.longitude}`);
  return asked;
}

/** What a place is called, in words that claim no more than is known. */
export function placeWords(place: Place): string {
  const names = [place.name, place.level === "adm1" ? null : place.admin1].filter((name, at, all) => name && all.indexOf(name) === at);
  const called = names.join(", ");
  if (place.level === "exact") return called;
  return place.level === "near" ? `near ${called}` : `somewhere in ${called}`;
}
