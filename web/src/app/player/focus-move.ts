import { nearestBox } from '../ui/spatial';
import type { Direction, FocusZone } from './keyboard-map';

/** Where the focus is, as the keyboard map understands it. */
export function zoneOf(target: EventTarget | null, stage: HTMLElement): FocusZone {
  if (!(target instanceof HTMLElement)) return 'surface';
  if (target.closest('[role=menu], dialog, [data-zone=own], input, select, textarea, pre')) return 'own';
  if (target.closest('[data-zone=seekBar]')) return 'seekBar';
  return target !== stage && target.closest('button, a[href], summary') ? 'control' : 'surface';
}

/** Moves the focus among what the player shows, as a remote’s arrow asks. False when there is nothing that way. */
export function moveFocus(stage: HTMLElement, from: HTMLElement, direction: Direction): boolean {
  const stops = [
    ...stage.querySelectorAll<HTMLElement>('a[href], button:not(:disabled), [role=slider], summary'),
  ].filter((stop) => stop !== from && stop.checkVisibility() && !stop.closest('[role=menu], dialog'));
  const boxes = stops.map((stop) => stop.getBoundingClientRect());
  const target = stops[nearestBox(from.getBoundingClientRect(), boxes, direction)];
  target?.focus();
  return target !== undefined;
}

/** Puts the focus on the control that is most likely wanted: what is being offered, else the first. */
export function focusFirst(stage: HTMLElement): void {
  const wanted = ['[data-offer]', '[data-first]']
    .flatMap((mark) => [...stage.querySelectorAll<HTMLElement>(mark)])
    .find((stop) => stop.checkVisibility());
  wanted?.focus();
}
