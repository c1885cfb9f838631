/** When it happened, as claimed. */
export interface Occurred {
  readonly edtf: string;
  readonly zone?: string;
}

export interface SourceRef {
  readonly sourceId: string;
  readonly locator?: string;
}
