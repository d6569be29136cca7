/** How long a draft of opinions may be; the page stops there and the server refuses more. */
export const DRAFT_LENGTH = 4_000;
