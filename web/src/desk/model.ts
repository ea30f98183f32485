/** What the parts of the desk share: where it is, and which claim is open. */
export interface Desk {
  readonly root: HTMLElement;
  readonly text: HTMLElement;
  readonly document: string;
  readonly coding: string | null;
  current(): HTMLElement | null;
  form(): HTMLFormElement | null;
  open(claim: HTMLElement): Promise<void>;
  openNew(kind: string): Promise<void>;
  step(by: 1 | -1): void;
}
