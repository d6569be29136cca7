/** Settings of the installation: a few words under fixed keys. */
import { sql, type Tx } from './database.ts';

export type SettingKey = 'municipality';

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
