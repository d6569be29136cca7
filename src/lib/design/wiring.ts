/** What ties a control to its label, hint and error; `Field` makes it, the control spreads it. */
export type Wiring = {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': 'true' | undefined;
};
