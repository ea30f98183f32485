/**
 * Filters and pages of a list change the list alone: htmx fetches the page that the link or form leads to, takes the part
 * out of it and keeps the address. It finds its elements itself, in new parts too; nothing is left to do for each.
 */
import "htmx.org";

export function exchangeParts(_element: HTMLElement): void {}
