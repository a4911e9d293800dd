import { monotonicFactory } from 'ulid';

const next = monotonicFactory();

/** A new opaque id (ULID): unique, URL-safe, and in the order of creation, so that it can break ties in keysets. */
export const newId = (): string => next();
