/** Whether a word that came over the wire is a role we have a name for. */
import { roles, type Role } from '#domain/types.ts';

export const isRole = (value: string): value is Role => roles.some((role) => role === value);
