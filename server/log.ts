/** One JSON object a line, with ids and codes and never content. */

export type Log = {
  info(event: string, fields?: Fields): void;
  error(event: string, error: unknown, fields?: Fields): void;
};
type Fields = Readonly<Record<string, string | number | boolean>>;

/** @param write where a line goes; standard error in production, so that standard output is free */
export function createLog(write: (line: string) => void, clock: () => number): Log {
  const line = (level: string, event: string, fields: Fields) => {
    write(JSON.stringify({ at: new Date(clock()).toISOString(), level, event, ...fields }));
  };
  return {
    info: (event, fields = {}) => line('info', event, fields),
    // The message of an error may quote content, so only its kind and place go into the log.
    error: (event, error, fields = {}) =>
      line('error', event, {
        ...fields,
        kind: error instanceof Error ? error.name : typeof error,
        at_code: error instanceof Error ? (error.stack?.split('\n')[1]?.trim() ?? '') : '',
      }),
  };
}
