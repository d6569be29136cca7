/** The schema of a mapping by hand as a browser may send it, and as it is remembered. */
import * as v from 'valibot';
import { columnRoles, mappingLimits, type Mapping } from '#domain/mapping.ts';
import { list, text } from './sheet.ts';

const row = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(mappingLimits.headerRows));
const year = v.pipe(v.number(), v.integer(), v.minValue(1900), v.maxValue(2200));

const mappingSchema = v.strictObject({
  headerFrom: row,
  dataFrom: row,
  columns: list(
    v.strictObject({
      role: v.nullable(v.picklist(columnRoles)),
      year: v.nullable(v.union([year, v.literal('当初')])),
    }),
    mappingLimits.columns,
  ),
}) satisfies v.GenericSchema<unknown, Mapping>;

/** What is kept for the next file: the captions as a key, the mapping, the file it came from. */
export type KeptMapping = {
  readonly fingerprint: string;
  readonly mapping: Mapping;
  readonly name: string;
};
export const keptMappingSchema = v.strictObject({
  fingerprint: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
  mapping: mappingSchema,
  name: text(200),
}) satisfies v.GenericSchema<unknown, KeptMapping>;
