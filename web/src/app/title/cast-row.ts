import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Credit, Image } from '@hearth/contract/title';
import { translator } from '../core/i18n/i18n';
import { paths } from '../core/paths';
import { Carousel } from '../ui/carousel';
import { Icon } from '../ui/icon';
import { Picture } from '../ui/picture';
import { titleMessages } from './messages';

interface Member {
  readonly id: string;
  readonly name: string;
  readonly part: string;
  readonly image: Image | null;
}

/** Who is in it, each once, with what they do; each leads to everything with them. */
@Component({
  selector: 'app-cast-row',
  imports: [Carousel, Icon, Picture, RouterLink],
  template: `
    @if (members().length > 0) {
      <app-carousel class="faces" key="cast" [heading]="t('cast')">
        @for (member of members(); track member.id) {
          <a [routerLink]="everything" [queryParams]="{ personId: member.id, person: member.name }">
            <span class="face">
              @if (member.image; as image) {
                <app-picture [image]="image" sizes="128px" />
              } @else {
                <app-icon name="person-fill" />
              }
            </span>
            <span class="name">{{ member.name }}</span>
            <span class="part">{{ member.part }}</span>
          </a>
        }
      </app-carousel>
    }
  `,
  styles: `
    .faces {
      --card: 7.5rem;
    }
    a {
      display: block;
      border-radius: var(--app-radius);
      text-align: center;
    }
    .face {
      position: relative;
      display: grid;
      place-items: center;
      overflow: hidden;
      inline-size: 6.5rem;
      block-size: 6.5rem;
      margin: 0 auto 0.625rem;
      border-radius: var(--app-radius-pill);
      background: color-mix(in srgb, var(--app-text) 9%, transparent);
      color: var(--app-text-3);
    }
    .face app-icon {
      inline-size: 3rem;
      block-size: 3rem;
    }
    a:hover .face {
      box-shadow: 0 0 0 2px var(--app-accent);
    }
    .name,
    .part {
      display: block;
      font-size: var(--app-text-sm);
      line-height: 1.3;
      overflow-wrap: anywhere;
    }
    .name {
      font-weight: 570;
    }
    .part {
      color: var(--app-text-2);
    }
  `,
})
export class CastRow {
  readonly credits = input.required<readonly Credit[]>();
  protected readonly t = translator(titleMessages);
  protected readonly everything = paths.everything();
  protected readonly members = computed(() => {
    const members = new Map<string, Member>();
    for (const credit of this.credits()) {
      const part = credit.character || this.t(credit.role);
      const known = members.get(credit.personId);
      members.set(credit.personId, {
        id: credit.personId,
        name: credit.name,
        part: known ? `${known.part}, ${part}` : part,
        image: credit.image ?? known?.image ?? null,
      });
    }
    return [...members.values()].slice(0, 40);
  });
}
