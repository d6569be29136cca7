/**
 * The SQLite of `better-sqlite3` in the same version on a simulated disk, behind as much of the face
 * of `better-sqlite3` as `server/db/database.ts` looks at: so the program's own code runs on it.
 */
import init from '@sqlite.org/sqlite-wasm';
import type Sqlite from 'better-sqlite3';
import type { Disk } from './disk.ts';

const { capi, config, oo1, vfs, wasm } = await init();
// It tells of every error besides throwing it.
config.warn = () => undefined;
type Connection = InstanceType<typeof oo1.DB>;
type Pointer = Parameters<typeof wasm.cstrToJs>[0];
/** What the types call the result of every method. */
type Bits = ReturnType<InstanceType<typeof capi.sqlite3_io_methods>['xDeviceCharacteristics']>;
type Bindable = number | string | bigint | Uint8Array | null;

const VFS = 'simulated';
const disks = new Map<string, Disk>();

/** Where SQLite finds a disk: paths below this one are files of it. */
export function mount(disk: Disk): string {
  const folder = `/${VFS}/${disks.size}/`;
  disks.set(folder, disk);
  return folder;
}

/**
 * For `vi.mock('better-sqlite3', simulated)`: files below a mounted disk are opened there, all others
 * by the real one.
 */
export async function simulated(original: () => Promise<unknown>) {
  const { default: Native } = (await original()) as { readonly default: typeof Sqlite };
  function open(file: string, options?: Sqlite.Options) {
    return file.startsWith(`/${VFS}/`) ? new SimulatedSqlite(file) : new Native(file, options);
  }
  return { default: open };
}

type Place = { readonly disk: Disk; readonly name: string };

function placeOf(path: Pointer): Place {
  const [, folder = '', name = ''] = /^(\/\w+\/\d+\/)(.*)$/.exec(wasm.cstrToJs(path) ?? '') ?? [];
  const disk = disks.get(folder);
  if (!disk) throw new Error(`no disk for ${folder}`);
  return { disk, name };
}

install();

function install(): void {
  const open = new Map<Pointer, Place>();
  /** Logs whose place in the folder is not safe yet: their first sync makes it so, as on Unix. */
  const fresh = new Set<Pointer>();
  const opened = (file: Pointer): Place => {
    const place = open.get(file);
    if (!place) throw new Error('a file that is not open');
    return place;
  };
  const io = new capi.sqlite3_io_methods();
  Object.assign(io, { $iVersion: 1 });
  const system = new capi.sqlite3_vfs();
  const real = new capi.sqlite3_vfs(capi.sqlite3_vfs_find(null));
  Object.assign(system, {
    $iVersion: 1,
    $szOsFile: 8, // a pointer to the methods
    $mxPathname: 512,
  });
  for (const name of ['$xRandomness', '$xSleep', '$xCurrentTime'] as const) {
    Object.assign(system, { [name]: (real as unknown as Record<string, Pointer>)[name] });
  }
  vfs.installVfs({
    io: {
      struct: io,
      methods: {
        xClose: (file) => {
          open.delete(file);
          return 0;
        },
        xRead(file, target, length, at) {
          const { disk, name } = opened(file);
          const bytes = disk.read(name, Number(at), length);
          const heap = wasm.heap8u();
          heap.set(bytes, Number(target));
          if (bytes.length === length) return 0;
          heap.fill(0, Number(target) + bytes.length, Number(target) + length);
          return capi.SQLITE_IOERR_SHORT_READ;
        },
        xWrite(file, source, length, at) {
          const { disk, name } = opened(file);
          const bytes = wasm.heap8u().slice(Number(source), Number(source) + length);
          return disk.write(name, Number(at), bytes) ? 0 : capi.SQLITE_FULL;
        },
        xTruncate(file, size) {
          const { disk, name } = opened(file);
          disk.truncate(name, Number(size));
          return 0;
        },
        xSync(file) {
          const { disk, name } = opened(file);
          if (!disk.sync(name)) return capi.SQLITE_IOERR_FSYNC;
          if (fresh.delete(file)) disk.syncFolder();
          return 0;
        },
        xFileSize(file, target) {
          const { disk, name } = opened(file);
          wasm.poke64(target, BigInt(disk.size(name)));
          return 0;
        },
        // One connection at a time, as in the program.
        xLock: () => 0,
        xUnlock: () => 0,
        xCheckReservedLock(_, target) {
          wasm.poke32(target, 0);
          return 0;
        },
        xFileControl: () => capi.SQLITE_NOTFOUND,
        // What the native one says of every disk, so that it writes the same.
        xDeviceCharacteristics: () => Number(capi.SQLITE_IOCAP_POWERSAFE_OVERWRITE) as Bits,
      },
    },
    vfs: {
      struct: system,
      name: VFS,
      methods: {
        xOpen(_, path, file, flags, outFlags) {
          const place = placeOf(path);
          place.disk.open(place.name);
          open.set(file, place);
          if (flags & (capi.SQLITE_OPEN_WAL | capi.SQLITE_OPEN_MAIN_JOURNAL)) fresh.add(file);
          new capi.sqlite3_file(file).$pMethods = io.pointer;
          if (outFlags) wasm.poke32(outFlags, flags);
          return 0;
        },
        xDelete(_, path, syncFolder) {
          const { disk, name } = placeOf(path);
          disk.remove(name);
          if (syncFolder) disk.syncFolder();
          return 0;
        },
        xAccess(_, path, __, target) {
          const { disk, name } = placeOf(path);
          wasm.poke32(target, disk.has(name) ? 1 : 0);
          return 0;
        },
        xFullPathname(_, name, length, target) {
          return wasm.cstrncpy(target, name, length) < length ? 0 : capi.SQLITE_CANTOPEN;
        },
        xGetLastError: () => undefined,
      },
    },
  });
}

/** SQLite's error under the name `better-sqlite3` gives it. */
function named<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Error) || !('resultCode' in error)) throw error;
    const code = capi.sqlite3_js_rc_str(Number(error.resultCode));
    throw Object.assign(new Error(error.message, { cause: error }), { code });
  }
}

class SimulatedSqlite {
  readonly #connection: Connection;
  #isOpen = true;

  constructor(file: string) {
    this.#connection = named(() => new oo1.DB({ filename: file, flags: 'c', vfs: VFS }));
    // Without shared memory a write-ahead log wants the file for itself. The others are the
    // defaults of `better-sqlite3`.
    for (const setting of ['locking_mode = EXCLUSIVE', 'page_size = 4096', 'synchronous = NORMAL'])
      this.pragma(setting);
  }

  get open(): boolean {
    return this.#isOpen;
  }

  get inTransaction(): boolean {
    return capi.sqlite3_get_autocommit(this.#connection) === 0;
  }

  exec(text: string): void {
    named(() => this.#connection.exec(text));
  }

  pragma(text: string, options: { readonly simple?: boolean } = {}): unknown {
    const rows = this.prepare(`pragma ${text}`).all();
    return options.simple === true ? Object.values(rows[0] ?? {})[0] : rows;
  }

  prepare(text: string) {
    const rows = (values: readonly unknown[]) =>
      named(() =>
        this.#connection.exec(text, {
          ...(values.length > 0 && { bind: values.map(bindable) }),
          rowMode: 'object',
          returnValue: 'resultRows',
        }),
      ).map(asNative);
    return {
      all: (...values: unknown[]) => rows(values),
      get: (...values: unknown[]) => rows(values)[0],
      run: (...values: unknown[]) => {
        rows(values);
        return { changes: capi.sqlite3_changes(this.#connection) };
      },
      pluck: () => ({ get: () => Object.values(rows([])[0] ?? {})[0] }),
    };
  }

  transaction<Parameters extends readonly unknown[], Result>(
    work: (...parameters: Parameters) => Result,
  ) {
    const run = (...parameters: Parameters): Result => {
      this.exec('begin immediate');
      try {
        const result = work(...parameters);
        this.exec('commit');
        return result;
      } catch (error) {
        if (this.inTransaction) this.exec('rollback');
        throw error;
      }
    };
    return Object.assign(run, { immediate: run });
  }

  close(): void {
    this.#isOpen = false;
    this.#connection.close();
  }
}

function bindable(value: unknown): Bindable {
  return value instanceof Uint8Array || typeof value !== 'boolean'
    ? (value as Bindable)
    : Number(value);
}

function asNative(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const pairs = Object.entries(row).map(([key, value]) => [
    key,
    value instanceof Uint8Array ? Buffer.from(value) : value,
  ]);
  return Object.fromEntries(pairs) as Record<string, unknown>;
}
