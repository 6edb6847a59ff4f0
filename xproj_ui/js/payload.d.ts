// Written by tools/browser_types.py from the types of the Python code: do not edit.

/** What became of a command. */
export interface Ack {
  id: string;
  ok: boolean;
  problem: string;
  made: string | null;
  told: string;
  at: string;
}

/** A label on words of one side; `id` is the service's choice, never the browser's. */
export interface AddSpan {
  side: "source" | "target";
  start: number;
  end: number;
  label: string;
  id?: string;
}

/** Spans and links of another layer; the service fills them in. */
export interface Adopt {
  layer?: string;
  id?: string;
  spans?: Record<string, unknown>[];
  links?: Record<string, unknown>[];
}

/** The sentences around this one, those that can be read. */
export interface Ahead {
  next?: SentencePayload;
  previous?: SentencePayload;
}

/** Two spans that belong together without any word being linked (markers). */
export interface BondView {
  source: [number, number];
  target: [number, number];
  label: string;
}

export interface CandidateView {
  start: number;
  end: number;
  text: string;
  linked: string;
  score: number;
  score_text: string;
  parts: [string, string][];
  verdict: string;
  chosen: boolean;
}

export interface ColumnView {
  method: string;
  title: string;
  route: string;
  count: string;
  problem: string | null;
  notes: string[];
  summary: Piece[];
  rows: RowView[];
  hops: HopView[];
  matrices: MatrixView[];
  why: WhyView[];
}

/** Somebody else changed the document meanwhile. */
export interface Conflict {
  by: string;
  at: string;
}

/** Finished, or open again. */
export interface Done {
  done?: boolean;
}

/** All that the browser gets. */
export interface EditorPayload {
  revision: number;
  done: boolean;
  read_only: boolean;
  source: EditorSide | null;
  target: EditorSide | null;
  spans: ReviewSpan[];
  links: ReviewLink[];
  tracks: ReviewTrack[];
  labels: string[];
  can_undo: boolean;
  can_redo: boolean;
  saved: string | null;
  offer: ReviewOffer | null;
  item: string;
  names: Names;
  colours: Record<string, [string, string]>;
  place: Place | null;
  annotator: string;
  cookie: string;
  keys: string[][];
  ack: Ack | null;
  conflict: Conflict | null;
  ahead: Ahead | null;
}

/** One sentence; `glue` stands between its words where they are shown in a row. */
export interface EditorSide {
  tokens: string[];
  language: string;
  dir: "ltr" | "rtl";
  text: string;
  glue: string;
}

/** What connects a row to the next. */
export interface HopView {
  links: LinkView[];
  bonds: BondView[];
}

/** A link between neighbouring rows; `label` when both ends are in entities of it. */
export interface LinkView {
  source: number;
  target: number;
  score: number;
  label: string | null;
}

/** A matrix over two rows of the column; cells that round to 0 are left out. */
export interface MatrixView {
  title: string;
  help: string;
  rows: number;
  columns: number;
  cells: [number, number, number][];
  links: [number, number][];
}

/** The names of the two languages; "" for a side that is not there. */
export interface Names {
  source: string;
  target: string;
}

/** A note on a span by its id, or on a link by its pair. */
export interface Note {
  span?: string;
  link?: [number, number];
  text?: string;
}

/** No arguments. */
export type Nothing = Record<string, never>;

/** A span as it would be. `from` is the source span that it was projected from. */
export interface OfferedSpan {
  origin: string;
  by: "method" | "person" | "import";
  score: number | null;
  status: "projected" | "accepted" | "corrected" | "rejected";
  editor: string;
  note: string;
  stale: boolean;
  from: string | null;
  id: string;
  side: "source" | "target";
  start: number;
  end: number;
  label: string;
}

/** What a method made of a gold entity, and the id of the explanation. */
export interface OutcomeView {
  title: string;
  entity: string;
  text: string;
  right: boolean;
}

/** A source token and a target token. */
export interface Pair {
  source: number;
  target: number;
}

/** A stage, or a loss. */
export interface Part {
  name: string;
  column: number;
  count: number;
  colours: [string, string] | null;
}

/** The whole drawing. `digest` changes when anything but view and selection does. */
export interface Payload {
  view: "ribbons" | "heat";
  selected: string | null;
  digest: string;
  closed: boolean;
  sentences: SentenceView[];
  target: number | null;
  disagreements: number[];
  differ: string;
  tracks: TrackView[];
  columns: ColumnView[];
  colours: Record<string, [string, string]>;
  step_colours: Record<string, [string, string]>;
}

/** A piece of a sentence, with its tone. */
export interface Piece {
  text: string;
  tone: "plain" | "good" | "bad";
}

/** Where the sentence stands in its queue. */
export interface Place {
  text: string;
  previous: boolean;
  next: boolean;
}

/** Another label for a span. */
export interface Relabel {
  id: string;
  label: string;
}

/** Other words for a span. */
export interface Resize {
  id: string;
  start: number;
  end: number;
}

/** Another text for one side. */
export interface Retext {
  side: "source" | "target";
  text: string;
}

/** A link from a source token to a target token; `possible` as opposed to sure. */
export interface ReviewLink {
  origin: string;
  by: "method" | "person" | "import";
  score: number | null;
  status: "projected" | "accepted" | "corrected" | "rejected";
  editor: string;
  note: string;
  stale: boolean;
  source: number;
  target: number;
  possible: boolean;
}

/** A re-projection to take or to leave: changed and new spans, and the ids of those to go. */
export interface ReviewOffer {
  projector: string;
  spans: OfferedSpan[];
  gone: string[];
  messages: string[];
}

/** A span; `lost` says why a source span landed nowhere. */
export interface ReviewSpan {
  origin: string;
  by: "method" | "person" | "import";
  score: number | null;
  status: "projected" | "accepted" | "corrected" | "rejected";
  editor: string;
  note: string;
  stale: boolean;
  from: string | null;
  id: string;
  side: "source" | "target";
  start: number;
  end: number;
  label: string;
  lost?: string | null;
}

/** Another system's entities on the target. */
export interface ReviewTrack {
  title: string;
  spans: TrackSpan[];
}

/** One sentence of a method's chain. `slot` None where it cannot be typed over. */
export interface RowView {
  sentence: number;
  name: string;
  origin: string;
  origin_title: string;
  slot: string | null;
  spans: SpanView[];
  lanes: number;
}

/** What differs from document to document. */
export interface SentencePayload {
  revision: number;
  done: boolean;
  read_only: boolean;
  source: EditorSide | null;
  target: EditorSide | null;
  spans: ReviewSpan[];
  links: ReviewLink[];
  tracks: ReviewTrack[];
  labels: string[];
  can_undo: boolean;
  can_redo: boolean;
  saved: string | null;
  offer: ReviewOffer | null;
  item: string;
  names: Names;
  colours: Record<string, [string, string]>;
  place: Place | null;
}

/** A sentence, stored once however many rows show it. */
export interface SentenceView {
  tokens: string[];
  language: string;
  dir: "ltr" | "rtl";
}

/** A sure link, or a possible one. */
export interface SetLink {
  source: number;
  target: number;
  possible?: boolean;
}

/** A status for spans by their ids and links by their pairs. */
export interface SetStatus {
  status: "projected" | "accepted" | "corrected" | "rejected";
  spans?: string[];
  links?: [number, number][];
}

/** The span that is meant. */
export interface SpanId {
  id: string;
}

/** A span in its lane. */
export interface SpanView {
  start: number;
  end: number;
  label: string;
  lane: number;
  kind: "entity" | "gold" | "via";
  entity: string | null;
  aria: string;
}

/** One step of the chain as an entity went through it. */
export interface StageView {
  step: string;
  name: string;
  state: "done" | "failed" | "open" | "absent";
  text: string;
}

/** A span of another system's. */
export interface TrackSpan {
  start: number;
  end: number;
  label: string;
}

/** A method's labels on the target line; `column` None for gold. */
export interface TrackView {
  title: string;
  column: number | null;
  spans: SpanView[];
  lanes: number;
  note: string;
}

/** Why one entity is where it is, or why it is nowhere. */
export interface WhyView {
  id: string;
  lost: boolean;
  label: string;
  text: string;
  question: string;
  opening: string;
  stages: StageView[];
  outcomes: OutcomeView[];
  facts: string;
  message: string;
  reason: string;
  rule: string;
  steps: string[];
  links: [string, string, string][];
  candidates: CandidateView[];
  more: number;
  best: number;
  source: [number, number] | null;
  source_row: number;
  target: [number, number] | null;
}

/** The arguments of every command of a review document, by operation. */
export interface Arguments {
  add_span: AddSpan;
  delete_span: SpanId;
  relabel: Relabel;
  resize: Resize;
  set_status: SetStatus;
  note: Note;
  link: SetLink;
  unlink: Pair;
  retext: Retext;
  take_offer: Nothing;
  keep: Nothing;
  adopt: Adopt;
  done: Done;
  undo: Nothing;
  redo: Nothing;
}
