import type {
  Arguments,
  Done,
  EditorPayload,
  Nothing,
  ReviewLink,
  ReviewOffer,
  ReviewSpan,
  SentencePayload,
  TrackSpan,
} from "../../js/payload";

export type Side = ReviewSpan["side"];
export type Status = ReviewSpan["status"];
export type Step = "next" | "previous";
export type Pair = [number, number];

/** What a command changes of a sentence. */
export type ReviewDocument = Pick<
  SentencePayload,
  "source" | "target" | "spans" | "links" | "labels" | "done" | "offer"
>;

/** Everything that is sent, by operation, with its arguments. */
export interface Commands extends Omit<Arguments, "adopt" | "done"> {
  done: Done & { go?: Step };
  go: { to: Step };
  load: Nothing;
}
export type Op = keyof Commands;

/** Operations whose outcome the browser knows at once; of the others only the server does. */
export type StepOp = Exclude<keyof Arguments, "retext" | "adopt" | "undo" | "redo">;
export type Steps = {
  [K in StepOp]: (
    document: ReviewDocument,
    args: Arguments[K],
    by: string,
    id: string,
  ) => ReviewDocument | null;
};

/** A command that waits or is on its way. */
export type Entry = {
  [K in Op]: { id: string; op: K; args: Commands[K]; item: string; base: number | null };
}[Op];

/** A command as the server gets it. */
export interface Flight {
  id: string;
  item: string;
  base_revision: number;
  op: Op;
  args: Commands[Op];
}

/** `pending` until the server has taken what changed it. */
export interface DrawnSpan extends ReviewSpan {
  pending: boolean;
  lane: number;
}
export interface DrawnLink extends ReviewLink {
  pending: boolean;
}

/** The document as it will be; `renewing` while the server looks whether an offer still holds. */
export interface Preview {
  spans: DrawnSpan[];
  links: DrawnLink[];
  done: boolean;
  offer: ReviewOffer | null;
  renewing: boolean;
}

export interface Words {
  side: Side;
  start: number;
  end: number;
}

export type Selection =
  | { kind: "span"; id: string }
  | { kind: "link"; source: number; target: number }
  | { kind: "tokens"; side: Side; anchor: number; head: number; range?: boolean };
export type TokenSelection = Extract<Selection, { kind: "tokens" }>;

/** What an element of the editor stands for. */
export interface Ref {
  side?: Side;
  token?: number;
  end?: number;
  span?: DrawnSpan;
  link?: DrawnLink;
  track?: TrackSpan;
}
export type Marked<Node extends Element = HTMLElement> = Node & { xp: Ref };

export type Drag =
  | { kind: "resize"; id: string; side: Side; edge: string; start: number; end: number }
  | { kind: "words"; side: Side; from: number; head: number }
  | { kind: "press"; id: string };

export interface Rib {
  link: DrawnLink;
  line: SVGPathElement;
  full?: SVGPathElement;
}

export interface Lit {
  source: Set<number>;
  target: Set<number>;
  links: Set<DrawnLink>;
  spans: Set<string>;
}

/** A pair of lines: from, to of the source, from, to of the target. */
export type LinePair = [number, number, number, number];

/** What waits for the server, and what it has said. */
export interface Traffic {
  data: EditorPayload;
  served: EditorPayload;
  session: string;
  count: number;
  queue: Entry[];
  flight: Flight | null;
  /** Ids of spans that the server has named, by the command that made them. */
  made: Record<string, string>;
  guess: { item: string; by: string } | null;
  unsaved: number;
  problem: string | null;
  told: string | null;
  lastSaved: string | null;
  tries: number;
  leaving: boolean;
  timer?: ReturnType<typeof setTimeout>;
  root: { isConnected: boolean };
  trigger: (name: string, value: unknown) => void;
  draw(): void;
  drawBar(): void;
  show(data: EditorPayload): void;
  say(text: string): null;
}

/** What somebody has chosen of what is shown. */
export interface Chosen {
  data: EditorPayload;
  view: Preview;
  sel: Selection | null;
  made: Record<string, string>;
  linking: Words | null;
}

/** Everything that one editor knows. */
export interface App extends Traffic, Chosen {
  root: HTMLElement;
  parts: Record<
    "bar" | "notice" | "text" | "score" | "inspector" | "menu" | "live",
    HTMLElement
  > & {
    help: HTMLDialogElement;
  };
  fresh: boolean;
  menu: boolean;
  edge: "start" | "end";
  hover: Ref | null;
  drag: Drag | null;
  swallow: boolean;
  retext: Side | null;
  /** Whether other systems' labels are shown; undefined as long as nobody has chosen. */
  tracks: boolean | undefined;
  tok: Record<Side, (Marked | undefined)[]>;
  bars: { node: Marked<HTMLButtonElement>; span: DrawnSpan }[];
  ribs: Rib[];
  lines: LinePair[];
  breaks: LinePair[];
  measure: { key: string; source: number[]; target: number[] } | null;
  watch: HTMLElement;
  listening: AbortController;
  observer: ResizeObserver;
  choose(sel: Selection | null): void;
  refocus(): void;
}
