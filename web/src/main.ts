/** What scripts add to pages that are complete without them. */

import "./style.css";
import { linkEvidence } from "./evidence";
import { submitOnChange } from "./filters";

for (const desk of document.querySelectorAll<HTMLElement>("[data-evidence]")) linkEvidence(desk);
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-submit-on-change]")) submitOnChange(form);
