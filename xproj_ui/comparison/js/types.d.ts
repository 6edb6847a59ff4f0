import type { LinkView, MatrixView, Payload, SpanView } from "../../js/payload";

export type View = Payload["view"];

/** What an element of the drawing stands for; a place is a column, a row and a token. */
export interface Ref {
  column?: number;
  row?: number;
  token?: number;
  span?: SpanView;
  entity?: string | null;
  hop?: number;
  link?: LinkView;
  target?: boolean;
  track?: number;
  heat?: HeatField;
}

/** A matrix on the screen. */
export interface HeatField {
  field: SVGSVGElement;
  column: number;
  matrix: MatrixView;
  scores: Map<number, number>;
  size: number;
  n: number;
  m: number;
  cursor: SVGRectElement;
  x: (j: number) => number;
  rtl: boolean;
}

export type Marked = HTMLElement & { xp: Ref };

/** A line between tokens of two neighbouring rows. */
export interface Ribbon {
  line: SVGPathElement;
  hit?: SVGPathElement;
  hop: number;
  from: [number, number];
  to: [number, number];
}

/** Sets of tokens, one for each row of a column. */
export type Rows = Set<number>[];

/** What is lit: tokens of each column's rows, and of the target line. */
export interface Lit {
  columns: (Rows | null)[];
  target: Set<number>;
}

export interface Edges {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Everything that one drawing knows. */
export interface App {
  root: HTMLElement;
  data: Payload;
  digest: string | null;
  view: View;
  selected: string | null;
  /** What is lit up, as one string; null for nothing. */
  lit: string | null;
  ref: Ref | null;
  matrix: Record<string, number>;
  /** What Python was told and has not repeated yet, and what it said last. */
  told: Record<string, (string | null)[]>;
  heard: Record<string, string | null>;
  ahead: boolean;
  parts: Record<"tracks" | "bar" | "columns" | "why", HTMLElement>;
  watch: HTMLElement;
  lines: HTMLElement | null;
  /** The width for which the lines were laid. */
  laid: number | null;
  rows: Marked[][][];
  boxes: Marked[][][];
  ribbons: Ribbon[][];
  places: ((() => () => void) | null)[];
  bodies: HTMLElement[];
  readouts: { node: HTMLElement; help: string }[];
  listening: AbortController;
  observer: ResizeObserver;
  state: (name: string, value: unknown) => void;
  trigger: (name: string, value: unknown) => void;
}
