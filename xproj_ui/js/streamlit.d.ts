/** What Streamlit calls a component's default export with. */
export interface Component<Data> {
  parentElement: ShadowRoot;
  data: Data;
  setStateValue(name: string, value: unknown): void;
  setTriggerValue(name: string, value: unknown): void;
}
