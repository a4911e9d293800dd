import type { HouseholdMember } from './household.js';

/** Whether somebody may use torrents: administrators always, children and accounts with an age limit never. Pure. */
export function mayUse(person: HouseholdMember | undefined, isAllowed: boolean): boolean {
  if (!person || person.disabled) return false;
  if (person.role === 'admin') return true;
  return person.role === 'member' && !person.limited && isAllowed;
}
