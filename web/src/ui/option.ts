/** One of several things to pick. */
export interface Option {
  readonly id: string;
  readonly label: string;
  /** Beside the label, in small letters. */
  readonly detail?: string;
  /** Below the label: why one may not want it. */
  readonly note?: string;
  readonly isDisabled?: boolean;
}
