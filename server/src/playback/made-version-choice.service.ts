import { Injectable } from '@nestjs/common';
import { DecisionService } from '../transcoding/decision/decision.service.js';
import { VersionsService } from './downloads/versions.service.js';
import type { Circumstances, PlayRequest } from './file-decision.service.js';
import type { PlayTarget } from './play-target.js';

/** Whoever would be sent a smaller picture gets the version that was made of it, where there is one: nothing is converted. */
@Injectable()
export class MadeVersionChoice {
  constructor(
    private readonly versions: VersionsService,
    private readonly decisions: DecisionService,
  ) {}

  async prefer(
    target: PlayTarget,
    { choice }: PlayRequest,
    { client, wishes, device }: Circumstances,
  ): Promise<PlayTarget> {
    const { decision, file } = target;
    if (decision.video?.action !== 'encode' || decision.subtitle?.action === 'burn') return target;
    const height = parseInt(decision.quality, 10);
    for (const version of await this.versions.readyOf(file)) {
      const own = parseInt(version.quality, 10);
      if (version.media === null || (choice?.quality === undefined ? own > height : own !== height)) continue;
      // It is that quality already; what else was chosen still counts.
      const asked = { ...wishes, choice: { ...choice, quality: undefined } };
      const made = this.decisions.decide(version.media, client, asked, device);
      if (made.method !== 'direct') continue;
      const { qualities, ladder, ...first } = decision;
      const reasons = [`A version in ${version.quality} was made before and plays as it is.`];
      const facts = { quality: version.quality, qualities, ladder: [first, ...ladder], reasons };
      return { ...target, decision: { ...made, ...facts }, madeVersionId: version.id };
    }
    return target;
  }
}
