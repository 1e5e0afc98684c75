/** An entry of a menu: something to do, or a line between groups. */
export type MenuItem =
  | 'line'
  | {
      readonly label: string;
      readonly keys?: string | undefined;
      readonly tone?: 'danger';
      readonly isChecked?: boolean;
      readonly isDisabled?: boolean;
      readonly run: () => void;
    };
