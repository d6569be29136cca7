/** Criteria and headings while they are being edited: the same shapes, open to change. */
import type { Criterion, Heading } from '#domain/meeting.ts';

type Open<Shape> = Shape extends string
  ? Shape
  : Shape extends readonly (infer Each)[]
    ? Open<Each>[]
    : { -readonly [Key in keyof Shape]: Open<Shape[Key]> };

export type CriterionDraft = Open<Criterion>;
export type HeadingDraft = Open<Heading>;

/** As many as the schema of the command takes. */
export const limits = { criteria: 6, options: 12, headings: 6 } as const;

export const copyOf = <Shape>(value: Shape): Open<Shape> => structuredClone(value) as Open<Shape>;
