import { Injectable } from '@nestjs/common';

/** What time it is, in milliseconds since the epoch. Tests bring their own. */
@Injectable()
export class Clock {
  now(): number {
    return Date.now();
  }
}
