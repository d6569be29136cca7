/** Settings of the installation: a few texts under fixed keys. */
import { sql, type Tx } from './database.ts';

/** `template`: the office's own Word template; `mappings`: columns named by hand; both as JSON. */
export type SettingKey = 'municipality' | 'template' | 'mappings';

export const findSetting = (tx: Pick<Tx, 'first'>, key: SettingKey): string | undefined =>
  tx.first(sql.selectFrom('setting').select('value').where('key', '=', key))?.value;

export function putSetting(tx: Tx, key: SettingKey, value: string): void {
  tx.run(
    sql
      .insertInto('setting')
      .values({ key, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value })),
  );
}

export function dropSetting(tx: Tx, key: SettingKey): void {
  tx.run(sql.deleteFrom('setting').where('key', '=', key));
}
