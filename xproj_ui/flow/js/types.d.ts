import type { Part } from "../../js/payload";

/** Everything that one flow knows. */
export interface App {
  root: HTMLElement;
  parts: Part[];
  total: number;
}
