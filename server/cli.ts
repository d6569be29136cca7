/**
 * `npm run -s kensho -- COMMAND`: what is done to the data folder from the keyboard. Exit 0 when it
 * is done, 1 when something does not fit or cannot be done, 2 when the command itself is not right.
 */
import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { resolve } from 'node:path';
import type { Inspection } from './control.ts';
import type { Check } from './doctor.ts';
import type { Settings } from './settings.ts';

const help = `npm run -s kensho -- COMMAND

  inspect FILE   評価の表を読み取り、内容をJSONで出します（- は標準入力） / what a table says, as JSON
  backup FILE    データベースの写しを作り、検証します（サーバーの動作中も可） / copy the database, verified
  restore FILE   写しを検証して戻します（サーバーの停止中のみ） / put a copy back while no server runs
  verify [--record FILE [--head HASH] [--count N]]
                 会議の記録を検証します / recompute the records, or an exported one
  doctor         データを点検します（何も変えません） / examine the data, change nothing
  help           この説明 / this text

DATA_DIR: データのフォルダー / the data folder (./data)
`;

// Half the time to inspect a file would go into reading our own sources again.
enableCompileCache();

type Command = (settings: () => Promise<Settings>, file: string) => Promise<number>;

// Each command loads its own part: to inspect a file no database library has to be there.
const commands: Readonly<Record<string, { readonly files: number; readonly run: Command }>> = {
  inspect: {
    files: 1,
    async run(_settings, file) {
      return (await import('./inspect.ts')).inspect(file);
    },
  },
  backup: {
    files: 1,
    async run(settings, file) {
      const { backUp } = await import('./backup.ts');
      await backUp(await settings(), file);
      say(`バックアップしました: ${file} / backed up and verified`);
      return 0;
    },
  },
  restore: {
    files: 1,
    async run(settings, file) {
      const { restore } = await import('./backup.ts');
      const kept = restore(await settings(), file, new Date());
      say(`復元しました。全員がもう一度サインインします / restored; everybody signs in again`);
      if (kept !== null) say(`前のデータ: ${kept} / the data of before`);
      return 0;
    },
  },
  doctor: {
    files: 0,
    async run(given) {
      const { Refusal } = await import('./backup.ts');
      const { tryLock } = await import('./db/lock.ts');
      const { examine } = await import('./doctor.ts');
      const settings = await given();
      if (!existsSync(settings.databaseFile)) {
        throw new Refusal(
          `データベースがありません / there is no database: ${settings.databaseFile}`,
        );
      }
      const lock = tryLock(settings.dataDir);
      lock?.release();
      let server: Inspection | undefined;
      if (!lock) {
        say('サーバー: 動作中 / a server is running');
        const { callControl } = await import('./control.ts');
        server = await callControl(settings.dataDir).inspect();
      }
      const checks = examine(settings.databaseFile, server, settings.keeping);
      for (const line of checks.flatMap(lines)) say(line);
      const wrong = checks.filter(({ found }) => found.length > 0).length;
      say(
        wrong === 0
          ? `異常なし（${checks.length}項目） / all ${checks.length} checks fit`
          : `異常: ${wrong}項目 / ${wrong} of ${checks.length} checks do not fit`,
      );
      return wrong === 0 ? 0 : 1;
    },
  },
};

/** As many places as fit on a screen; the rest are counted. */
const SHOWN = 20;

function lines({ ja, en, found }: Check): string[] {
  const more = found.length - SHOWN;
  return [
    `${found.length === 0 ? '正常 ok   ' : '異常 WRONG'} ${ja} / ${en}`,
    ...found.slice(0, SHOWN).map((where) => `    ${where}`),
    ...(more > 0 ? [`    ほか${more}件 / and ${more} more`] : []),
  ];
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

async function main(given: readonly string[]): Promise<number> {
  const [name = 'help', ...rest] = given;
  if (name === 'help' || name === '--help') {
    process.stdout.write(help);
    return 0;
  }
  if (name === 'verify') return verify(rest);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command || rest.length !== command.files || rest.some((each) => isOption(name, each))) {
    complain(
      command
        ? `引数が違います: ${name} / wrong arguments\n`
        : `知らないコマンドです: ${name} / unknown command\n`,
    );
    complain(help);
    return 2;
  }
  // npm runs scripts in the folder of the package; a file is named from where the person is.
  const from = process.env['INIT_CWD'] ?? process.cwd();
  const file = rest[0] === '-' ? '-' : resolve(from, rest[0] ?? '');
  const settings = async (): Promise<Settings> =>
    (await import('./settings.ts')).readSettings(process.env);
  try {
    return await command.run(settings, file);
  } catch (error) {
    const refused = name !== 'inspect' && error instanceof (await import('./backup.ts')).Refusal;
    complain(refused ? error.message : `できませんでした / failed: ${String(error)}`);
    return 1;
  }
}

/** Takes options where the others take a file. */
async function verify(given: readonly string[]): Promise<number> {
  const { readArguments, verify: run } = await import('./verify.ts');
  const options = readArguments(given);
  if (!options) {
    complain(`引数が違います: verify / wrong arguments\n`);
    complain(help);
    return 2;
  }
  const { readSettings } = await import('./settings.ts');
  try {
    return run(options, readSettings(process.env), process.env['INIT_CWD'] ?? process.cwd(), say);
  } catch (error) {
    const refused = error instanceof (await import('./backup.ts')).Refusal;
    complain(refused ? error.message : `できませんでした / failed: ${String(error)}`);
    return 1;
  }
}

/** `-` alone is standard input, and only to inspect. */
function isOption(name: string, argument: string): boolean {
  return argument.startsWith('-') && !(name === 'inspect' && argument === '-');
}

process.exitCode = await main(process.argv.slice(2));
