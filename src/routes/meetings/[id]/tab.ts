/** The parts of the room that take turns on a narrow screen. */
export const tabs = ['sheet', 'opinions', 'ballot', 'console'] as const;
export type Tab = (typeof tabs)[number];

/** Ids by which a tab and its panel know each other. */
export const tabNames: Readonly<Record<Tab, { readonly tab: string; readonly panel: string }>> = {
  sheet: { tab: 'tab-sheet', panel: 'panel-sheet' },
  opinions: { tab: 'tab-opinions', panel: 'panel-opinions' },
  ballot: { tab: 'tab-ballot', panel: 'panel-ballot' },
  console: { tab: 'tab-console', panel: 'panel-console' },
};
